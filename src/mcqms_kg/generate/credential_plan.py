"""A micro-credential before it is told: its field and step, when it is offered, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mcqms_kg.generate.facts import Field, Unit, facts
from mcqms_kg.generate.provider import Provider
from mcqms_kg.generate.words import STEPS
from mcqms_kg.model import Term

STACK = len(STEPS)
"""So many micro-credentials in a row make a stack that leads to one certificate."""

_CREDITS = (1.0, 1.5, 2.0, 2.0, 2.5, 3.0)


@dataclass(frozen=True)
class Plan:
    """What is settled of a micro-credential before anything is said of it; days are counted from the check date."""

    provider: Provider
    number: int
    field: Field
    english: str
    indonesian: str
    units: tuple[Unit, ...]
    level: int
    credits: float
    hours: float
    offered: int
    withdrawn: int | None
    marks: frozenset[str]

    @property
    def step(self) -> int:
        """Its place in its stack."""
        return self.number % STACK

    @property
    def programme(self) -> int:
        return self.number % self.provider.programmes

    @cached_property
    def iri(self) -> str:
        return self.provider.at(self.path)

    @cached_property
    def path(self) -> str:
        return f"credential/{self.number}"

    @cached_property
    def _parts(self) -> str:
        return f"<{self.provider.base}/{self.path}/"

    @property
    def certificate(self) -> str:
        """What its stack leads to."""
        return self.provider.at(f"certificate/{self.number // STACK}")

    @property
    def level_term(self) -> Term:
        return facts().levels[self.level]

    def at(self, part: str) -> str:
        """The IRI of one of its parts."""
        return f"{self._parts}{part}>"


def plan(p: Provider, number: int) -> Plan:
    """The micro-credential of that number at a provider; the first one is always well established."""
    rng = p.random(f"credential/{number}")
    stack, step = divmod(number, STACK)
    field = p.fields[stack % len(p.fields)]
    english, indonesian = STEPS[step]
    credits_ = rng.choice(_CREDITS)
    offered, withdrawn, marks = _dates(rng.random() if number else 0.0, rng.random(), rng.random())
    return Plan(
        provider=p,
        number=number,
        field=field,
        english=f"{english} {field.english} {stack + 1}",
        indonesian=f"{indonesian} {field.indonesian} {stack + 1}",
        units=tuple(rng.sample(field.units, rng.choice((2, 2, 3, 3, 4)))),
        level=3 + step + rng.randint(0, 1),
        credits=credits_,
        hours=round(credits_ * 45 * rng.uniform(0.93, 1.07)) + 0.5,
        offered=offered,
        withdrawn=withdrawn,
        marks=marks,
    )


def _dates(state: float, age: float, end: float) -> tuple[int, int | None, frozenset[str]]:
    """First offer, withdrawal and marks: most are long offered, some new, some withdrawn, some not yet offered."""
    if state < 0.7:
        return -400 - int(age * 1000), None, frozenset({"offered", "evaluated", "awarded"})
    if state < 0.84:
        return -20 - int(age * 300), None, frozenset({"offered"})
    if state < 0.92:
        return -500 - int(age * 900), -10 - int(end * 300), frozenset({"withdrawn", "awarded"})
    return 20 + int(age * 200), None, frozenset({"planned"})
