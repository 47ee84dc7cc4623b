"""Every constraint matters: with any of them dropped or weakened, some case changes its outcome."""

from __future__ import annotations

import pytest

from mcqms_kg import resources
from mcqms_kg.errors import McqmsError
from shapes.case_runner import FRAMEWORKS, Case, bound, cases, differences, run, shapes_of
from shapes.mutants import Mutant, mutants

FILES = [
    (framework, path.stem)
    for framework in FRAMEWORKS
    for path in resources.shape_files(framework)
    if path.stem != "00-building-blocks"
]


def survives(mutant: Mutant, clause_cases: list[Case]) -> bool:
    """Whether no case notices; a mutant that cannot even run is noticed."""
    try:
        shapes = bound(clause_cases[0].framework, mutant.shapes)
        return not any(
            any(True for _ in differences(case, run(case, shapes))) for case in by_relevance(mutant, clause_cases)
        )
    except McqmsError:
        return False


def by_relevance(mutant: Mutant, clause_cases: list[Case]) -> list[Case]:
    """The cases about the mutant's requirement first: one of them notices most mutants."""
    requirement = mutant.about.split("-")[0]
    return sorted(clause_cases, key=lambda case: -sum(e.shape.startswith(requirement) for e in case.expected))


def own(mutant: Mutant, framework: str) -> bool:
    """Whether the mutant changes this file, not the building blocks it uses."""
    if not (resources.shape_folder(framework) / "00-building-blocks.ttl").is_file():
        return True
    blocks = shapes_of(framework, "00-building-blocks")
    return not any(t[0] == mutant.about for t in blocks)


@pytest.mark.slow
@pytest.mark.parametrize(("framework", "stem"), FILES, ids=lambda part: part)
def test_every_constraint_matters_to_a_case(framework: str, stem: str) -> None:
    clause_cases = [c for c in cases() if (c.framework, c.stem) == (framework, stem)]
    assert clause_cases, f"{stem} has no cases"
    assert not [c.name for c in clause_cases if any(True for _ in differences(c, run(c)))], "a broken case notices all"
    found = [m for m in mutants(shapes_of(framework, stem)) if own(m, framework)]
    assert found, f"{stem} has no constraint"
    survivors = [m.name for m in found if survives(m, clause_cases)]
    assert not survivors, f"{len(survivors)} of {len(found)}:\n" + "\n".join(survivors)
