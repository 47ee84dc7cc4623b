"""Recognition, impact and structure on invented national graphs: `python bench/structures.py [SIZE...]` measures and prints."""

from __future__ import annotations

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import code, mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import XSD
from mcqms_kg.pathway.planning.landscape import Landscape, survey
from mcqms_kg.pathway.projection.reading import project
from mcqms_kg.pathway.projection.vocabulary import TYPE
from mcqms_kg.pathway.recognition.recognising import recognise
from mcqms_kg.pathway.structure.coverage import coverage
from mcqms_kg.pathway.structure.impact import impact
from mcqms_kg.pathway.structure.weak_places import KINDS, structure
from pathways import DAY, SECTOR, nation, node

GOAL_MS = 300
BODIES = 12
"""Certification bodies of a sector, as many as it has providers."""
COUNTRIES = ("MY", "SG", "TH", "PH", "AU")


def recognised(size: int) -> Iterator[Triple]:
    """Who certifies, who licenses, who honours, and how levels are referenced, for a nation of `pathways`."""
    authority, r = node("authority", 0), random.Random(size)  # noqa: S311  # nothing secret
    yield from ((authority, TYPE, mc("Regulator")), (authority, mc("country"), terms.literal("ID")))
    for sector in range(max(1, size // SECTOR)):
        for number in range(BODIES):
            yield from _body(f"{sector}-{number}", sector, authority, r)
    for sector in range(max(1, size // SECTOR)):
        yield from _counting(sector)
        for number in range(27):
            job = node("job", f"{sector}-{number}")
            yield from ((job, mc("isInMap"), node("map", 0)), (job, mc("isInArea"), node("area", sector % 40)))
            yield job, mc("hasLevel"), node("level", 3 + number % 5)
    other = node("framework", 1)
    yield other, TYPE, mc("QualificationFramework")
    for number in range(1, 10):
        row, level = node("row", number), node("foreign-level", number)
        yield level, mc("isLevelOf"), other
        yield from ((row, mc("hasSourceLevel"), node("level", number)), (row, mc("hasTargetLevel"), level))
        yield row, mc("hasReferencingStatus"), code("referencing-endorsed" if number % 2 else "referencing-unverified")


def _counting(sector: int) -> Iterator[Triple]:
    """What counts towards what: every micro-credential towards certificates, these towards degrees, and two degrees towards each other."""
    for number in range(860):
        yield node("micro", f"{sector}-{number}"), mc("countsTowards"), node("certificate", f"{sector}-{number % 120}")
    for number in range(120):
        yield node("certificate", f"{sector}-{number}"), mc("countsTowards"), node("degree", f"{sector}-{number % 20}")
    for one, other in ((0, 1), (1, 0)):
        yield node("degree", f"{sector}-{one}"), mc("countsTowards"), node("degree", f"{sector}-{other}")


def _body(name: str, sector: int, authority: Term, r: random.Random) -> Iterator[Triple]:
    body, licence, start = node("body", name), node("licence", name), terms.literal("2020-01-01", datatype=XSD + "date")
    sector_and_number = name.split("-")
    for number in range(int(sector_and_number[1]), 860, BODIES):
        yield node("micro", f"{sector}-{number}"), mc("isCertifiedBy"), body
    yield from (
        (licence, TYPE, mc("Licence")),
        (licence, mc("isGrantedTo"), body),
        (licence, mc("isGrantedBy"), authority),
    )
    yield from ((licence, mc("licensesUnit"), node("unit", f"{sector}-{n}")) for n in range(200))
    yield from ((licence, mc("effectiveDate"), start), (licence, mc("isEvidencedBy"), node("decree", name)))
    yield node("decree", name), mc("isIssuedBy"), authority
    for number in range(r.randint(0, 3)):
        agreement, abroad = node("agreement", f"{name}-{number}"), node("abroad", r.randrange(50))
        yield from ((agreement, TYPE, mc("RecognitionAgreement")), (agreement, mc("recognisesAwardsOf"), body))
        yield from ((agreement, mc("isHonouredBy"), abroad), (agreement, mc("effectiveDate"), start))
        yield abroad, mc("country"), terms.literal(COUNTRIES[int(terms.local_name(abroad)) % len(COUNTRIES)])
        yield agreement, mc("isEvidencedBy"), node("letter", f"{name}-{number}")
        yield node("letter", f"{name}-{number}"), mc("isIssuedBy"), abroad


def run(sizes: Sequence[int], rounds: int) -> int:
    """Measures and prints; 1 where a question missed its goal, the first time or again."""
    print("| credentials | statements | question | median, ms | worst, ms |")
    print("|---:|---:|---|---:|---:|")
    late = False
    for size in sizes:
        triples = [*nation(size), *recognised(size)]
        landscape, took = _told(
            size, len(triples), "projection and survey", lambda t=triples: _kept(survey(project(t), DAY))
        )
        late = late or took > 20_000
        for name, ask in _singles(landscape, size).items():
            late = _worst(size, len(triples), name, rounds, ask) > GOAL_MS or late
        for kind in KINDS:
            for when in ("first", "again"):
                name = f"structure: {kind}, {when}"
                took = _told(size, len(triples), name, lambda k=kind, over=landscape: structure(over, k))[1]
                late = late or took > GOAL_MS
    return 1 if late else 0


def _kept(landscape: Landscape) -> Landscape:
    """As the service keeps it: Python has looked through it once, so that no question waits for that."""
    gc.collect()
    return landscape


def _singles(landscape: Landscape, size: int) -> dict[str, Callable[[random.Random], object]]:
    facts = landscape.projection.facts

    def one(kind: str, count: int, r: random.Random) -> Term:
        return node(kind, f"{r.randrange(max(1, size // SECTOR))}-{r.randrange(count)}")

    return {
        "recognised at home": lambda r: recognise(facts, one("micro", 860, r), "ID", DAY),
        "recognised abroad": lambda r: recognise(facts, one("micro", 860, r), r.choice(COUNTRIES), DAY),
        "level in another framework": lambda r: recognise(
            facts, one("micro", 860, r), terms.iri_text(node("framework", 1)), DAY
        ),
        "impact of a credential": lambda r: impact(landscape, one("micro", 860, r)),
        "impact of a unit": lambda r: impact(landscape, one("unit", 200, r)),
        "impact of a licence": lambda r: impact(landscape, one("licence", BODIES, r)),
        "impact of a provider": lambda r: impact(landscape, one("provider", BODIES, r)),
        "coverage of a job title": lambda r: coverage(landscape, one("job", 27, r)),
    }


def _worst(size: int, statements: int, name: str, rounds: int, ask: Callable[[random.Random], object]) -> float:
    times = []
    ask(random.Random(10_000))  # noqa: S311  # the first one turns indexes round
    for number in range(rounds):
        begun = time.process_time()
        ask(random.Random(number))  # noqa: S311  # a benchmark, not a secret
        times.append((time.process_time() - begun) * 1000)
    print(f"| {size:,} | {statements:,} | {name} | {statistics.median(times):.1f} | {max(times):.1f} |", flush=True)
    return max(times)


def _told(size: int, statements: int, name: str, make: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.process_time()
    made = make()
    took = (time.process_time() - begun) * 1000
    print(f"| {size:,} | {statements:,} | {name} | {took:.0f} | {took:.0f} |", flush=True)
    return made, took


if __name__ == "__main__":
    sys.exit(run([int(size) for size in sys.argv[1:]] or [1_000, 10_000], 20))
