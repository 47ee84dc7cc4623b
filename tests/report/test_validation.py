"""Plain validation reports: the SHACL graph, plain values, and text."""

from __future__ import annotations

import dataclasses
import json

import rdflib
from rdflib import RDF, SH

from mcqms_kg.model import Term, ValidationReport, sorted_results
from mcqms_kg.report import validation, validation_turtle
from mcqms_kg.report.shacl_results import result_pairs
from mcqms_kg.report.turtle_text import block, document, statement
from report.sample import MANY, VALIDATION


def test_the_graph_holds_every_result() -> None:
    graph = rdflib.Graph().parse(data=validation_turtle.write(VALIDATION, "en"), format="turtle")
    report = graph.value(predicate=RDF.type, object=SH.ValidationReport)
    results = list(graph.objects(report, SH.result))
    assert len(results) == len(VALIDATION.results)
    assert {graph.value(r, SH.focusNode) for r in results} >= {rdflib.URIRef("https://example.org/story/mc1")}
    assert graph.value(report, SH.conforms) == rdflib.Literal(False)


def test_details_stand_inside_their_result() -> None:
    outer = dataclasses.replace(VALIDATION.results[0], details=(VALIDATION.results[1],))
    turtle = validation_turtle.write(ValidationReport(False, (outer,)), "en")
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    (detail,) = graph.objects(None, SH.detail)
    assert graph.value(detail, SH.focusNode) == rdflib.URIRef("https://example.org/story/mc2")


def test_results_alike_are_written_as_each_would_be() -> None:
    some = VALIDATION.results[0]
    detailed = dataclasses.replace(some, details=VALIDATION.results[1:3])
    bare = dataclasses.replace(some, path=None, messages=(), value=Term("<http://e/xsd:owl:x>"))
    results = sorted_results((*VALIDATION.results, detailed, bare))
    blocks = [block(result_pairs(result, indent=2)) for result in results]
    whole = statement("[]", [("a", ["sh:ValidationReport"]), ("sh:conforms", ["false"]), ("sh:result", blocks)])
    report = dataclasses.replace(VALIDATION, conforms=False, results=results)
    assert validation_turtle.write(report, "en") == document([whole])


def test_json_counts_focus_nodes_by_shape() -> None:
    read = json.loads(validation.write_json(VALIDATION, "en"))
    assert read["conforms"] is False
    assert len(read["results"]) == len(VALIDATION.results)
    assert [(s["focusNodes"], s["engine"]) for s in read["shapes"]] == [(MANY, "compiled"), (1, None)]


def test_text_speaks_the_language_asked_for() -> None:
    assert "✗ The data does not conform to the shapes." in validation.write_text(VALIDATION, "en")
    indonesian = validation.write_text(VALIDATION, "id")
    assert "Harus demikian." in indonesian and "It must be so." not in indonesian


def test_text_says_when_nothing_was_checked() -> None:
    nothing = ValidationReport(True, (), dict.fromkeys(VALIDATION.focus_nodes, 0))
    assert "? No shape met a focus node, so nothing was checked." in validation.write_text(nothing, "en")
    assert "nothing was checked" not in validation.write_text(VALIDATION, "en")
