"""Code lists as SKOS, and any data in every RDF syntax, there and back: all comes back that is not told as lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mcqms_kg
from interop.round_trip import come_back, exported, neither_kept_nor_told, written_to
from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.canonical import canonical_nquads
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.read import read_triples
from mcqms_kg.interop.skos.reading import skos
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import DCTERMS, XSD

HERE = "https://lists.example/"
OFTEN = settings(max_examples=40, suppress_health_check=list(HealthCheck))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
TEXTS = st.builds(lambda text, tag: terms.literal(text, language=tag), WORDS, st.sampled_from(["en", "id", "ar", ""]))
SCHEMES = st.sampled_from([terms.iri(f"{HERE}scheme-{n}") for n in range(2)])
CONCEPTS = st.sampled_from([terms.iri(f"{HERE}concept-{n}") for n in range(4)])
OF_CONCEPTS = (
    ("prefLabel", TEXTS),
    ("altLabel", TEXTS),
    ("definition", TEXTS),
    ("scopeNote", TEXTS),
    ("notation", WORDS.map(terms.literal)),
    ("inScheme", SCHEMES),
    ("topConceptOf", SCHEMES),
    ("broader", CONCEPTS),
    ("related", CONCEPTS),
    ("exactMatch", st.just(terms.iri("https://other.example/a"))),
)


@st.composite
def lists(draw: st.DrawFn) -> tuple[Triple, ...]:
    """Schemes and concepts that say more or less of what SKOS can say."""
    found: dict[Triple, None] = {}
    for number in range(draw(st.integers(1, 2))):
        scheme = terms.iri(f"{HERE}scheme-{number}")
        found[scheme, TYPE, skos("ConceptScheme")] = None
        for title in draw(st.lists(TEXTS, max_size=2)):
            found[scheme, draw(st.sampled_from([skos("prefLabel"), terms.iri(DCTERMS + "title")])), title] = None
    for number in range(draw(st.integers(1, 4))):
        concept = terms.iri(f"{HERE}concept-{number}")
        found[concept, TYPE, skos("Concept")] = None
        for name, values in OF_CONCEPTS:
            found.update(dict.fromkeys((concept, skos(name), value) for value in draw(st.lists(values, max_size=2))))
    return tuple(found)


@OFTEN
@given(triples=lists())
def test_code_lists_come_back_but_for_what_is_told(
    tmp_path_factory: pytest.TempPathFactory, triples: tuple[Triple, ...]
) -> None:
    folder = tmp_path_factory.mktemp("skos")
    given_ = written_to(folder / "in.nt", triples)
    written = exported("skos", given_)
    back = come_back("skos", written, folder / "out")
    assert back
    assert neither_kept_nor_told(read_triples([given_]), back, written.losses) == []


THINGS = st.sampled_from([terms.iri(f"{HERE}ä%20b"), terms.iri("urn:x:y"), Term("_:a"), Term("_:b")])
DATATYPES = st.sampled_from([XSD + name for name in ("integer", "decimal", "date", "anyURI")] + ["https://e.org/own"])
LITERALS = TEXTS | st.builds(lambda text, kind: terms.literal(text, datatype=kind), WORDS, DATATYPES)
GRAPHS = st.lists(
    st.tuples(THINGS, st.sampled_from([TYPE, skos("note"), terms.iri(HERE + "p_1")]), THINGS | LITERALS),
    min_size=1,
    max_size=8,
    unique=True,
)


@OFTEN
@pytest.mark.parametrize("syntax", ["turtle", "trig", "nt", "nq", "rdfxml", "jsonld"])
@given(triples=GRAPHS)
def test_any_data_comes_back_from_every_syntax(
    tmp_path_factory: pytest.TempPathFactory, syntax: str, triples: list[Triple]
) -> None:
    folder = tmp_path_factory.mktemp(syntax)
    given_ = written_to(folder / "in.nt", triples)
    try:
        written = mcqms_kg.export_to(mcqms_kg.ExportRequest(syntax, [given_]))
    except Unsupported:
        assert syntax == "rdfxml"  # XML cannot hold every character, and says so
        return
    ((name, content),) = written.files.items()
    (folder / name).write_bytes(content)
    assert not written.losses
    there, here = ([(*t, None) for t in read_triples([file])] for file in (folder / name, given_))
    assert canonical_nquads(there) == canonical_nquads(here)
