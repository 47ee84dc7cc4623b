"""Every case gives exactly the findings it promises; every shape has cases."""

from __future__ import annotations

import pytest

from mcqms_kg import operations, resources
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.rules.catalogue import target_shapes
from shapes.case_runner import FRAMEWORKS, PROFILES, Case, cases, differences, run


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_case(case: Case) -> None:
    assert case.is_valid != bool(case.expected), "a valid case promises no finding, an invalid one at least one"
    if case.is_valid:
        assert case.met, "a valid case names the target shapes that must be met"
    assert not list(differences(case, run(case)))


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_shape_has_a_valid_and_an_invalid_case(framework: str) -> None:
    shapes = GraphIndex(read_triples(resources.shape_files(framework)))
    reporting = {s for s in shapes.all_subjects() if shapes.objects(s, mc("enforces"))}
    targeting = {t for s in reporting for t in target_shapes(shapes, s)}
    own = [c for c in cases() if c.framework == framework]
    assert reporting
    assert sorted(reporting - {e.shape for c in own for e in c.expected}) == []
    assert sorted(targeting - {s for c in own if c.is_valid for s in c.met}) == []
    assert sorted({s for c in own for s in c.met} - targeting) == []


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_requirement_is_enforced_or_says_why_not(framework: str) -> None:
    shapes = GraphIndex(read_triples(resources.shape_files(framework)))
    enforced = {r for s in shapes.all_subjects() for r in shapes.objects(s, mc("enforces"))}
    for listed in operations.clauses(PROFILES[framework]):
        for entry in listed.requirements:
            found = entry.requirement
            texts = (found.label, found.wording, found.rationale, found.remedy)
            assert all(set(text) == {"en", "id"} for text in texts), found.notation
            assert found.subjects, found.notation
            assert found.phases, found.notation
            assert found.principles, found.notation
            assert found.source, found.notation
            if found.status == "automated":
                assert found.iri in enforced, found.notation
            else:
                assert set(found.status_reason) == {"en", "id"}, found.notation


ATOMS = (
    *(
        [
            "1.1",
            "1.2a",
            "1.2b",
            "1.3",
            "2a",
            "2b",
            "3a",
            "3b",
            "4.1a",
            "4.1b",
            "4.2a",
            "4.2b",
            "4.2c",
            "4.3a",
            "4.3b",
            "5.1a",
            "5.1b",
            "5.1c",
            "5.2a",
            "5.2b",
        ]
    ),
    *(
        [
            "5.3a",
            "5.3b",
            "5.3c",
            "5.3d",
            "6.1a",
            "6.1b",
            "6.1c",
            "6.1d",
            "6.2a",
            "6.2b",
            "6.2c",
            "6.2d",
            "6.3",
            "7.1a",
            "7.1b",
            "7.1c",
            "7.2a",
            "7.2b",
            "7.3",
            "7.4",
        ]
    ),
    *(
        [
            "8.1a",
            "8.1b",
            "8.1c",
            "8.1d",
            "8.2a",
            "8.2b",
            "8.2c",
            "8.3a",
            "8.3b",
            "8.3c",
            "8.4a",
            "8.4b",
            "9.1a",
            "9.1b",
            "9.1c",
            "9.2a",
            "9.2b",
            "9.2c",
            "9.3",
        ]
    ),
    *(["10.1a", "10.1b", "10.1c", "10.2a", "10.2b", "0.6", "F1", "F2", "F3", "F4", "X1"]),
)
"""Every requirement of the quality system by its number."""


def test_the_register_holds_every_atom() -> None:
    registered = {e.requirement.notation for listed in operations.clauses("mcqms") for e in listed.requirements}
    assert set(ATOMS) <= registered
    assert registered - set(ATOMS) == {"X2", "X3"}
