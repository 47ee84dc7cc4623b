"""A provider before it is told: who it is, what it teaches, and where its things are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from mcqms_kg.generate import words
from mcqms_kg.generate.authorities import Nation
from mcqms_kg.generate.facts import Field, facts
from mcqms_kg.generate.thing import Calendar, Scene, Thing


@dataclass(frozen=True)
class Provider:
    """One provider of the nation.

    Everything it is comes from the seed and its number, so it is the same however many others there are.
    `since` is the day on which its system began.
    """

    seed: int
    number: int
    nation: Nation
    calendar: Calendar
    english: str
    indonesian: str
    fields: tuple[Field, ...]
    teachers: int
    programmes: int
    since: int

    @cached_property
    def base(self) -> str:
        return f"https://example.org/national/{self.seed}/provider/{self.number}"

    @cached_property
    def iri(self) -> str:
        return f"<{self.base}>"

    @cached_property
    def graph(self) -> str:
        """The named graph of all that this provider says."""
        return f"<{self.base}/data>"

    def at(self, path: str) -> str:
        """The IRI of one of its things."""
        return f"<{self.base}/{path}>"

    def random(self, what: str) -> Random:
        """Numbers for one part of its story; no part's numbers depend on another's."""
        return _random(self.seed, self.number, what)

    def scene(
        self,
        kind: str,
        parts: Mapping[str, Thing],
        *,
        known: Mapping[str, str] | None = None,
        marks: Iterable[str] = (),
    ) -> Scene:
        """A scene of its story, with those that a defect may wrongly point to."""
        everywhere = {
            "provider": self.iri,
            "director": self.at("staff/director"),
            "former-director": self.at("staff/former-director"),
            "former-certifier": self.at("certifier/former"),
            "profession": self.nation.for_field("profession", self.fields[0]),
            "superseded-edition": self.nation.at("edition/iso-9001-2008"),
        }
        return Scene(kind, self.calendar, parts, everywhere | dict(known or {}), frozenset(marks))


def meet(seed: int, number: int, nation: Nation) -> Provider:
    """The provider of that number."""
    rng = _random(seed, number, "provider")
    english, indonesian = words.provider_name(rng)
    fields = tuple(rng.sample(facts().fields, rng.choice((1, 1, 2, 2, 3, 4))))
    return Provider(
        seed,
        number,
        nation,
        nation.calendar,
        english,
        indonesian,
        fields,
        teachers=rng.randint(2, 6),
        programmes=rng.choice((1, 1, 2, 2, 3, 4)),
        since=-rng.randint(2000, 3200),
    )


def weight(seed: int, number: int) -> float:
    """The provider's part of the nation's micro-credentials, compared with others: most have few, some have many."""
    return min(_random(seed, number, "weight").paretovariate(1.2), 60.0)


def _random(seed: int, number: int, what: str) -> Random:
    return Random(f"{seed}/{number}/{what}")  # noqa: S311  # a made-up nation, not a secret
