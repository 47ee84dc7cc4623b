"""Our graph as a workbook and back: nothing is lost, whatever it says."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interop.workbooks import AS_OF, exported, kept, read, read_back
from mcqms_kg import resources
from mcqms_kg.generate import generate
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE, GraphIndex
from mcqms_kg.graph.read import read_quads, read_triples, source
from mcqms_kg.interop.workbook.writing import output_of
from mcqms_kg.model import Term, Triple, Wanted
from mcqms_kg.namespaces import MC, RDFS, XSD

STORIES = ("polytechnic-networks", "university-data-science", "flawed-provider")


def story(name: str) -> set[Triple]:
    return set(read_triples(sorted((resources.root() / "data" / name).glob("*.ttl"))))


@pytest.mark.parametrize("way", ["en", "id", "csv"])
@pytest.mark.parametrize("name", STORIES)
def test_a_story_comes_back_as_it_was(name: str, way: str, tmp_path: Path) -> None:
    triples = story(name)
    written = exported(triples, "id" if way == "id" else "en", csv=way == "csv")
    assert written.losses == ()
    assert read_back(written, tmp_path) == triples


def test_a_story_stands_in_the_sheets_not_beside_them() -> None:
    for name in STORIES[:2]:
        output, _ = output_of(GraphIndex(story(name)), Wanted(AS_OF))
        assert len(output.other) <= 1, output.other


@cache
def generated(seed: int, defects: float) -> frozenset[Triple]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "all.nq"
        generate(path, 3, 2, seed, defects, AS_OF)
        return frozenset((s, p, o) for s, p, o, _ in read_quads(source(path)))


@settings(max_examples=4)
@given(seed=st.integers(0, 10_000), defects=st.sampled_from([0.0, 0.9]), csv=st.booleans())
def test_generated_data_comes_back_as_it_was(seed: int, defects: float, csv: bool) -> None:
    triples = generated(seed, defects)
    with TemporaryDirectory() as folder:
        assert read_back(exported(triples, csv=csv), Path(folder)) == triples


CLASSES = ("Risk", "Provider", "Regulator", "MicroCredential", "LearningOutcome", "Teacher", "Assessor", "Nonsense")
PROPERTIES = (
    "likelihood", "hasRiskKind", "treatment", "isOwnedBy", "hasOutcome", "credits", "eventDate", "nextReviewDate",
    "belongsTo", "publicPage", "country", "holdsCertificate", "takesIntoAccount", "unheardOf",
)  # fmt: skip
WORDS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.sampled_from(
        [
            "=1+1",
            "'=1",
            "''-x",
            "+62",
            "-",
            "@x",
            " a ",
            "a;b",
            "a\nb",
            "a\r\nb",
            "\t",
            "_x0041_",
            "accepted",
            "\u00a0x",
        ]
    ),
    st.sampled_from(["x" * 40_000, "\x01", "\ufffe", "Kode ‘a’", "2026-06-30", "3", "3,5"]),
)
NUMBERS = st.sampled_from(
    ["3", "3.0", "-3.50", "+3", "003", "1.500", "1234567.8901", "0.1234567890123456789", "1e3", "", "0.0", "0"]
)
DATES = st.sampled_from(["2026-06-30", "1850-01-01", "2026-06-30Z", "0001-01-01", "no"])
IRIS = st.sampled_from(
    [
        f"https://example.org/story/{name}"
        for name in ("mc-1", "MC-1", "mc-10", "mc-2", "a/b", "a;b", "12", "%41", "=x", "accepted", "")
    ]
    + [
        "https://elsewhere.org/x#y",
        "urn:isbn:1",
        "https://w3id.org/mcqms/code/risk-quality",
        "https://w3id.org/mcqms/kkni/6",
    ]
).map(terms.iri)
NODES = st.one_of(IRIS, st.sampled_from([Term("_:b0"), Term("_:b1")]))
LITERALS = st.one_of(
    st.builds(terms.literal, WORDS),
    st.builds(
        lambda text, tag: terms.literal(text, language=tag), WORDS, st.sampled_from(["en", "id", "ms", "en-US", "EN"])
    ),
    st.builds(
        lambda text, kind: terms.literal(text, datatype=XSD + kind),
        NUMBERS,
        st.sampled_from(["integer", "decimal", "double"]),
    ),
    st.builds(
        lambda text: terms.literal(text, datatype=XSD + "date"),
        DATES,
    ),
    st.builds(lambda text: terms.literal(text, datatype=XSD + "anyURI"), WORDS),
)
TYPED = st.tuples(NODES, st.just(TYPE), st.sampled_from(CLASSES).map(lambda name: terms.iri(MC + name)))
SAID = st.tuples(
    NODES,
    st.sampled_from([*(terms.iri(MC + name) for name in PROPERTIES), terms.iri(RDFS + "label")]),
    st.one_of(NODES, LITERALS),
)


@settings(max_examples=100)
@given(st.sets(TYPED, max_size=8), st.sets(SAID, max_size=25), st.sampled_from(["en", "id"]))
@example(
    {(terms.iri(f"https://example.org/story/{name}"), TYPE, terms.iri(MC + "Risk")) for name in ("", *"abcd")},
    set(),
    "en",
)
def test_anything_that_can_be_said_comes_back_or_is_told_as_lost(
    typed: set[Triple], said: set[Triple], language: str
) -> None:
    check_round_trip(typed | said, language, csv=True)


@settings(max_examples=10)
@given(st.sets(TYPED, max_size=8), st.sets(SAID, min_size=10, max_size=40))
def test_anything_comes_back_from_excel_files_too(typed: set[Triple], said: set[Triple]) -> None:
    check_round_trip(typed | said, "en", csv=False)


def check_round_trip(triples: set[Triple], language: str, csv: bool) -> None:
    written = exported(triples, language, csv=csv)
    with TemporaryDirectory() as folder:
        back = {stated.triple for stated in read(kept(written, Path(folder))).stated}
    lost = triples - back
    assert back <= triples
    assert {(s, p) for s, p, _ in lost} <= {(loss.at, loss.value) for loss in written.losses}
    assert all(len(o) > 32_000 for _, _, o in lost)
