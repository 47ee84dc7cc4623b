"""Both engines give the same results on the cases of the rulebook; and no shape of the rulebook or of ELM is beyond SQL."""

from __future__ import annotations

from collections import Counter

import pytest

from differential.test_engines_agree import results
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.read import read_triples
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.parse import parse
from mcqms_kg.shacl.reference import pyshacl as reference
from shacl import all_roads
from shapes.case_runner import Case, bound, cases, shapes_of, small_background
from suites import STANDARDS

ALL = cases()
SAMPLE = ALL[::40]
ELM = STANDARDS / "elm"


def agrees(case: Case) -> None:
    shapes = bound(case.framework, shapes_of(case.framework, case.stem))
    data = small_background() + read_triples([case.path])
    with Columns.load((*triple, None) for triple in data) as loaded:
        found = all_roads.validate(loaded, shapes)
    expected = reference.validate(data, shapes)
    assert results(found) == results(expected)
    assert found.focus_nodes == expected.focus_nodes
    assert Counter(found.engines.values()).keys() <= {columns.NAME}


@pytest.mark.parametrize("case", SAMPLE, ids=lambda case: case.name)
def test_some_cases(case: Case) -> None:
    agrees(case)


@pytest.mark.slow
@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_every_case(case: Case) -> None:
    agrees(case)


@pytest.mark.skipif(not ELM.is_dir(), reason="the ELM shapes are not here; set MCQMS_SUITES")
@pytest.mark.parametrize("name", ["EDC-generic-full", "EDC-generic-no-cv", "LOQ-constraints-mdr", "AMS-constraints"])
def test_elm_shapes_are_all_sql(name: str) -> None:
    compiled, beyond = columns.compile_all(parse(read_triples([ELM / f"{name}.ttl"])))
    assert compiled
    assert not beyond
