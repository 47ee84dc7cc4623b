"""What goes to the process that works changes out, and what comes back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from mcqms_kg.model import Term
from mcqms_kg.query.update.payload import Payload
from mcqms_kg.settings import UpdateLimits
from mcqms_kg.store.change import Change


@dataclass(frozen=True)
class UpdateRequest:
    """An update in SPARQL: what it may read beside the working graphs, and the graphs that the protocol names, if it does."""

    text: str
    readable: tuple[Term, ...] = ()
    base: str | None = None
    using: tuple[Term, ...] | None = None
    using_named: tuple[Term, ...] = ()

    def about(self) -> dict[str, str]:
        """What may be told of it: the digest of its text."""
        return {"sha256": hashlib.sha256(self.text.encode()).hexdigest()}


class Way(Enum):
    """How a graph is written whole."""

    REPLACE = "replace"
    MERGE = "merge"
    DROP = "drop"


@dataclass(frozen=True)
class GraphRequest:
    """A graph that is written from files, or dropped. `graph` is `UNNAMED` or an IRI."""

    way: Way
    graph: Term
    files: tuple[Payload, ...] = ()
    base: str | None = None

    def about(self) -> dict[str, str]:
        """What may be told of it: which graph, and how it is written."""
        return {"graph": self.graph, "way": self.way.value}


@dataclass(frozen=True)
class Server:
    """Where graphs are read that are on a server, and how long an answer of it is waited for."""

    query: str
    seconds: float


@dataclass(frozen=True)
class Work:
    """A request, the copy of the store it is about or the server that has it, a folder that may be made for it, and its limits."""

    request: UpdateRequest | GraphRequest
    checkpoint: Path | Server
    scratch: Path
    limits: UpdateLimits


@dataclass(frozen=True)
class Drafted:
    """The change, and whether the graph that was named was there before."""

    change: Change
    existed: bool = True
