"""A component is one class and one line: one of each kind is added, and every road, other shapes and changes know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Self

import pytest

from mcqms_kg.errors import RulebookError
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term
from mcqms_kg.shacl import columns, components
from mcqms_kg.shacl.change.incremental import revalidate
from mcqms_kg.shacl.components.component import Component, Reading, ValueTest
from mcqms_kg.shacl.plans.plan import Call, Drop, Expression, Join, Plan, Terms, Var, pick
from mcqms_kg.shacl.shapes import Scope
from shacl.shapes_in_turtle import names, turtle, validate

EX = "https://example.org/"
DATA = "ex:a a ex:C ; ex:p 'x' , 'two words' . ex:b a ex:C ; ex:p 'z' . ex:c a ex:C ."


class SomeValueIn(Component):
    """One of the value nodes is a member of the list."""

    component = Term(f"<{EX}SomeValueInConstraintComponent>")
    members: tuple[Term, ...]

    @classmethod
    def read(cls, reading: Reading, value: Term) -> Iterator[Self]:
        yield cls(reading.members(value))

    def violations(self, scope: Scope) -> Plan:
        return Drop(scope.focus, pick(Join(scope.values, Terms("value", self.members)), focus="focus"))


class OneWord(ValueTest):
    """Each value node is one word."""

    component = Term(f"<{EX}OneWordConstraintComponent>")

    @classmethod
    def read(cls, _: Reading, __: Term) -> Iterator[Self]:
        yield cls()

    def test(self, value: Var) -> Expression:
        return Call("matches", (value, "^\\S+$", ""))


@pytest.fixture(autouse=True)
def lines(monkeypatch: pytest.MonkeyPatch) -> None:
    added: dict[Term, type[Component]] = {Term(f"<{EX}someValueIn>"): SomeValueIn, Term(f"<{EX}oneWord>"): OneWord}
    monkeypatch.setattr(components, "COMPONENTS", {**components.COMPONENTS, **added})
    columns.prepared_shapes.cache_clear()


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("sh:path ex:p ; ex:someValueIn ( 'x' 'y' ) .", ["b", "c"]),
        ("sh:path ex:p ; ex:oneWord true .", ["a"]),
        ("sh:not [ sh:path ex:p ; ex:someValueIn ( 'x' ) ] .", ["a"]),
        ("sh:or ( [ sh:path ex:p ; ex:someValueIn ( 'x' ) ] [ sh:path ex:p ; sh:maxCount 0 ] ) .", ["b"]),
        ("sh:property [ sh:path ex:p ; sh:qualifiedValueShape [ ex:oneWord true ] ; sh:qualifiedMinCount 1 ] .", ["c"]),
    ],
)
def test_every_road_knows_it(said: str, found: list[str]) -> None:
    assert names(validate(DATA, f"ex:shape sh:targetClass ex:C ; {said}")) == found


def test_results_name_it() -> None:
    report = validate(DATA, "ex:shape sh:targetClass ex:C ; sh:path ex:p ; ex:oneWord true ; sh:message 'One word.' .")
    (result,) = report.results
    assert (result.component, result.value, result.messages) == (OneWord.component, '"two words"', ('"One word."',))


def test_it_is_asked_again_after_a_change() -> None:
    shapes = turtle("ex:shape sh:targetClass ex:C ; sh:path ex:p ; ex:someValueIn ( 'x' ) .")
    with Columns.load((*triple, None) for triple in turtle(DATA)) as loaded:
        before = columns.validate(loaded, shapes)
        after = revalidate(loaded, shapes, before, [(*t, None) for t in turtle("ex:b ex:p 'x' .")], [])
        assert (names(before), names(after)) == (["b", "c"], ["c"])


def test_a_shape_with_it_is_not_handed_to_an_engine_that_does_not_know_it() -> None:
    needs_itself = "sh:property [ sh:path ex:q ; sh:node ex:shape ]"
    for shape in ("ex:oneWord true", "sh:node [ sh:property [ sh:path ex:p ; ex:oneWord true ] ]"):
        with pytest.raises(RulebookError, match="OneWordConstraintComponent"):
            validate(DATA, f"ex:shape sh:targetClass ex:C ; {shape} ; {needs_itself} .")


def test_it_is_decided_beside_a_query_that_another_engine_decides() -> None:
    query = "SELECT $this (GROUP_CONCAT(?o) AS ?value) WHERE { $this <https://example.org/p> ?o } GROUP BY $this"
    shape = "ex:shape sh:targetClass ex:C ; sh:property [ sh:path ex:p ; ex:oneWord true ]"
    report = validate(DATA, f"{shape} ; sh:sparql [ sh:select '{query}' ] .")
    found = Counter(result.component.rpartition("/")[2].rpartition("#")[2] for result in report.results)
    assert set(report.engines.values()) == {"reference"}
    assert found == {"OneWordConstraintComponent>": 1, "SPARQLConstraintComponent>": 2}


def test_what_is_not_a_list_is_told() -> None:
    with pytest.raises(RulebookError, match="where a list must stand"):
        validate(DATA, "ex:shape sh:targetClass ex:C ; sh:path ex:p ; ex:someValueIn ex:x .")
