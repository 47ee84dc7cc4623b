"""Spark on the W3C data-shapes suite, compared result by result with everything the suite states."""

from __future__ import annotations

import pytest

from conformance.manifest import Case, cases, suite
from conformance.test_w3c_data_shapes import agrees
from mcqms_kg.model import ValidationReport
from shacl.spark.one_session import MASTER, needs_spark

ROOT = suite()
CASES = cases(ROOT) if ROOT else []
pytestmark = [
    pytest.mark.skipif(ROOT is None, reason="the W3C data-shapes suite is not here; set MCQMS_SUITES"),
    pytest.mark.slow,
    pytest.mark.xdist_group("spark"),
    needs_spark,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_spark(case: Case) -> None:
    from mcqms_kg.shacl.spark import engine

    def by_spark(asked: Case) -> ValidationReport:
        report = engine.validate_triples(MASTER, asked.data, asked.shapes)
        assert set(report.engines.values()) <= {"spark"}, "Spark decides every shape itself"
        return report

    agrees(case, by_spark)
