"""What is measured: the national graph at a wanted size, and the two loads of shapes, as N-Triples that every engine reads."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg import operations
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Triple

HERE = Path(__file__).parent
AS_OF = dt.date(2026, 6, 30)
CREDENTIALS = 5
"""Micro-credentials a provider."""
PER_PROVIDER = 2_870
"""Statements a provider, about."""
DEFECTS = 0.01
WHOLE = 800
"""Providers in one nation; a larger graph is several nations, each with IRIs of its own."""
_NATION = "https://example.org/national/1/"
_PIECE = 64 * 1024 * 1024


@dataclass(frozen=True)
class Data:
    """A data file: how many statements it holds, and how many defects were planted in it."""

    path: Path
    statements: int
    planted: int


def national(size: int, folder: Path) -> Data:
    """The national graph of about that many statements, with what every check adds to the data; made once."""
    providers = max(1, round((size - len(operations.background())) / PER_PROVIDER))
    copies = -(-providers // WHOLE)
    nation = _nation(round(providers / copies), folder)
    path = folder / f"national-{providers}.nt"
    facts = "".join(_lines(operations.background()))
    if not path.exists():
        _write(path, facts, nation.path, copies)
    return Data(path, copies * nation.statements + facts.count("\n"), copies * nation.planted)


def _nation(providers: int, folder: Path) -> Data:
    """One nation without its graph names."""
    quads, path = folder / f"nation-{providers}.nq", folder / f"nation-{providers}.nt"
    manifest = quads.with_name(f"{quads.name}.manifest.csv")
    if not path.exists():
        operations.generate(
            quads, providers=providers, credentials=CREDENTIALS * providers, defects=DEFECTS, as_of=AS_OF
        )
        with quads.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(f"{line.rsplit(' ', 2)[0]} .\n" for line in lines)
        quads.unlink()
    with manifest.open(encoding="utf-8", newline="") as rows:
        planted = sum(1 for _ in csv.reader(rows)) - 1
    with path.open("rb") as file:
        return Data(path, sum(1 for _ in file), planted)


def _write(path: Path, facts: str, nation: Path, copies: int) -> None:
    beside = path.with_suffix(".part")
    with beside.open("wb") as out:
        out.write(facts.encode())
        for number in range(1, copies + 1):
            for piece in _pieces(nation):
                out.write(piece.replace(_NATION.encode(), _NATION.replace("/1/", f"/{number}/").encode()))
    beside.replace(path)


def _pieces(path: Path) -> Iterator[bytes]:
    """The file, a number of whole lines at a time."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece + file.readline()


def shapes(folder: Path) -> dict[str, Path]:
    """The loads by name: the rulebook as bound for the baseline profile, and the common load."""
    loads = {
        "rulebook-like": read_triples([HERE / "shapes" / "rulebook-like.ttl"]),
        "rulebook": operations.rulebook_for("mcqms", AS_OF).shapes,
    }
    paths = {name: folder / f"{name}.nt" for name in loads}
    for name, triples in loads.items():
        paths[name].write_text("".join(_lines(triples)), "utf-8")
    return paths


def _lines(triples: Iterable[Triple]) -> Iterator[str]:
    return (f"{s} {p} {o} .\n" for s, p, o in triples)
