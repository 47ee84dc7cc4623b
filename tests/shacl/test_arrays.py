"""Plans answered on arrays: sets of numbers, values in order, what is held and when it is let go, and what is left to SQL."""

from __future__ import annotations

from itertools import product
from unittest.mock import Mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.numbers import STRONG
from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl import columns, roads
from mcqms_kg.shacl.arrays import conditions, held, sets, table
from mcqms_kg.shacl.arrays.answering import Answering
from mcqms_kg.shacl.arrays.held import KEPT, Held
from mcqms_kg.shacl.arrays.joins import joined
from mcqms_kg.shacl.change.incremental import revalidate
from mcqms_kg.shacl.execution.run import Run
from mcqms_kg.shacl.plans.plan import Call, Const, Var
from mcqms_kg.shacl.roads import Road
from mcqms_kg.shacl.sets.alike import Alike
from shacl import test_near
from shacl.in_turn import DATA, EASY, OTHERS, WORLDS, Step, fresh, in_turn, quads
from shacl.shapes_in_turtle import turtle

SHAPES = turtle("""ex:shape sh:targetClass ex:C ; sh:property ex:number , ex:to , ex:long .
    ex:number sh:path ex:p ; sh:datatype xsd:integer ; sh:minCount 1 ; sh:maxInclusive 5 .
    ex:long sh:path ex:p ; sh:minLength 2 .
    ex:to sh:path ex:q ; sh:qualifiedValueShape [ sh:class ex:D ; sh:property ex:number ] ; sh:qualifiedMinCount 1 .""")
PARTLY = turtle(r"""ex:partly sh:targetClass ex:C ; sh:property ex:decided , ex:searched .
    ex:decided sh:path ex:p ; sh:maxCount 0 .
    ex:searched sh:path ex:p ; sh:pattern "(.)\\1" .""")

a, b = Var("a"), Var("b")
TERMS = [Term("<https://example.org/a>"), Term('"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>'), Term('"1"')]
CONDITIONS = [
    *(Call(name, (a,)) for name in ("is_iri", "is_blank", "is_literal", "is_tagged", "bound")),
    *(Call(name, (a, *map(Const, TERMS))) for name in ("in", "not_in")),
    *(Call(name, (a, Const(TERMS[0]))) for name in ("same_term", "equal", "unequal")),
    Call("not", (Call("is_iri", (a,)),)),
    *(Call(word, (Call("is_iri", (a,)), Call("less", (b, Const(TERMS[1]))))) for word in ("and", "or")),
    Call("is_not_true", (Call("less", (Const(TERMS[1]), b)),)),
]

numbers = st.lists(st.integers(0, 40) | st.sampled_from([n << 50 for n in range(20)]), max_size=40)
pairs = st.lists(st.tuples(st.integers(0, 5), st.integers(-3, 5)), max_size=40)


@pytest.fixture(autouse=True)
def on_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small graphs would be decided without any of this."""
    monkeypatch.setenv(roads.SETTING, "arrays")


def array(given: list[int]) -> sets.Numbers:
    return np.array(given, np.int64)


@given(values=numbers, others=numbers)
def test_membership_is_that_of_sets(values: list[int], others: list[int]) -> None:
    assert sets.is_among(array(values), array(others)).tolist() == [value in others for value in values]
    known = sets.once(array(others))
    assert known.tolist() == sorted(set(others))
    places, found = sets.Index.of(known).find(array(values))
    assert found.tolist() == [value in others for value in values]
    assert known[places[found]].tolist() == [value for value in values if value in others]


@given(rows=pairs)
def test_rows_that_are_alike_stand_together(rows: list[tuple[int, int]]) -> None:
    both = [array([row[side] for row in rows]) for side in (0, 1)]
    order, is_first = sets.grouped(both)
    assert sorted(order.tolist()) == list(range(len(rows)))
    assert sorted(rows[place] for place in order[is_first]) == sorted(set(rows))
    codes = sets.codes(both).tolist()
    assert len(set(zip(codes, rows, strict=True))) == len(set(codes)) == len(set(rows))


def test_rows_that_share_a_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "_mixed", lambda columns: np.zeros(len(columns[0]), np.uint64))
    test_rows_that_are_alike_stand_together()


def test_a_join_makes_every_pair_that_agrees() -> None:
    left = table.of(a=array([1, 2, table.NONE, 2]), b=array([5, 6, 7, 8]))
    right = table.of(a=array([2, 1, 2, table.NONE]), c=array([10, 20, 30, 40]))
    found = joined(left, right)
    rows = sorted(zip(*(found.columns[name].tolist() for name in "abc"), strict=True))
    assert rows == [(1, 5, 20), (2, 6, 10), (2, 6, 30), (2, 8, 10), (2, 8, 30)]


def of_kind(*kinds: str) -> list[Term]:
    return [term for term in test_near.ALL if any(term.endswith(f"#{kind}>") for kind in kinds)]


@pytest.mark.parametrize(
    "nodes",
    [
        test_near.ALL,
        of_kind("integer", "decimal", "double", "float"),
        of_kind("date", "dateTime", "integer"),
        of_kind("dateTimeStamp", "dateTime"),
    ],
    ids=["everything", "numbers", "moments", "stamps"],
)
def test_conditions_say_what_sql_says(nodes: list[Term]) -> None:
    p = Term("<https://example.org/p>")
    with Columns.load((Term("<https://example.org/s>"), p, node, None) for node in nodes) as loaded:
        kept = Held.of(loaded)
        number = kept.numbers({*nodes, *TERMS})
        answering = Answering(kept, number, Alike(), lambda: None)
        both = [array([number[term] for term in side]) for side in zip(*product(nodes, nodes), strict=True)]
        rows = table.of(a=both[0], b=both[1])
        decided = 0
        for expression in [*test_near.EXPRESSIONS.values(), *CONDITIONS]:
            found = conditions._known(answering, rows, expression, {})
            if found is not None:
                decided += 1
                assert (found == answering.asked.truths(rows, expression, {})).all(), expression
        assert decided >= 15


def test_what_is_unbound_is_unknown() -> None:
    with Columns.load(quads(DATA)) as loaded:
        kept = Held.of(loaded)
        number = kept.numbers(TERMS)
        answering = Answering(kept, number, Alike(), lambda: None)
        rows = table.of(a=array([table.NONE, number[TERMS[0]]]), b=array([table.NONE, number[TERMS[1]]]))
        for expression in [*test_near.EXPRESSIONS.values(), *CONDITIONS]:
            found = conditions._known(answering, rows, expression, {})
            if found is not None:
                assert (found == answering.asked.truths(rows, expression, {})).all(), expression


def test_what_is_held_is_read_once_and_let_go_with_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    with Columns.load(quads(DATA)) as loaded:
        first = columns.validate(loaded, SHAPES)
        kept = loaded.kept[KEPT]
        with monkeypatch.context() as reading:
            reading.setattr(Held, "read", Mock(side_effect=lambda predicates: list(predicates)))
            reading.setattr(held, "Pairs", None)
            assert columns.validate(loaded, SHAPES) == first
        assert columns.validate(loaded, OTHERS) == fresh(set(DATA), OTHERS)
        assert loaded.kept[KEPT] is kept
        came, gone = list(turtle("ex:b ex:p 3 .")), list(turtle("ex:e a ex:E ."))
        report = revalidate(loaded, SHAPES, first, quads(came), quads(gone))
        assert columns.validate(loaded, SHAPES) == report == fresh({*DATA, *came} - set(gone), SHAPES)
        assert loaded.kept[KEPT] is not kept


def test_texts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "_MANY_TEXTS", 3)
    with Columns.load(quads(DATA)) as loaded:
        for shapes in (SHAPES, OTHERS, SHAPES):
            assert columns.validate(loaded, shapes) == fresh(set(DATA), shapes)
        kept = loaded.kept[KEPT]
        assert isinstance(kept, Held)
        assert len(kept._texts) <= 3


def test_a_value_that_only_shapes_name_is_compared() -> None:
    shapes = turtle("ex:shape sh:targetNode 7 , 3 , 'x' ; sh:maxInclusive 5 ; sh:nodeKind sh:Literal .")
    with Columns.load(quads(DATA)) as loaded:
        assert columns.validate(loaded, SHAPES)
        assert columns.validate(loaded, shapes) == fresh(set(DATA), shapes)


def test_terms_numbered_anew_are_left_to_sql() -> None:
    data = list(turtle("ex:a a ex:C ; ex:p ex:bb . ex:bb ex:p ex:a ."))
    shapes = turtle("ex:shape sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:hasValue ex:ab .")
    with Columns.load(quads(data), digest=STRONG) as strong:
        expected = columns.validate(strong, shapes)
    with Columns.load(quads(data), digest="(length(t) * 1000 + ascii(t[-2]))::BIGINT") as weak:
        assert columns.validate(weak, OTHERS) == fresh(set(data), OTHERS)
        assert columns.validate(weak, shapes) == expected == columns.validate(weak, shapes)
        assert weak.numbering == 1


def test_no_sql_is_asked_where_arrays_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columns, "_by_sql", Mock(side_effect=AssertionError("SQL was asked")))
    with Columns.load(quads(DATA)) as loaded:
        assert len(columns.validate(loaded, (*SHAPES, *OTHERS)).results) == 16


ANY_PROPERTY = {
    "closed": "ex:shut sh:targetClass ex:C ; sh:closed true ; sh:property [ sh:path ex:p ] .",
    "closed inside another shape": """ex:shut sh:targetClass ex:C ; sh:not
        [ sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ] ] .""",
    "a variable": "SELECT $this ?path ?value WHERE { $this ?path ?value FILTER (?path NOT IN (ex:p)) }",
    "another condition": "SELECT $this ?path WHERE { $this ?path ?value FILTER (isIRI(?value)) }",
    "from the other side": "SELECT $this ?value WHERE { ?value ?path $this }",
    "nothing leads here": "SELECT $this WHERE { $this ex:p ?p FILTER NOT EXISTS { ?any ?path $this } }",
    "all but one": "SELECT $this ?value WHERE { $this !ex:p ?value }",
    "all but some, on from there": "SELECT $this ?value WHERE { $this ex:q/!(ex:p|ex:r) ?value }",
    "to itself": "SELECT $this ?path WHERE { $this ?path $this }",
}


@pytest.mark.parametrize("name", ANY_PROPERTY)
def test_what_asks_for_any_property_is_decided_on_arrays(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = ANY_PROPERTY[name]
    query = f"ex:shape sh:targetClass ex:C ; sh:sparql [ sh:select 'PREFIX ex: <https://example.org/> {told}' ] ."
    shapes = turtle(told if told.startswith("ex:") else query)
    expected = fresh(set(DATA), shapes)
    monkeypatch.setattr(columns, "_by_sql", Mock(side_effect=AssertionError("SQL was asked")))
    with Columns.load(quads(DATA)) as loaded:
        assert columns.validate(loaded, shapes) == expected
    assert expected.results or name == "to itself"


def test_one_reporting_shape_is_left_to_sql_and_the_others_of_its_target_shape_are_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shapes = (*PARTLY, *OTHERS)
    expected = fresh(set(DATA), shapes)
    asked = Mock(wraps=columns._by_sql)
    monkeypatch.setattr(columns, "_by_sql", asked)
    with Columns.load(quads(DATA)) as loaded:
        assert columns.validate(loaded, shapes) == expected == columns.validate(loaded, shapes)
    _, _, left, parts, _ = asked.call_args_list[0].args
    assert [shape.name for shape in left] == ["<https://example.org/partly>"]
    (part,) = parts.values()
    assert (len(part.left), {r.source_shape for r in part.results}) == (1, {"<https://example.org/decided>"})
    assert "<https://example.org/searched>" in {r.source_shape for r in expected.results}


def test_a_target_shape_that_the_reference_decides_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What arrays knew of it is let go: the reference decides it whole."""
    shapes = (*PARTLY, *OTHERS)
    expected = fresh(set(DATA), shapes)
    monkeypatch.setattr(Run, "_rows", Mock(side_effect=Unsupported("Not in SQL, for this test")))
    with Columns.load(quads(DATA)) as loaded:
        found = columns.validate(loaded, shapes)
    assert found.engines[Term("<https://example.org/partly>")] == "reference"
    assert {(r.focus, r.source_shape, r.value) for r in found.results} == {
        (r.focus, r.source_shape, r.value) for r in expected.results
    }
    assert len(found.results) == len(expected.results)


def test_too_many_rows_are_left_to_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MOST", 3)
    with Columns.load(quads(DATA)) as loaded:
        assert columns.validate(loaded, SHAPES) == fresh(set(DATA), SHAPES)


def test_between_small_and_huge_arrays_are_the_road(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(roads.SETTING)
    with Columns.load(quads(DATA)) as loaded:
        for few, many, road in ((100, 200, Road.PYTHON), (5, 200, Road.ARRAYS), (5, 6, Road.SQL)):
            monkeypatch.setattr(roads, "FEW", few)
            monkeypatch.setattr(roads, "MANY", many)
            assert roads.road_of(loaded, 1, None) is road


@settings(max_examples=12, **EASY)
@given(**WORLDS)
def test_any_changes_and_shapes_in_turn(
    data: list[Triple], graphs: list[tuple[Triple, ...]], steps: list[Step]
) -> None:
    in_turn(data, graphs, steps)
