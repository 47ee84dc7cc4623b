"""The shape lint: our rulebook is clean, and each rule of the lint finds its mistake with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcqms_kg import resources
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.terms import iri
from mcqms_kg.namespaces import FRAMEWORK
from mcqms_kg.rules import catalogue
from mcqms_kg.rules.framework import read_framework
from mcqms_kg.rules.lint import Problem, lint
from shapes.case_runner import FRAMEWORKS

GOOD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix mc: <https://w3id.org/mcqms/ns#> .
@prefix code: <https://w3id.org/mcqms/code/> .
@prefix requirement: <https://w3id.org/mcqms/requirement/> .
@prefix shape: <https://w3id.org/mcqms/shape/> .
shape:8.1d-MicroCredential a sh:NodeShape ;
  sh:targetClass mc:MicroCredential ;
  sh:property shape:8.1d-MicroCredential-hasValidation .
shape:8.1d-MicroCredential-hasValidation a sh:PropertyShape ;
  mc:enforces requirement:8.1d ;
  sh:path mc:hasValidation ;
  sh:minCount 1 ;
  sh:severity sh:Violation ;
  sh:message "It must be validated."@en , "Harus divalidasi."@id .
"""


def requirements(framework: str) -> list[str]:
    register = catalogue._register(catalogue.register_files(framework))
    return [r.iri for r in read_framework(register, iri(FRAMEWORK + framework)).requirements]


def problems(*files: Path, framework: str = "mcqms") -> tuple[Problem, ...]:
    known = requirements(framework)
    return lint(files, read_triples(resources.ontology_files()), [iri(r[1:-1]) for r in known])


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_shipped_shapes_are_clean(framework: str) -> None:
    assert not problems(*resources.shape_files(framework), framework=framework)


def test_the_pattern_is_clean(tmp_path: Path) -> None:
    path = tmp_path / "good.ttl"
    path.write_text(GOOD)
    assert not problems(path)


@pytest.mark.parametrize(
    ("right", "wrong", "rule", "line"),
    [
        ("sh:minCount 1", "sh:minCountt 1", "unknown-shacl-term", 12),
        ("sh:targetClass mc:MicroCredential", "sh:targetClass mc:MicroCredental", "undeclared-term", 7),
        ("sh:path mc:hasValidation", "sh:path mc:hasValidaton", "undeclared-term", 11),
        (
            "sh:path mc:hasValidation",
            "sh:path ( mc:hasValidation [ sh:inversePath mc:nothing ] )",
            "undeclared-term",
            9,
        ),
        ("sh:path mc:hasValidation", "sh:path <http://purl.org/dc/terms/sauce>", "undeclared-term", 11),
        ("sh:minCount 1", "sh:hasValue code:nothing", "undeclared-term", 12),
        ("requirement:8.1d ;", "requirement:99z ;", "unknown-requirement", 9),
        ("  mc:enforces requirement:8.1d ;\n", "", "no-requirement", 9),
        ("  sh:severity sh:Violation ;\n", "", "no-severity", 9),
        ("sh:severity sh:Violation", "sh:severity mc:MicroCredential", "no-severity", 9),
        (' , "Harus divalidasi."@id', "", "no-message", 9),
        ('"Harus divalidasi."@id', '"Harus."@id , "Wajib."@id', "no-message", 9),
        ("sh:targetClass mc:MicroCredential", "sh:targetNode mc:MicroCredential", "target-node", 7),
        ("  sh:targetClass mc:MicroCredential ;\n", "", "no-target", 8),
        ("  sh:property shape:8.1d-MicroCredential-hasValidation .", "  sh:closed false .", "idle-target", 6),
        (
            "sh:minCount 1 ;",
            "sh:minCount 1 ; sh:node [ sh:property [ sh:path mc:hasDecision ] ] ;",
            "anonymous-property-shape",
            9,
        ),
    ],
)
def test_each_mistake_is_found_on_its_line(tmp_path: Path, right: str, wrong: str, rule: str, line: int) -> None:
    assert GOOD.count(right) >= 1
    path = tmp_path / "bad.ttl"
    path.write_text(GOOD.replace(right, wrong))
    found = {(p.rule, p.place.line) for p in problems(path) if p.place}
    assert (rule, line) in found


def test_a_clause_in_two_files_is_found(tmp_path: Path) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text(GOOD)
    two.write_text(GOOD.replace("8.1d-", "8.1d-other-"))
    assert "scattered-clause" in {p.rule for p in problems(one, two)}
