"""Both engines on the W3C data-shapes suite, compared result by result with everything the suite states."""

from __future__ import annotations

import pytest

from conformance.manifest import Case, actual, cases, suite
from mcqms_kg.errors import McqmsError
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import ValidationReport
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.reference import pyshacl as reference
from shacl import all_roads

ROOT = suite()
CASES = cases(ROOT) if ROOT else []
pytestmark = pytest.mark.skipif(ROOT is None, reason="the W3C data-shapes suite is not here; set MCQMS_SUITES")

REFERENCE_DIFFERS = {
    "core/property/uniqueLang-002": "pySHACL takes '1' for true in sh:uniqueLang; the specification names only true",
    "sparql/node/prefixes-001": "pySHACL does not follow owl:imports between the prefix declarations of sh:prefixes",
    "sparql/pre-binding/shapesGraph-001": "pySHACL does not offer the shapes graph as a named graph",
}


def by_columns(case: Case) -> ValidationReport:
    with Columns.load((*triple, None) for triple in case.data) as data:
        return all_roads.validate(data, case.shapes)


def agrees(case: Case, validate: object) -> None:
    assert callable(validate)
    if case.expected is None:
        with pytest.raises(McqmsError):
            validate(case)
        return
    report = validate(case)
    assert actual(report, case.expected) == case.expected
    assert report.conforms is (not case.expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_columns(case: Case) -> None:
    agrees(case, by_columns)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_columns_decides_every_shape_itself(case: Case) -> None:
    if case.expected is not None:
        assert set(by_columns(case).engines.values()) <= {columns.NAME}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reference(case: Case, request: pytest.FixtureRequest) -> None:
    if case.name in REFERENCE_DIFFERS:
        request.applymarker(pytest.mark.xfail(reason=REFERENCE_DIFFERS[case.name], strict=True))
    agrees(case, lambda c: reference.validate(c.data, c.shapes))


def test_the_suite_is_whole() -> None:
    assert len(CASES) == 121
