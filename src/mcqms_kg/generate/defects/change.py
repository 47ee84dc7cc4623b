"""The ways in which a scene can be made wrong: functions from a scene to a scene, made by the words below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from mcqms_kg.generate.spelling import class_
from mcqms_kg.generate.thing import Objects, Scene, Thing, thing

Change = Callable[[Scene], Scene]


@dataclass(frozen=True)
class Defect:
    """A named defect: where it can be planted, what it changes, and the one finding it must give.

    `scene` is the kind of scene, `marks` what the scene must be marked with, `focus` the part (or known thing) that
    the check must name, and `why` a sentence for the reader of the manifest.
    """

    name: str
    requirement: str
    scene: str
    focus: str
    why: str
    change: Change
    marks: frozenset[str] = frozenset()

    def fits(self, scene: Scene) -> bool:
        """Whether the defect can be planted in the scene."""
        return self.scene == scene.kind and self.marks <= scene.marks


def of_credential(
    name: str, requirement: str, focus: str, why: str, *changes: Change, marks: frozenset[str] = frozenset()
) -> Defect:
    """A defect of a micro-credential's scene, by one change after the other."""
    return Defect(name, requirement, "credential", focus, why, all_of(*changes), marks)


def without(part: str, *names: str) -> Change:
    """The part does not say these things."""
    return lambda scene: _with_says(scene, part, {k: v for k, v in scene.parts[part].says.items() if k not in names})


def saying(part: str, name: str, *terms: str) -> Change:
    """The part says this instead."""
    return lambda scene: _with_says(scene, part, {**scene.parts[part].says, name: terms})


def dropping(part: str, name: str, *terms: str) -> Change:
    """The part says all but this."""
    return lambda scene: _with_values(scene, part, name, lambda values: tuple(v for v in values if v not in terms))


def adding(part: str, name: str, *terms: str) -> Change:
    """The part says this too."""
    return lambda scene: _with_values(scene, part, name, lambda values: (*values, *terms))


def pointing(part: str, name: str, *names: str) -> Change:
    """The part points to these, by name, instead."""
    return lambda scene: saying(part, name, *map(scene.iri, names))(scene)


def pointing_also(part: str, name: str, *names: str) -> Change:
    """The part points to these, by name, too."""
    return lambda scene: adding(part, name, *map(scene.iri, names))(scene)


def not_pointing(part: str, name: str, *names: str) -> Change:
    """The part does not point to these, by name."""
    return lambda scene: dropping(part, name, *map(scene.iri, names))(scene)


def on_day(part: str, name: str, day: int) -> Change:
    """The date is that many days after the check date; before it where negative."""
    return lambda scene: saying(part, name, scene.calendar.day(day))(scene)


def typed(part: str, kind: str) -> Change:
    """The part is of that class instead."""
    return saying(part, "type", class_(kind))


def gone(*names: str) -> Change:
    """These parts are not told."""
    return lambda scene: replace(scene, parts={k: v for k, v in scene.parts.items() if k not in names})


def telling(part: str, kind: str, path: str, beside: str) -> Change:
    """One thing more is told: its IRI is that of the part beside it with a path."""

    def change(scene: Scene) -> Scene:
        return replace(scene, parts={**scene.parts, part: thing(f"{scene.iri(beside)[:-1]}/{path}>", kind)})

    return change


OWN_UNIT = telling("own-unit", "CompetencyUnit", "unit", "credential")
"""A unit that the provider made up: no edition of a standard defines it."""


def all_of(*changes: Change) -> Change:
    """One change after the other."""
    return lambda scene: reduce(lambda so_far, change: change(so_far), changes, scene)


def _with_says(scene: Scene, part: str, says: Mapping[str, Objects]) -> Scene:
    return replace(scene, parts={**scene.parts, part: Thing(scene.parts[part].iri, says)})


def _with_values(scene: Scene, part: str, name: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Scene:
    says = scene.parts[part].says
    said = says.get(name, ())
    values = (said,) if isinstance(said, str) else said
    return _with_says(scene, part, {**says, name: change(values)})
