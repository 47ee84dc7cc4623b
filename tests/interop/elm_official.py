"""The official shapes, contexts and code lists of the European Learning Model, and what they say of our files."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Triple, ValidationReport
from mcqms_kg.shacl.columns import validate
from suites import STANDARDS

ELM = STANDARDS / "elm"
needs_elm = pytest.mark.skipif(not ELM.is_dir(), reason="the ELM artefacts are not here; set MCQMS_SUITES")
EDC = ("EDC-generic-no-cv", "EDC-generic-full")
LOQ = ("LOQ-constraints", "LOQ-constraints-mdr")
AMS = ("AMS-constraints", "AMS-constraints-mdr")


@cache
def shapes(name: str) -> tuple[Triple, ...]:
    return read_triples([ELM / f"{name}.ttl"])


@cache
def contexts() -> list[object]:
    """The contexts that a credential names, as they are published."""
    of_credentials = STANDARDS / "openbadges" / "contexts" / "2018-credentials-v1.jsonld"
    of_elm = ELM / "context" / "edc-ap-context.jsonld"
    return [json.loads(path.read_text("utf-8"))["@context"] for path in (of_credentials, of_elm)]


def credential_triples(content: bytes, folder: Path) -> tuple[Triple, ...]:
    """What a credential in its uploadable form says by the official contexts; nothing remote is fetched."""
    document = json.loads(content)["credential"] | {"@context": contexts()}
    path = folder / "credential.jsonld"
    path.write_text(json.dumps(document), "utf-8")
    return read_triples([path])


def results(data: tuple[Triple, ...], name: str) -> list[str]:
    """What the official shapes find, by our columns engine."""
    with Columns.load((*triple, None) for triple in data) as loaded:
        report: ValidationReport = validate(loaded, shapes(name))
    assert report.focus_nodes, "the shapes met nothing"
    return [f"{r.focus} {r.path} {r.value} {r.component}" for r in report.results]


def codes(name: str) -> set[str]:
    """The codes of an official list."""
    return set(re.findall(r'enumeration value="([^"]+)"', (ELM / "cv" / f"{name}.xsd").read_text("utf-8")))
