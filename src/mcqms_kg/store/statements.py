"""The statements of a version that is handed in: in memory, or in a file where another process has written them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.graph.read import FORMATS, Source, no_statement, read_quads
from mcqms_kg.model import Term, Triple
from mcqms_kg.settings import Settings

Reading = Callable[[Sequence[Source], Settings], Collection[Triple]]
"""How files become the statements of a version."""


@dataclass(frozen=True)
class Written(Collection[Triple]):
    """Statements in a file of N-Triples that we wrote ourselves, a line each."""

    path: Path
    count: int

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Triple]:
        with self.path.open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                subject, predicate, value = line.removesuffix(" .\n").split(" ", 2)
                yield Term(subject), Term(predicate), Term(value)

    def __contains__(self, statement: object) -> bool:
        return any(statement == found for found in self)


def kept_source(kept: Path, named: Path) -> Source:
    """Kept bytes, to be read by the name that they were handed in under."""
    return Source(kept, FORMATS[named.suffix.lower()], called=str(named))


def read(given: Sequence[Source], settings: Settings) -> tuple[Triple, ...]:
    """The statements of files as one graph, graph names dropped; blank nodes of different files stay apart."""
    return tuple(dict.fromkeys(_statements(given, settings)))


def write(given: Sequence[Source], settings: Settings, to: Path) -> Written:
    """The same, into a file."""
    seen = set[str]()
    with to.open("w", encoding="utf-8", newline="\n") as out:
        for s, p, o in _statements(given, settings):
            line = f"{s} {p} {o} .\n"
            if line not in seen:
                seen.add(line)
                out.write(line)
    return Written(to, len(seen))


def _statements(given: Sequence[Source], settings: Settings) -> Iterator[Triple]:
    for number, file in enumerate(given):
        empty = True
        for s, p, o, _ in read_quads(file, settings, blank_prefix=f"f{number}b"):
            yield s, p, o
            empty = False
        if empty:
            raise no_statement(file.path, file.name)
