"""The RDF report is a SHACL report first, with verdicts and origin beside it; two parsers read the same graph."""

from __future__ import annotations

import dataclasses

import pyoxigraph
import pytest
import rdflib
from rdflib import RDF, SH, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from mcqms_kg.graph.terms import iri
from mcqms_kg.model import Verdict
from mcqms_kg.report import turtle
from mcqms_kg.report.turtle_text import path, written
from report.sample import CLAUSES, EX, MANY, REPORT

MC = Namespace("https://w3id.org/mcqms/ns#")
CODE = Namespace("https://w3id.org/mcqms/code/")
FINDING = Namespace("https://w3id.org/mcqms/finding/")
PROV = Namespace("http://www.w3.org/ns/prov#")

TEXT = turtle.write(REPORT, "en")
GRAPH = rdflib.Graph().parse(data=TEXT, format="turtle")
REPORT_NODE = GRAPH.value(predicate=RDF.type, object=SH.ValidationReport)


def test_two_parsers_read_the_same_graph() -> None:
    triples = pyoxigraph.parse(TEXT.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    again = pyoxigraph.serialize((q.triple for q in triples), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert again is not None
    assert isomorphic(GRAPH, rdflib.Graph().parse(data=again, format="nt"))


def test_every_result_is_in_the_report_and_named_after_its_finding() -> None:
    results = set(GRAPH.objects(REPORT_NODE, SH.result))
    findings = [*REPORT.findings(), *(w.finding for w in REPORT.waived())]
    assert results == {FINDING[f.id] for f in findings}
    assert results == set(GRAPH.subjects(RDF.type, SH.ValidationResult))
    assert GRAPH.value(REPORT_NODE, SH.conforms) == rdflib.Literal(False)


def test_a_result_says_what_shacl_asks() -> None:
    result = FINDING["0000000000000001"]
    assert GRAPH.value(result, SH.focusNode) == URIRef(EX + "mc1")
    assert GRAPH.value(result, SH.sourceShape) == URIRef("https://w3id.org/mcqms/shape/8.1d-Many")
    assert GRAPH.value(result, SH.resultSeverity) == SH.Violation
    assert GRAPH.value(result, SH.sourceConstraintComponent) == SH.MinCountConstraintComponent
    messages = {(str(m), m.language) for m in GRAPH.objects(result, SH.resultMessage) if isinstance(m, rdflib.Literal)}
    assert messages == {("It must be so.", "en"), ("Harus demikian.", "id")}


def test_the_path_is_a_structure() -> None:
    head = GRAPH.value(FINDING["0000000000000001"], SH.resultPath)
    assert head is not None
    first, second = Collection(GRAPH, head)
    assert first == MC.hasValidation
    assert GRAPH.value(second, SH.inversePath) == MC.belongsTo


def test_a_result_without_messages_takes_what_was_expected() -> None:
    clause = CLAUSES[1]
    old = clause.requirements[0]
    finding = old.findings[0]
    bare = dataclasses.replace(finding, result=dataclasses.replace(finding.result, messages=()))
    changed = dataclasses.replace(clause, requirements=(dataclasses.replace(old, findings=(bare,)),))
    graph = rdflib.Graph().parse(data=turtle.write(dataclasses.replace(REPORT, clauses=(changed,)), "en"))
    assert rdflib.Literal("Diharapkan oleh 10.1b.", lang="id") in graph.objects(FINDING[bare.id], SH.resultMessage)


def test_verdicts_are_stated_for_every_requirement_and_clause() -> None:
    stated = {
        GRAPH.value(node, MC.ofRequirement) or GRAPH.value(node, MC.ofClause): GRAPH.value(node, MC.hasVerdict)
        for node in GRAPH.objects(REPORT_NODE, MC.statesVerdict)
    }
    assert len(stated) == len(REPORT.requirements()) + 3
    for requirement in REPORT.requirements():
        verdict = requirement.verdict.value.replace(" ", "-")
        assert stated[URIRef(requirement.requirement.iri[1:-1])] == CODE[f"verdict-{verdict}"]
    verdict_of = {GRAPH.value(n, MC.ofRequirement): n for n in GRAPH.subjects(RDF.type, MC.RequirementVerdict)}
    node = verdict_of[URIRef("https://w3id.org/mcqms/requirement/8.1d")]
    assert len(set(GRAPH.objects(node, MC.hasFinding))) == MANY + 1


def test_a_waived_finding_names_its_waiver() -> None:
    assert set(GRAPH.subject_objects(MC.isWaivedBy)) == {(FINDING["00000000000000dd"], URIRef(EX + "waiver1"))}


def test_it_says_where_it_comes_from() -> None:
    activity = GRAPH.value(REPORT_NODE, PROV.wasGeneratedBy)
    used = set(GRAPH.objects(activity, PROV.used))
    assert {str(GRAPH.value(u, MC.sha256)) for u in used} >= {"ab" * 32}
    assert {str(GRAPH.value(u, rdflib.DCTERMS.identifier)) for u in used} >= {"cd" * 32}
    agent = GRAPH.value(activity, PROV.wasAssociatedWith)
    assert GRAPH.value(agent, rdflib.OWL.versionInfo) == rdflib.Literal("0.1.0")


def test_a_report_without_findings_conforms() -> None:
    clean = dataclasses.replace(REPORT, clauses=(), verdict=Verdict.NOT_CHECKED)
    graph = rdflib.Graph().parse(data=turtle.write(clean, "en"), format="turtle")
    assert graph.value(predicate=SH.conforms, object=rdflib.Literal(True)) is not None


@pytest.mark.parametrize(
    ("sparql", "structure"),
    [
        ("<http://a/p>", "<http://a/p>"),
        ("<http://a/p>/^<http://a/q>", "( <http://a/p> [ sh:inversePath <http://a/q> ] )"),
        ("^(<http://a/p>/<http://a/q>)", "[ sh:inversePath ( <http://a/p> <http://a/q> ) ]"),
        ("(<http://a/p>|<http://a/q>)*", "[ sh:zeroOrMorePath [ sh:alternativePath ( <http://a/p> <http://a/q> ) ] ]"),
        ("<http://a/p>+/<http://a/q>?", "( [ sh:oneOrMorePath <http://a/p> ] [ sh:zeroOrOnePath <http://a/q> ] )"),
        ("^<http://a/p>*", "[ sh:inversePath [ sh:zeroOrMorePath <http://a/p> ] ]"),
        ("_:b0", None),
        ("<http://a/p>/", None),
        ("(<http://a/p>", None),
        ("<http://a/p> <http://a/q>", None),
    ],
)
def test_paths_in_sparql_syntax_become_shacl_paths(sparql: str, structure: str | None) -> None:
    assert path(sparql) == structure


def test_what_an_iri_may_not_hold_is_encoded() -> None:
    assert written(iri('http://a/<b> "c"')) == "<http://a/%3Cb%3E%20%22c%22>"
