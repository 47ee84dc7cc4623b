"""What the compiled reader has gathered: the same with a database and without, whatever numbers the database gives."""

from __future__ import annotations

import ctypes

import pytest

from mcqms_kg.graph.columns import columns as graph_columns
from mcqms_kg.graph.columns import gathered, reader
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.numbers import STRONG, macros
from mcqms_kg.model import Term
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.roads import Road
from shacl.shapes_in_turtle import turtle

pytestmark = pytest.mark.skipif(not reader.is_built(), reason="the reader in C is not built")
DATA = tuple(turtle('ex:a ex:p ex:b , "é", "x"@en , 1 , 01 , "2026-01-01"^^xsd:date . ex:b ex:p ex:c ; ex:q 2.50 .'))
SHAPES = turtle("""
    ex:shape sh:targetSubjectsOf ex:p ; sh:property ex:more, ex:text ; sh:closed true .
    ex:more sh:path ex:p ; sh:minInclusive 1 . ex:text sh:path ex:p ; sh:pattern "^.$" .
""")


def loaded() -> Columns:
    return Columns.load((*triple, None) for triple in (*DATA, DATA[0]))


def test_terms_and_statements_are_looked_up_in_memory() -> None:
    with loaded() as data:
        held = data.gathered
        assert held and held.statements == len(DATA) and not data.is_empty()
        terms = data.all_terms()
        assert {(terms[s], terms[p], terms[o]) for p, pairs in held.by_predicate() for s, o in pairs} == set(DATA)
        named = data.numbers_of([*terms.values(), Term("<http://e/absent>")])
        assert {number: term for term, number in named.items() if number in terms} == terms
        assert data.texts_of(named.values()) == terms
        predicate = named[DATA[0][1]]
        assert {terms[o] for o in held.pairs(predicate)[1].tolist()} == {o for _, p, o in DATA if p == DATA[0][1]}
        data.ensure_terms([Term("<http://e/absent>"), DATA[0][0]])
        assert data.texts_of(named.values()).keys() == {*named.values()} and data.version == 1
        assert data.gathered is held


def test_a_database_takes_all_of_it_in() -> None:
    with loaded() as data:
        before, absent = data.all_terms(), Term('"absent"')
        data.ensure_terms([absent])
        number = data.numbers_of([absent])[absent]
        assert data.connection.execute("SELECT count(*) FROM triple").fetchone() == (len(DATA),)
        assert data.gathered is None
        assert data.all_terms() == before | {number: absent}
        assert set(data.triples()) == set(DATA) and data.numbering == 0


@pytest.mark.parametrize("road", Road)
def test_where_a_database_numbers_otherwise_all_is_numbered_anew(monkeypatch: pytest.MonkeyPatch, road: Road) -> None:
    with loaded() as data:
        expected = columns.validate(data, SHAPES, road=road)
    monkeypatch.setattr(graph_columns, "macros", lambda _: macros(STRONG))
    with loaded() as data:
        assert columns.validate(data, SHAPES, road=road) == expected
        assert set(data.triples()) == set(DATA) and data.numbering == 1
    assert expected.results


def test_a_term_of_the_shapes_that_has_the_number_of_another_is_left_to_the_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with loaded() as data:
        expected = columns.validate(data, SHAPES)
        other = data.numbers_of([DATA[0][2]])[DATA[0][2]]
    wrong = Term("<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>")
    monkeypatch.setattr(gathered, "number_of", lambda term: other if term == wrong else reader.number_of(term))
    with loaded() as data:
        data.ensure_terms([wrong])
        assert data.gathered is None
        assert columns.validate(data, SHAPES) == expected


def test_terms_of_the_data_that_share_a_number_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader.Reader, "numbers", lambda one: (ctypes.c_int64 * one.terms)())
    with loaded() as data:
        assert data.gathered is None and set(data.triples()) == set(DATA)
