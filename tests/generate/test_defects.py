"""The catalogue of defects: complete, well named, and each changes what it says."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from generate.nation import AS_OF, scenes
from mcqms_kg.generate.defects import CATALOGUE, Defect
from mcqms_kg.generate.planting import planted
from mcqms_kg.generate.thing import Scene
from mcqms_kg.rules import catalogue


@cache
def told() -> tuple[Scene, ...]:
    return tuple(scenes(3, 8, 12))


def lines(scene: Scene) -> Iterable[str]:
    return sorted(line for part in scene.parts.values() for line in part.lines(" .\n"))


def test_names_are_unique() -> None:
    assert len({defect.name for defect in CATALOGUE}) == len(CATALOGUE) >= 40


def test_every_requirement_that_shapes_decide_has_a_defect() -> None:
    """And no defect is of a requirement that the register does not know."""
    register = catalogue.load("mcqms", AS_OF).framework.requirements
    known = {r.notation for r in register}
    decided = {r.notation for r in register if r.status != "manual"}
    planted_for = {defect.requirement for defect in CATALOGUE}
    assert decided <= planted_for <= known


@pytest.mark.parametrize("defect", CATALOGUE, ids=lambda defect: defect.name)
def test_a_defect_changes_its_scene_and_names_its_culprit(defect: Defect) -> None:
    scene = next(scene for scene in told() if defect.fits(scene))
    changed, row = planted(scene, defect)
    assert lines(changed) != lines(scene)
    assert (row.requirement, row.defect) == (defect.requirement, defect.name)
    assert row.focus == scene.iri(defect.focus)[1:-1]
    assert row.why.endswith(".")


@pytest.mark.parametrize("defect", CATALOGUE, ids=lambda defect: defect.name)
def test_a_culprit_is_still_told(defect: Defect) -> None:
    """The check can only name what the graph still has: the focus is no part that the defect takes away."""
    scene = next(scene for scene in told() if defect.fits(scene))
    changed, _ = planted(scene, defect)
    assert defect.focus in changed.parts or defect.focus in changed.known
