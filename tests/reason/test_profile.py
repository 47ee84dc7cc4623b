"""The ontology is OWL 2 DL as far as we check it, and each way of leaving it is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcqms_kg.graph.terms import iri
from mcqms_kg.reason.profile import dl_violations

PREFIXES = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/profile/> .
ex:A a owl:Class . ex:B a owl:Class . ex:i a ex:A .
ex:p a owl:ObjectProperty . ex:q a owl:ObjectProperty . ex:r a owl:ObjectProperty .
ex:d a owl:DatatypeProperty ; rdfs:range xsd:decimal .
"""

FINE = """
ex:p rdfs:domain ex:A ; rdfs:range ex:B . ex:i ex:p ex:j ; ex:d 1.0 .
ex:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:p ; owl:maxCardinality 1 ] .
ex:A owl:equivalentClass [ a owl:Class ; owl:unionOf ( ex:A ex:B ) ] .
ex:q a owl:TransitiveProperty ; owl:propertyChainAxiom ( ex:p [ owl:inverseOf ex:r ] ) , ( ex:q ex:r ) , ( ex:q ex:q ) .
"""

BREAKS = [
    ("kinds-apart", "p", "ex:p a owl:DatatypeProperty ."),
    ("kinds-apart", "p", "ex:p a owl:AnnotationProperty ."),
    ("kinds-apart", "A", "ex:A a rdfs:Datatype ."),
    ("undeclared", "x", "ex:i ex:x ex:j ."),
    ("undeclared", "C", "ex:i a ex:C ."),
    ("undeclared", "C", "ex:A rdfs:subClassOf ex:C ."),
    ("undeclared", "C", "ex:C owl:disjointWith ex:A ."),
    ("undeclared", "C", "ex:p rdfs:domain ex:C ."),
    ("undeclared", "C", "ex:p rdfs:range ex:C ."),
    ("undeclared", "C", "[] a owl:AllDisjointClasses ; owl:members ( ex:A ex:C ) ."),
    ("undeclared", "C", "ex:A owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( ex:A ex:C ) ] ."),
    ("undeclared", "C", "ex:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:p ; owl:someValuesFrom ex:C ] ."),
    ("datatype", "e", "ex:e a owl:DatatypeProperty ; rdfs:range xsd:date ."),
    ("value", "p", 'ex:i ex:p "text" .'),
    ("value", "d", "ex:i ex:d ex:j ."),
    ("simple", "q", "ex:q a owl:TransitiveProperty , owl:FunctionalProperty ."),
    ("simple", "q", "ex:q a owl:IrreflexiveProperty ; owl:propertyChainAxiom ( ex:p ex:r ) ."),
    ("simple", "r", "ex:q a owl:TransitiveProperty ; rdfs:subPropertyOf ex:r . ex:r a owl:AsymmetricProperty ."),
    ("simple", "q", "ex:q a owl:TransitiveProperty ; owl:propertyDisjointWith ex:p ."),
    (
        "simple",
        "q",
        "ex:q a owl:TransitiveProperty ."
        " ex:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:q ; owl:minCardinality 1 ] .",
    ),
    ("regular", "q", "ex:q owl:propertyChainAxiom ( ex:p ex:q ex:r ) ."),
    ("regular", "q", "ex:q owl:propertyChainAxiom ( ex:p ex:r ) . ex:p owl:propertyChainAxiom ( ex:q ex:r ) ."),
    ("regular", "q", "ex:q owl:propertyChainAxiom ( ex:p ex:r ) ; rdfs:subPropertyOf ex:p ."),
    ("regular", "q", "ex:q owl:propertyChainAxiom ( ex:p [ owl:inverseOf ex:r ] ) ; rdfs:subPropertyOf ex:r ."),
]


def written(folder: Path, text: str) -> Path:
    file = folder / "profile.ttl"
    file.write_text(PREFIXES + text, encoding="utf-8")
    return file


def test_ontology_is_owl_2_dl(ontology: tuple[Path, ...]) -> None:
    assert dl_violations(ontology) == ()


def test_what_is_allowed_is_not_reported(tmp_path: Path) -> None:
    assert dl_violations([written(tmp_path, FINE)]) == ()


@pytest.mark.parametrize(("rule", "term", "text"), BREAKS)
def test_violation_is_found(rule: str, term: str, text: str, tmp_path: Path) -> None:
    found = dl_violations([written(tmp_path, text)])
    assert (rule, iri("https://example.org/profile/" + term)) in {(v.rule, v.term) for v in found}
    assert {v.rule for v in found} == {rule}


def test_words_of_owl_must_not_be_declared(tmp_path: Path) -> None:
    (violation,) = dl_violations([written(tmp_path, "xsd:date a rdfs:Datatype .")])
    assert violation.rule == "reserved"
    assert violation.term == iri("http://www.w3.org/2001/XMLSchema#date")
