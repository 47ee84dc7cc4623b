"""The precheck agrees with the official shapes: what has no major finding is written and conforms, and what has one would be refused."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from interop.elm_data import LABEL, ex, graphs, mc
from interop.elm_official import EDC, LOQ, credential_triples, needs_elm, results
from interop.test_elm_round_trip import BACKGROUND, DAY
from mcqms_kg import resources
from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import read_triples
from mcqms_kg.interop.elm import phrases
from mcqms_kg.interop.elm.credential import credential, uploadable
from mcqms_kg.interop.elm.document import Writing
from mcqms_kg.interop.elm.opportunity import offered, opportunity
from mcqms_kg.interop.elm.writing import awarded, json_bytes, statements, write
from mcqms_kg.model import Term, Triple, Wanted
from mcqms_kg.namespaces import XSD
from mcqms_kg.operations.rulebooks import rulebook_for
from mcqms_kg.shacl.columns import validate

PHASES = (Phase.explicit, Phase.generate)
"""Examples are not made smaller: that would take minutes of two cores."""
WANTED = Wanted(DAY)
SPOILT: list[Term] = [
    terms.literal(" "),
    terms.literal("XX"),
    terms.literal("2026-02-30", datatype=XSD + "date"),
    terms.literal("0001-01-01", datatype=XSD + "date"),
    terms.literal("2030-01-01", datatype=XSD + "date"),
    terms.literal("ftp://example.org/", datatype=XSD + "anyURI"),
    terms.literal("words", language="en"),
    ex("something"),
]


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[Triple, ...]:
    """Data in which a few statements are missing, doubled, or have a value that they should not have."""
    data = list(draw(graphs()))
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(data) - 1))
        subject, predicate, value = data[at]
        change = draw(st.sampled_from(("drop", "replace", "double")))
        other = draw(st.sampled_from(SPOILT))
        data[at : at + 1] = {
            "drop": [],
            "replace": [(subject, predicate, other)],
            "double": [(subject, predicate, value), (subject, predicate, other)],
        }[change]
        if not data:
            break
    if draw(st.booleans()):
        data.append(
            (
                ex("credential0"),
                mc(draw(st.sampled_from(("firstOfferDate", "withdrawalDate")))),
                draw(st.sampled_from(SPOILT)),
            )
        )
    return tuple(dict.fromkeys(data))


@cache
def rulebook() -> tuple[Triple, ...]:
    return tuple(rulebook_for("to-elm", DAY).shapes)


def major(data: tuple[Triple, ...]) -> set[Term]:
    """The awards and micro-credentials with a major finding."""
    with Columns.load((*t, None) for t in data) as loaded:
        report = validate(loaded, rulebook())
    return {r.focus for r in report.results if r.severity.endswith("Violation>")}


@settings(max_examples=15, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(spoilt())
def test_what_is_left_out_is_what_the_precheck_finds(data: tuple[Triple, ...]) -> None:
    graph = GraphIndex((*BACKGROUND, *data))
    given_ = Wanted(DAY, given=frozenset(s for s, _, _ in data))
    try:
        losses = write(graph, given_).losses
        left_out = {loss.at for loss in losses if loss.what["en"].startswith("Left out")}
    except EmptyInput:
        left_out = {t for t in awarded(graph) if lacking(graph, t, credential)}
        left_out |= {t for t in offered_(graph) if lacking(graph, t, opportunity)}
    assert left_out == major(data)


def offered_(graph: GraphIndex) -> tuple[Term, ...]:
    return offered(graph, DAY.isoformat())


def lacking(graph: GraphIndex, term: Term, build: object) -> bool:
    writing = Writing(graph, WANTED)
    build(writing, term)  # type: ignore[operator]  # one of the two builders
    return bool(writing.lacking)


@needs_elm
@settings(max_examples=3, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(spoilt())
def test_what_is_left_out_would_be_refused_and_the_rest_would_not(data: tuple[Triple, ...]) -> None:
    graph = GraphIndex((*BACKGROUND, *data))
    with tempfile.TemporaryDirectory() as folder:
        for award in awarded(graph):
            writing = Writing(graph, WANTED)
            content = json_bytes(uploadable(credential(writing, award)))
            if undecided(writing):
                continue
            found = [r for shapes in EDC for r in results(credential_triples(content, Path(folder)), shapes)]
            assert bool(found) == bool(writing.lacking), (award, found, writing.lacking)
    for offer in offered_(graph):
        writing = Writing(graph, WANTED)
        node = opportunity(writing, offer)
        if undecided(writing):
            continue
        found = [r for shapes in LOQ for r in results(tuple(statements([node])), shapes)]
        assert bool(found) == bool(writing.lacking), (offer, found, writing.lacking)


def undecided(writing: Writing) -> bool:
    """Whether something could be written only by choosing for the provider: one of several, or without what is in words only."""
    return bool({phrases.SEVERAL["en"], phrases.IN_WORDS_ONLY["en"]} & {lack.what["en"] for lack in writing.lacking})


LEFT_OUT = (
    "isAwardedTo",
    "isIssuedBy",
    "issueDate",
    "awardsCredential",
    "isOfferedBy",
    "publicPage",
    "country",
    "name",
)
"""What an award or an offer might lack; `name` is the name of every organisation."""


@needs_elm
@pytest.mark.parametrize("name", LEFT_OUT)
def test_the_official_shapes_ask_for_what_the_precheck_asks_for(name: str, tmp_path: Path) -> None:
    """One thing is left out of a story at a time, so that no other defect answers for it."""
    story = read_triples(sorted((resources.root() / "data" / "university-data-science").glob("*.ttl")))
    bodies = {o for _, p, o in story if p in (mc("isIssuedBy"), mc("isOfferedBy"))}
    data = tuple(t for t in story if (t[0] not in bodies or t[1] != LABEL if name == "name" else t[1] != mc(name)))
    graph, found = GraphIndex((*BACKGROUND, *data)), major(data)
    award, offer = awarded(graph)[0], offered_(graph)[0]
    writing = Writing(graph, WANTED)
    content = json_bytes(uploadable(credential(writing, award)))
    refused = any(results(credential_triples(content, tmp_path), shapes) for shapes in EDC)
    assert refused == bool(writing.lacking) == (award in found)
    writing = Writing(graph, WANTED)
    described = tuple(statements([opportunity(writing, offer)]))
    refused = any(results(described, shapes) for shapes in LOQ)
    assert refused == bool(writing.lacking) == (offer in found)
