"""What goes to the process that answers, and what comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from mcqms_kg.model import Term
from mcqms_kg.query.grammar.parsed import Form
from mcqms_kg.settings import QueryLimits

NOWHERE = Path()
"""The checkpoint of who has none: it is chosen when it is asked, or a server answers."""


@dataclass(frozen=True)
class Request:
    """A query on a checkpoint: what it may see by default, and which graphs it may name."""

    checkpoint: Path = field(compare=False)
    text: str
    default_graphs: tuple[Term, ...]
    named_graphs: tuple[Term, ...]
    formats: tuple[str, ...]
    """Names of formats in order of preference; the first that fits what the query gives is used."""
    limits: QueryLimits
    from_protocol: bool = False
    """Whether the graphs were named in the protocol, which then counts more than FROM in the query."""
    base: str | None = None
    """What relative IRIs of the query start from."""
    spool: str | None = field(default=None, compare=False)
    """The file that a large answer is written to; without one every answer comes in memory."""

    who: str = field(default="", compare=False)
    """Whose request it is: those of one caller wait for each other before others do."""

    def __hash__(self) -> int:
        return hash(self.text)  # many times as fast as all of it, and texts are what differs

    @property
    def sight(self) -> tuple[tuple[Term, ...], tuple[Term, ...], tuple[str, ...], QueryLimits, bool, str | None]:
        """What it has in common with other questions of those who see the same."""
        return self.default_graphs, self.named_graphs, self.formats, self.limits, self.from_protocol, self.base


def requested(
    limits: QueryLimits,
    text: str,
    default: Sequence[Term],
    named: Sequence[Term],
    formats: Sequence[str] = ("json", "turtle"),
    *,
    from_protocol: bool = False,
    base: str | None = None,
    who: str = "",
) -> Request:
    """A query over the default graphs, with others by name, of what is there when it is asked."""
    return Request(NOWHERE, text, tuple(default), tuple(named), tuple(formats), limits, from_protocol, base, who=who)


@dataclass(frozen=True)
class Answer:
    """The whole answer, the name of its format, and the SHA-256 of its bytes. A large one is in an open file, where that was wanted."""

    form: Form
    format: str
    content: bytes
    digest: str = ""
    size: int = 0
    file: IO[bytes] | None = None
    lasting: bool = False
    """Whether the same request on the same checkpoint is always answered so."""
