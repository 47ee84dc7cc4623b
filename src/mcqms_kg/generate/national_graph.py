"""Writing the national graph: a named graph for what is shared, one for each provider, and the manifest."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import TextIO

from mcqms_kg.errors import BadValue
from mcqms_kg.generate.abroad import agreements, foreign_things
from mcqms_kg.generate.authorities import Nation, national_things
from mcqms_kg.generate.planting import Choose, Planted, at_rate, planted
from mcqms_kg.generate.provider import Provider, meet
from mcqms_kg.generate.telling import shares, tell
from mcqms_kg.generate.thing import Calendar, Thing

_BUFFER = 1 << 20


@dataclass(frozen=True)
class Generated:
    """What was written: how many statements and planted defects, and where."""

    statements: int
    defects: int
    data: Path
    manifest: Path


def generate(
    path: Path, providers: int, credentials: int, seed: int, defects: float, as_of: dt.date, abroad: bool = False
) -> Generated:
    """Write a national graph as N-Quads, and beside it `<path>.manifest.csv` with every planted defect.

    The same arguments give the same bytes; a provider is the same however many others there are. Both files appear
    only when they are whole. With `abroad` bodies of other countries honour what is awarded here, too.

    Raises `BadValue` for an ending other than `.nq` and for numbers that make no nation.
    """
    _check(path, providers, credentials, defects)
    return write(path, providers, credentials, seed, as_of, at_rate(defects), abroad)


def write(
    path: Path, providers: int, credentials: int, seed: int, as_of: dt.date, choose: Choose, abroad: bool = False
) -> Generated:
    """Write the nation with the defects that `choose` says."""
    nation = Nation(f"https://example.org/national/{seed}/shared", Calendar(as_of))
    manifest = path.with_name(f"{path.name}.manifest.csv")
    statements = defects = 0
    with _whole_or_not_at_all(path) as data, _whole_or_not_at_all(manifest) as listed:
        rows = csv.writer(listed, lineterminator="\n")
        rows.writerow(field.name for field in fields(Planted))
        statements += _write_things(data, national_things(nation), nation.graph)
        statements += _write_things(data, foreign_things(nation) if abroad else (), nation.graph)
        for number, share in enumerate(shares(seed, providers, credentials)):
            p = meet(seed, number, nation)
            for things, row in _with_defects(p, share, choose):
                statements += _write_things(data, things, p.graph)
                if row:
                    rows.writerow(astuple(row))
                    defects += 1
            statements += _write_things(data, agreements(p) if abroad else (), p.graph)
    return Generated(statements, defects, path, manifest)


def _with_defects(p: Provider, share: int, choose: Choose) -> Iterator[tuple[Iterable[Thing], Planted | None]]:
    """The scenes of a provider, each with the row of the manifest where a defect is planted in it."""
    rng = p.random("defects")
    for scene in tell(p, share):
        defect = choose(scene, rng)
        if defect is None:
            yield scene.parts.values(), None
        else:
            changed, row = planted(scene, defect)
            yield changed.parts.values(), row


def _write_things(out: TextIO, things: Iterable[Thing], graph: str) -> int:
    end = f" {graph} .\n"
    lines = [line for each in things for line in each.lines(end)]
    out.write("".join(lines))
    return len(lines)


@contextmanager
def _whole_or_not_at_all(path: Path) -> Iterator[TextIO]:
    """A file written beside its place and moved there in the end; where anything goes wrong, the old one stays."""
    beside = path.with_name(f"{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n", buffering=_BUFFER) as out:
            yield out
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _check(path: Path, providers: int, credentials: int, defects: float) -> None:
    if path.suffix != ".nq":
        raise BadValue(f"The file {path.name!r} is not named as N-Quads", remedy="Give it the ending .nq.")
    if not path.parent.is_dir():
        raise BadValue(f"There is no folder {str(path.parent)!r}", remedy="Make it first.")
    if providers < 1 or credentials < 1:
        raise BadValue("A nation needs a provider and a micro-credential", remedy="Ask for one of each at least.")
    if not 0 <= defects <= 1:
        raise BadValue(f"{defects} is no share of things", remedy="Give a number from 0 to 1.")
