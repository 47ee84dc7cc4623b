"""The ontology and its code lists keep the rules of the house, and alignments name only terms that exist."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib import namespace as published

from content.artefacts import standards
from mcqms_kg.namespaces import CODE, HOME, MC

ROOT = Path(__file__).resolve().parents[2]
ONTOLOGY = ROOT / "ontology"
MODULES = sorted(ONTOLOGY.glob("*.ttl"))
CODE_LISTS = sorted((ONTOLOGY / "codes").glob("*.ttl"))
ALIGNMENTS = sorted((ONTOLOGY / "alignments").glob("*.ttl"))
HOUSE = ROOT / "shapes" / "house" / "ontology.ttl"
SHAPE = Namespace(HOME + "house/shape/")
MODULE = HOME + "ontology/"

ELM = "http://data.europa.eu/snb/model/elm/"
CETERMS = "https://purl.org/ctdl/terms/"
OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
PUBLISHED: dict[str, type[published.DefinedNamespace]] = {
    str(vocabulary): vocabulary
    for vocabulary in (published.FOAF, published.ORG, published.PROV, published.SDO, published.SKOS)
}
"""The vocabularies whose terms rdflib lists; of ESCO's model there is no such list here."""


def read(*files: Path) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(file)
    return graph


def name_of(file: Path) -> str:
    return file.stem


def house_findings(data: Graph) -> set[str]:
    """The names of the house shapes that report something about the data."""
    _, report, text = validate(data, shacl_graph=read(HOUSE))
    assert isinstance(report, Graph), text
    return {str(shape).removeprefix(SHAPE) for shape in report.objects(None, SH.sourceShape)}


def test_whole_ontology_keeps_the_house_rules() -> None:
    assert house_findings(read(*MODULES, *CODE_LISTS, *ALIGNMENTS)) == set()


SMALL = (ONTOLOGY / "framework.ttl", ONTOLOGY / "codes" / "pdca.ttl")
BREAKS = [
    ("Term-prefLabel", '"level number"@en , ', ""),
    ("Term-prefLabel", '"level number"@en', '"level number"@en , "number of level"@en'),
    ("Term-prefLabel", '"nomor jenjang"@id', '"nomor jenjang"@ms'),
    ("Term-definition", '"One level of a qualification framework."@en ,', ""),
    ("Term-definition", '"One level of a qualification framework."@en', '"One level of a qualification framework."'),
    ("Term-sentence", "One level of a qualification framework.", "One level of a qualification framework"),
    ("Term-sentence", "One level of a qualification framework.", "One level. It is in a qualification framework."),
    ("Term-sentence", "One level of a qualification framework.", "one level of a qualification framework."),
    (
        "Term-isDefinedBy",
        "mc:levelNumber a owl:DatatypeProperty ;",
        "mc:anotherNumber a owl:DatatypeProperty . mc:levelNumber",
    ),
    ("Term-isDefinedBy", "rdfs:isDefinedBy module:framework ;", "rdfs:isDefinedBy module:frame ;"),
    ("Class-name", "mc:LevelReferencing", "mc:levelReferencing"),
    ("Property-name", "mc:isLevelOf", "mc:IsLevelOf"),
    ("DatatypeProperty-range", "rdfs:range xsd:integer ;", ""),
    (
        "Property-oneDirection",
        "mc:isLevelOf a owl:ObjectProperty ;",
        "mc:isLevelOf a owl:ObjectProperty ; owl:inverseOf mc:x ;",
    ),
    ("Ontology-title", 'dcterms:title "Qualification frameworks and their levels"@en ,', "dcterms:title"),
    ("Ontology-license", "licenses/by/4.0/", "licenses/by-nc/4.0/"),
    ("Code-prefLabel", '"plan"@en , ', ""),
    ("Code-definition", '"What was planned is done."@en ,', ""),
    ("Code-sentence", "What was planned is done.", "What was planned is done"),
    ("Code-name", "code:pdca-plan", "code:pdca_plan"),
    ("Code-inScheme", "skos:inScheme code:pdca ;", ""),
    ("Code-topConceptOf", "skos:topConceptOf code:pdca ;", ""),
]


@pytest.mark.parametrize(("shape", "old", "new"), BREAKS)
def test_house_rules_find_a_broken_term(shape: str, old: str, new: str) -> None:
    broken = Graph()
    texts = [file.read_text(encoding="utf-8") for file in SMALL]
    assert any(old in text for text in texts), "the text to break is gone from the ontology"
    for text in texts:
        broken.parse(data=re.sub(rf"{re.escape(old)}(?![A-Za-z])", new, text), format="turtle")
    assert shape in house_findings(broken)


def test_every_house_rule_is_broken_once() -> None:
    reporting = {str(s).removeprefix(SHAPE) for s in read(HOUSE).subjects(SH.message)}
    assert reporting == {shape for shape, _, _ in BREAKS}


def test_house_shapes_all_have_names() -> None:
    graph = read(HOUSE)
    shapes = {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}
    assert all(str(shape).startswith(SHAPE) for shape in shapes | set(graph.objects(None, SH.property)))


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_module_defines_what_it_declares(file: Path) -> None:
    graph = read(file)
    header = URIRef(MODULE + file.stem)
    assert (header, RDF.type, OWL.Ontology) in graph
    declared = {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(MC)}
    assert declared
    assert declared == set(graph.subjects(RDFS.isDefinedBy, header)) == set(graph.subjects(RDFS.isDefinedBy))


@pytest.mark.parametrize("file", [*MODULES, *ALIGNMENTS], ids=name_of)
def test_module_imports_the_modules_whose_terms_it_uses(file: Path) -> None:
    graph = read(file)
    home = {term: module for other in MODULES for term, module in read(other).subject_objects(RDFS.isDefinedBy)}
    used = {home[term] for triple in graph for term in triple if term in home}
    own = set(graph.subjects(RDF.type, OWL.Ontology))
    assert set(graph.objects(None, OWL.imports)) == used - own


def test_every_code_that_the_ontology_names_exists() -> None:
    codes = set(read(*CODE_LISTS).subjects(SKOS.prefLabel))
    named = {term for triple in read(*MODULES, *ALIGNMENTS) for term in triple if str(term).startswith(CODE)}
    assert named
    assert named <= codes


@pytest.mark.parametrize("file", CODE_LISTS, ids=name_of)
def test_code_list_is_one_scheme_whose_codes_share_a_stem(file: Path) -> None:
    graph = read(file)
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {URIRef(CODE + file.stem)}
    names = [str(concept).removeprefix(CODE) for concept in graph.subjects(RDF.type, SKOS.Concept)]
    stems = {
        "-".join(name.split("-")[:2]) if name.startswith(("target-", "quality-")) else name.split("-")[0]
        for name in names
    }
    assert len(names) > 1
    assert len(stems) == 1


@pytest.mark.parametrize("file", CODE_LISTS, ids=name_of)
def test_positions_count_from_one_without_a_gap(file: Path) -> None:
    graph = read(file)
    positions = sorted(int(str(o)) for o in graph.objects(None, URIRef(MC + "position")))
    concepts = len(set(graph.subjects(RDF.type, SKOS.Concept)))
    assert positions in ([], list(range(1, concepts + 1)))
    assert positions or file.stem not in ("life-cycle", "pdca")


@pytest.mark.parametrize("language", ["en", "id"])
def test_no_two_terms_share_a_label(language: str) -> None:
    labels = [str(o) for o in read(*MODULES).objects(None, SKOS.prefLabel) if getattr(o, "language", "") == language]
    assert sorted(labels) == sorted(set(labels))


def foreign(graph: Graph, namespace: str) -> set[str]:
    """The local names of a vocabulary's terms that a graph uses."""
    terms = {term for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(namespace)}
    return {str(term).removeprefix(namespace) for term in terms}


def elm_terms() -> set[str]:
    return foreign(read(standards("elm") / "ELM.ttl"), ELM)


def ctdl_terms() -> set[str]:
    schema = json.loads((standards("ctdl") / "ctdl-schema.json").read_text(encoding="utf-8"))
    return {entry["@id"].removeprefix("ceterms:") for entry in schema["@graph"] if entry["@id"].startswith("ceterms:")}


def open_badges_terms() -> set[str]:
    contexts = (standards("openbadges") / "contexts").glob("ob-v3p0-*.json")
    found = {iri for file in contexts for iri in _strings(json.loads(file.read_text(encoding="utf-8")))}
    return {iri.removeprefix(OB) for iri in found if iri.startswith(OB)}


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for value in node.values() if isinstance(node, dict) else node:
            yield from _strings(value)


@pytest.mark.parametrize(
    ("name", "namespace", "official"),
    [("elm", ELM, elm_terms), ("ctdl", CETERMS, ctdl_terms), ("openbadges", OB, open_badges_terms)],
    ids=["elm", "ctdl", "openbadges"],
)
def test_aligned_terms_are_official(name: str, namespace: str, official: object) -> None:
    assert callable(official)
    known = official()
    used = foreign(read(ONTOLOGY / "alignments" / f"{name}.ttl"), namespace)
    assert used
    assert "NoSuchTerm" not in known
    assert used <= known


@pytest.mark.parametrize("namespace", sorted(PUBLISHED))
def test_aligned_terms_are_in_the_published_vocabulary(namespace: str) -> None:
    vocabulary = PUBLISHED[namespace]
    used = foreign(read(*ALIGNMENTS), namespace)
    assert used
    assert "NoSuchTerm" not in vocabulary
    assert {name for name in used if URIRef(namespace + name) not in vocabulary} == set()


@pytest.mark.parametrize("file", ALIGNMENTS, ids=name_of)
def test_alignments_say_nothing_new_about_our_terms(file: Path) -> None:
    """They neither declare our terms nor label them, and they have no literals but their titles."""
    graph = read(file)
    ours = {(s, p) for s, p, _ in graph if str(s).startswith(MC)}
    relations = {RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch}
    assert ours
    assert {p for _, p in ours} <= relations
    assert {s for s, _, o in graph if isinstance(o, Literal)} == set(graph.subjects(RDF.type, OWL.Ontology))
