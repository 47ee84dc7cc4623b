"""Which defect goes where, and what the manifest says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from mcqms_kg.generate.defects import CATALOGUE, Defect
from mcqms_kg.generate.thing import Scene

Choose = Callable[[Scene, Random], Defect | None]
"""The defect for a scene, or nothing."""


@dataclass(frozen=True)
class Planted:
    """A row of the manifest: what the check must find, and why."""

    requirement: str
    focus: str
    defect: str
    why: str


def by_scene(catalogue: tuple[Defect, ...] = CATALOGUE) -> Mapping[str, tuple[Defect, ...]]:
    """The defects of every kind of scene."""
    found: dict[str, list[Defect]] = defaultdict(list)
    for defect in catalogue:
        found[defect.scene].append(defect)
    return {kind: tuple(defects) for kind, defects in found.items()}


def at_rate(rate: float) -> Choose:
    """A random defect that fits, for that share of the scenes."""
    known = by_scene()

    def choose(scene: Scene, rng: Random) -> Defect | None:
        if rng.random() >= rate:
            return None
        fitting = [defect for defect in known.get(scene.kind, ()) if defect.fits(scene)]
        return rng.choice(fitting) if fitting else None

    return choose


def planted(scene: Scene, defect: Defect) -> tuple[Scene, Planted]:
    """The scene with the defect in it, and the row of the manifest."""
    changed = defect.change(scene)
    return changed, Planted(defect.requirement, scene.iri(defect.focus)[1:-1], defect.name, defect.why)
