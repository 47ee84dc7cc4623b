"""What the tests of the generator share: a nation written to a file, read back, and checked."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import mcqms_kg
from mcqms_kg.generate.authorities import Nation
from mcqms_kg.generate.defects import CATALOGUE, Defect
from mcqms_kg.generate.provider import meet
from mcqms_kg.generate.telling import tell
from mcqms_kg.generate.thing import Calendar, Scene
from mcqms_kg.model import CheckReport

AS_OF = dt.date(2026, 6, 30)

Pairs = Counter[tuple[str, str]]
"""Requirement and focus, with how often."""


@dataclass
class OneAfterTheOther:
    """Plants every defect once, in the first scene that it fits."""

    left: dict[str, Defect] = field(default_factory=lambda: {defect.name: defect for defect in CATALOGUE})

    def __call__(self, scene: Scene, rng: Random) -> Defect | None:
        del rng
        found = next((defect for defect in self.left.values() if defect.fits(scene)), None)
        return self.left.pop(found.name) if found else None


def manifest_rows(path: Path) -> list[dict[str, str]]:
    """The manifest beside a data file."""
    with path.with_name(f"{path.name}.manifest.csv").open(encoding="utf-8", newline="") as listed:
        return list(csv.DictReader(listed))


def promised(path: Path) -> Pairs:
    """What the manifest says that a check must find."""
    return Counter((row["requirement"], row["focus"]) for row in manifest_rows(path))


def found(report: CheckReport) -> Pairs:
    """What the check found."""
    return Counter((f.requirement.notation, f.focus.term[1:-1]) for f in report.findings())


def check(path: Path, as_of: dt.date = AS_OF) -> CheckReport:
    """The check of a generated file under the baseline profile."""
    return mcqms_kg.check([path], profile="mcqms", as_of=as_of)


def scenes(seed: int, providers: int, credentials: int) -> Iterable[Scene]:
    """The scenes of some providers, each with so many micro-credentials."""
    nation = Nation(f"https://example.org/national/{seed}/shared", Calendar(AS_OF))
    for number in range(providers):
        yield from tell(meet(seed, number, nation), credentials)
