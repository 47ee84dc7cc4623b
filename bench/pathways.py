"""Pathways on invented national graphs: the time of the projection, and of one question when everything is loaded."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import XSD
from mcqms_kg.pathway.planning.answers import Question
from mcqms_kg.pathway.planning.reachable import PathReport, report
from mcqms_kg.pathway.projection.reading import Projection, project
from mcqms_kg.pathway.projection.vocabulary import TYPE

DAY = dt.date(2026, 6, 30)
SECTOR = 1_000
"""Credentials of one sector, with 200 units, 30 job titles, 120 certificates and 20 degrees."""
KINDS: dict[str, dict[str, object]] = {
    "certificate, shortest": {"target": "certificate"},
    "certificate, least workload, three ways": {"target": "certificate", "best": "workload", "count": 3},
    "degree, least workload": {"target": "degree", "best": "workload"},
    "job title, least workload": {"target": "job", "best": "workload"},
    "job title, shortest, three ways": {"target": "job", "count": 3},
    "gap of a job title": {"target": "rare"},
    "gap of a job title, three alternatives": {"target": "rare", "count": 3},
    "certificate, most off-ramps": {"target": "certificate", "best": "offramps"},
    "everything in reach": {"target": None, "seconds": 5.0},
}


def node(kind: str, number: object) -> Term:
    return terms.iri(f"https://example.org/bench/{kind}/{number}")


def decimal(value: float) -> Term:
    return terms.literal(str(value), datatype=XSD + "decimal")


def nation(size: int) -> Iterator[Triple]:
    """A nation of so many credentials, sector by sector; the same size is always the same nation."""
    framework = node("framework", 0)
    for number in range(1, 10):
        level = node("level", number)
        yield level, mc("isLevelOf"), framework
        yield level, mc("levelNumber"), terms.literal(str(number), datatype=XSD + "integer")
    for sector in range(max(1, size // SECTOR)):
        yield from Sector(sector, random.Random(sector)).statements()  # noqa: S311  # nothing secret


@dataclass
class Sector:
    """A thousand credentials that stack up to each other."""

    number: int
    random: random.Random

    def __post_init__(self) -> None:
        first = self.number
        self.micro = [node("micro", f"{first}-{n}") for n in range(860)]
        self.certificates = [node("certificate", f"{first}-{n}") for n in range(120)]
        self.degrees = [node("degree", f"{first}-{n}") for n in range(20)]
        self.units = [node("unit", f"{first}-{n}") for n in range(200)]

    def statements(self) -> Iterator[Triple]:
        for unit in self.units:
            yield unit, TYPE, mc("CompetencyUnit")
        for number, micro in enumerate(self.micro):
            yield from self.small(number, micro)
        for number, certificate in enumerate(self.certificates):
            yield from self.stacked(number, certificate)
        for number, degree in enumerate(self.degrees):
            yield from self.large(number, degree)
        for kind, count in (("job", 27), ("rare", 3)):
            for number in range(count):
                yield from self.job(node(kind, f"{self.number}-{number}"), kind == "rare")

    def small(self, number: int, micro: Term) -> Iterator[Triple]:
        """A micro-credential; the last fifth was withdrawn, and the units that only these cover are rare."""
        r, credits = self.random, self.random.randint(1, 4)
        yield micro, TYPE, mc("MicroCredential")
        yield micro, mc("isOfferedBy"), node("provider", f"{self.number}-{number % 12}")
        yield micro, mc("hasLevel"), node("level", r.randint(3, 6))
        yield micro, mc("credits"), decimal(credits)
        yield micro, mc("workloadHours"), decimal(credits * 45 + r.randint(-9, 9))
        old = number >= 690
        for unit in r.sample(self.units[180:] if old else self.units[:180], r.randint(1, 3)):
            outcome = node("outcome", f"{self.number}-{number}-{terms.local_name(unit)}")
            yield micro, mc("hasOutcome"), outcome
            yield outcome, mc("isTiedTo"), unit
        if old:
            yield micro, mc("withdrawalDate"), terms.literal("2025-01-01", datatype=XSD + "date")
        if number and r.random() < 0.3:
            yield micro, mc("requires"), self.micro[r.randrange(number)]
        if number and r.random() < 0.05:
            yield micro, mc("substitutes"), self.micro[r.randrange(number)]

    def stacked(self, number: int, certificate: Term) -> Iterator[Triple]:
        """A core of which all is asked, and so many credits of electives."""
        r = self.random
        rule, core, free = (node("rule", f"{self.number}-{number}-{part}") for part in ("all", "core", "free"))
        yield certificate, TYPE, mc("Certification")
        yield certificate, mc("hasLevel"), node("level", r.randint(4, 6))
        yield certificate, mc("isStackedBy"), rule
        for part in (core, free):
            yield rule, mc("hasOption"), part
        chosen = r.sample(self.micro[:690], 14)
        for micro in chosen[:3]:
            yield core, mc("hasOption"), micro
        for micro in chosen[3:]:
            yield free, mc("hasOption"), micro
        yield free, mc("minimumCredit"), decimal(r.randint(6, 12))
        if r.random() < 0.5:
            yield free, mc("hasMinimumLevel"), node("level", 4)

    def large(self, number: int, degree: Term) -> Iterator[Triple]:
        """Two of five certificates, and ten micro-credentials of forty."""
        r, rules = self.random, [node("rule", f"{self.number}-degree-{number}-{part}") for part in range(3)]
        yield degree, TYPE, mc("Qualification")
        yield degree, mc("hasLevel"), node("level", 7)
        yield degree, mc("isStackedBy"), rules[0]
        for rule, options, count in ((rules[1], self.certificates, (5, 2)), (rules[2], self.micro[:690], (40, 10))):
            yield rules[0], mc("hasOption"), rule
            yield rule, mc("minimumCount"), terms.literal(str(count[1]), datatype=XSD + "integer")
            for option in r.sample(options, count[0]):
                yield rule, mc("hasOption"), option

    def job(self, job: Term, rare: bool) -> Iterator[Triple]:
        yield job, TYPE, mc("JobTitle")
        for unit in self.random.sample(self.units[:180], 8) + (self.random.sample(self.units[180:], 2) if rare else []):
            yield job, mc("requiresUnit"), unit


def run(sizes: Sequence[int], rounds: int) -> int:
    """Measures and prints; 1 where a question or the projection of the largest graph missed its goal."""
    print("| credentials | statements | projection, s | question | median, ms | worst, ms | proven |")
    print("|---:|---:|---:|---|---:|---:|---:|")
    late = False
    for size in sizes:
        triples = list(nation(size))
        begun = time.process_time()
        projection = project(triples)
        seconds = time.process_time() - begun
        _questions(projection, 2, size)
        rows = _questions(projection, rounds, size)
        one = [times for name, times, _ in rows if KINDS[name]["target"]]
        late = late or seconds > 20 or any(statistics.median(times) > 300 for times in one)
        for name, times, proven in rows:
            figures = f"{statistics.median(times):.0f} | {max(times):.0f} | {proven} of {len(times)}"
            print(
                f"| {len(projection.credentials):,} | {len(triples):,} | {seconds:.1f} | {name} | {figures} |",
                flush=True,
            )
    return 1 if late else 0


def _questions(projection: Projection, rounds: int, size: int) -> list[tuple[str, list[float], int]]:
    """Each kind of question, each time from another holder to another target; processor time."""
    found = []
    for name, kind in KINDS.items():
        times, proven = [], 0
        for number in range(rounds):
            question = _question(kind, random.Random(number), size)  # noqa: S311  # a benchmark, not a secret
            begun = time.process_time()
            answered = report(projection, question)
            times.append((time.process_time() - begun) * 1000)
            proven += _proven(answered)
        found.append((name, times, proven))
    return found


def _question(kind: dict[str, object], r: random.Random, size: int) -> Question:
    sector = r.randrange(max(1, size // SECTOR))
    held = tuple(node("micro", f"{sector}-{n}") for n in r.sample(range(690), 3))
    count = {"certificate": 120, "degree": 20, "job": 27, "rare": 3}
    target = kind["target"]
    to = node(str(target), f"{sector}-{r.randrange(count[str(target)])}") if target else None
    best, wanted = str(kind.get("best", "shortest")), int(str(kind.get("count", 1)))
    return Question(held, to, DAY, best, wanted, seconds=float(str(kind.get("seconds", 10.0))))


def _proven(answered: PathReport) -> bool:
    return all(plan.proven for a in answered.answers for plan in a.plans)
