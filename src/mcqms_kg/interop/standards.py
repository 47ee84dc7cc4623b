"""The standards that are read and written: one table, each with the file that does it, which is imported on first use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from mcqms_kg.errors import BadValue, Place, UnknownName, Unsupported
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.model import Taken, Texts, Wanted, Written
from mcqms_kg.settings import MEBIBYTE, Settings

_LOOKED_AT = MEBIBYTE
"""How much of a file is looked at to tell what it is."""
_SURELY_RDF = frozenset(FORMATS) - {".json", ".jsonld"}


@dataclass(frozen=True)
class Standard:
    """A standard of others by its short name. `module` in this room has `read`, `write` or both.

    `read(path, called, settings)` gives what a file says (`Taken`) and raises `UnreadableInput` with the place where it cannot be read;
    `write(graph, wanted)` gives files (`Written`). A file is known by its ending, in small letters, or by `mark`, which is found in the
    first mebibyte of it. `profile` is the rulebook of what the standard asks of our data.
    """

    name: str
    title: Texts
    module: str
    reads: bool = False
    writes: bool = False
    endings: tuple[str, ...] = ()
    mark: re.Pattern[bytes] | None = None
    profile: str = ""

    def read(self, path: Path, called: str, settings: Settings) -> Taken:
        """What the file says in our terms; errors call it as `called`."""
        if not self.reads:
            raise Unsupported(f"{self.name} cannot be read", place=Place(called), remedy=_one_of(readable()))
        taken: Taken = import_module(f"{__package__}.{self.module}").read(path, called, settings)
        return taken

    def write(self, graph: GraphIndex, wanted: Wanted) -> Written:
        """The files of this standard that say what the graph says."""
        if not self.writes:
            raise Unsupported(f"{self.name} cannot be written", remedy=_one_of(writable()))
        written: Written = import_module(f"{__package__}.{self.module}").write(graph, wanted)
        return written

    def fits(self, path: Path, head: bytes) -> bool:
        """Whether a file looks like one of this standard."""
        return path.suffix.lower() in self.endings or bool(self.mark and self.mark.search(head))


_ALL: tuple[Standard, ...] = (
    Standard(
        "ctdl",
        {"en": "CTDL (Credential Registry)", "id": "CTDL (Credential Registry)"},
        "ctdl",
        reads=True,
        writes=True,
        profile="to-ctdl",
        mark=re.compile(rb'credreg\.net/ctdl|"ceterms:ctid"|"envelope_ceterms_ctid"'),
    ),
    Standard(
        "case",
        {"en": "CASE 1.1", "id": "CASE 1.1"},
        "case",
        reads=True,
        writes=True,
        profile="to-case",
        mark=re.compile(rb'"CFDocument"\s*:'),
    ),
    Standard(
        "schemaorg",
        {"en": "schema.org", "id": "schema.org"},
        "schemaorg",
        reads=True,
        writes=True,
        profile="to-schemaorg",
        mark=re.compile(rb'"@context"\s*:\s*\[?\s*\{?\s*("@vocab"\s*:\s*)?"https?://(www\.)?schema\.org'),
    ),
)
STANDARDS: Mapping[str, Standard] = {standard.name: standard for standard in _ALL}
"""The standards by name."""


def standard_named(name: str) -> Standard:
    """The standard of that name; raises `UnknownName`."""
    if name not in STANDARDS:
        raise UnknownName(f"No standard is named {name!r}", remedy=_one_of(STANDARDS))
    return STANDARDS[name]


def recognised(path: Path) -> Standard | None:
    """The standard that a file looks like one of, or nothing: then it is RDF, or what nobody knows.

    Raises `BadValue` where it looks like more than one.
    """
    if not path.is_file() or path.suffix.lower() in _SURELY_RDF:
        return None
    with path.open("rb") as stream:
        head = stream.read(_LOOKED_AT)
    found = [standard for standard in STANDARDS.values() if standard.reads and standard.fits(path, head)]
    if len(found) > 1:
        names = " and ".join(standard.name for standard in found)
        raise BadValue(f"The file looks like {names}", place=Place(str(path)), remedy="Say which it is with --as.")
    return found[0] if found else None


def readable() -> tuple[str, ...]:
    """The names of those that can be read."""
    return tuple(name for name, standard in STANDARDS.items() if standard.reads)


def writable() -> tuple[str, ...]:
    """The names of those that can be written."""
    return tuple(name for name, standard in STANDARDS.items() if standard.writes)


def _one_of(names: Mapping[str, Standard] | tuple[str, ...]) -> str:
    return f"Known: {', '.join(names) or 'none'}."
