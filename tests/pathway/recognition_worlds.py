"""Small worlds of bodies, agreements and levels, as Turtle."""

from __future__ import annotations

import datetime as dt

import pyoxigraph as ox

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.recognition.model import Recognition
from mcqms_kg.pathway.recognition.recognising import recognise

DAY = dt.date(2026, 6, 30)
PREFIXES = """
@prefix mc: <https://w3id.org/mcqms/ns#> .
@prefix code: <https://w3id.org/mcqms/code/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://e/> .
"""
CREDENTIAL = """
ex:c a mc:MicroCredential ; mc:isCertifiedBy ex:lsp ; mc:isOfferedBy ex:school ; mc:hasLevel ex:n4 ; mc:credits 3.0 ; mc:workloadHours 135 ;
  mc:hasOutcome [ mc:isTiedTo ex:u1 ] , [ mc:isTiedTo ex:u2 ] ; mc:hasField ex:networks ;
  mc:hasAssessmentScheme [ mc:hasSupervision code:supervision-unsupervised ; mc:hasAssessmentApproach code:approach-competency-based ] .
ex:networks skos:broader ex:computing .
ex:computing skos:broader ex:networks .
ex:lsp mc:country "ID" .
ex:nqf a mc:QualificationFramework ; skos:notation "NQF" .
ex:rqf a mc:QualificationFramework ; skos:notation "RQF" .
ex:n4 mc:isLevelOf ex:nqf ; mc:levelNumber 4 .
ex:n5 mc:isLevelOf ex:nqf ; mc:levelNumber 5 .
ex:r4 mc:isLevelOf ex:rqf ; mc:levelNumber 4 .
ex:r5 mc:isLevelOf ex:rqf ; mc:levelNumber 5 .
ex:abroad a mc:Organisation ; mc:country "MY" .
"""
AGREEMENT = """
ex:a a mc:RecognitionAgreement ; mc:recognisesAwardsOf ex:lsp ; mc:isHonouredBy ex:abroad ; mc:effectiveDate "2025-01-01"^^xsd:date ;
  mc:isEvidencedBy ex:letter .
ex:letter mc:isIssuedBy ex:abroad .
"""
ROW = "ex:row mc:hasSourceLevel ex:n4 ; mc:hasTargetLevel ex:r4 ; mc:hasReferencingStatus code:referencing-endorsed .\n"


def ex(name: str) -> Term:
    return terms.iri(f"http://e/{name}")


def facts(*turtle: str) -> Facts:
    quads = ox.parse(PREFIXES + "\n".join(turtle), format=ox.RdfFormat.TURTLE)
    return Facts((Term(str(q.subject)), Term(str(q.predicate)), Term(str(q.object))) for q in quads)


def ask(place: str, *turtle: str, day: dt.date = DAY, of: str = "c") -> Recognition:
    """The answer for the one credential, in a world of these statements."""
    return recognise(facts(CREDENTIAL, *turtle), ex(of), place, day)


def faults(answer: Recognition) -> set[str]:
    """The kinds of everything that does not hold."""
    return {fault.kind for link in answer.reasons for fault in link.faults}
