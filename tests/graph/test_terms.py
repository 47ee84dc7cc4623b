"""Terms as text: built, taken apart, and written short."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from mcqms_kg.graph import terms
from mcqms_kg.graph.rdflib_bridge import to_node, to_term
from mcqms_kg.model import Term

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(TEXT)
def test_a_literal_is_what_an_rdf_library_writes(text: str) -> None:
    assert terms.lexical(terms.literal(text)) == text
    assert terms.lexical(Term(str(ox.Literal(text)))) == text


@given(TEXT, st.sampled_from(["", "en", "id", "en-GB"]))
def test_through_rdflib_and_back_changes_nothing(text: str, language: str) -> None:
    term = terms.literal(text, language=language)
    assert to_term(to_node(term)) == term


def test_lexical_forms_survive_rdflib() -> None:
    term = Term('"01"^^<http://www.w3.org/2001/XMLSchema#integer>')
    assert to_term(to_node(term)) == term


def test_names_are_written_short_and_read_again() -> None:
    term = terms.iri("https://w3id.org/mcqms/requirement/8.1d")
    assert terms.short(term) == "requirement:8.1d"
    assert terms.expand("requirement:8.1d") == term
    assert terms.expand("https://example.org/a") == "<https://example.org/a>"
    assert (
        terms.expand("urn:uuid:6f1c2f0e-0000-4000-8000-000000000001")
        == "<urn:uuid:6f1c2f0e-0000-4000-8000-000000000001>"
    )
    assert terms.expand("did:web:example.org") == "<did:web:example.org>"
    assert terms.expand("8.1d") is None
    assert terms.expand("unknown:thing") is None


def test_an_iri_that_makes_no_prefixed_name_is_written_whole() -> None:
    assert terms.short(terms.iri("https://w3id.org/mcqms/shape/a b")) == "<https://w3id.org/mcqms/shape/a b>"
