"""What others say of our exports: their validators and schemas, and what the Credential Registry's policy asks for besides."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mcqms_kg.store.lock import locked
from suites import STANDARDS

CACHE = Path(__file__).resolve().parents[2] / "build"
VALIDATOR = "ctdl-validate==0.2.1"
"""It says that it needs Python 3.12, and runs on 3.11 too; so it is installed apart."""


def artefact(name: str) -> Any:
    """An official artefact; the test is skipped where it is not here."""
    path = STANDARDS / name
    if not path.is_file():
        pytest.skip(f"{name} is not here; set MCQMS_SUITES")
    return json.loads(path.read_text("utf-8"))


@cache
def _ctdl_validate() -> Any:
    folder = CACHE / VALIDATOR
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "installed"
    with (folder / "lock").open("wb") as stream, locked(stream):
        if not done.is_file():
            wanted = ["--quiet", "--no-deps", "--ignore-requires-python", "--target", str(folder), VALIDATOR]
            got = subprocess.run([sys.executable, "-m", "pip", "install", *wanted], capture_output=True, timeout=300)
            if got.returncode:
                pytest.skip(f"{VALIDATOR} cannot be installed")
            done.touch()
    sys.path.append(str(folder))
    return importlib.import_module("ctdl_validate")


def ctdl_errors(content: bytes) -> list[str]:
    """The errors and warnings of ctdl-validate; what lies outside the file it cannot know."""
    findings = _ctdl_validate().validate_document(json.loads(content))
    return [
        f"{f.severity.name} {f.code} {f.entity} {f.prop} {f.value}"
        for f in findings
        if f.severity.name in ("ERROR", "WARNING")
    ]


_ORGANISATION = ("name", "description", "subjectWebpage", "ctid", "address")
REQUIRED: Mapping[str, tuple[str, ...]] = {
    **{
        f"ceterms:{kind}": ("name", "description", "subjectWebpage", "ctid", "inLanguage", "credentialStatusType")
        for kind in ("MicroCredential", "Certification", "Degree")
    },
    "ceterms:CredentialOrganization": _ORGANISATION,
    "ceterms:AssessmentProfile": ("name", "description", "subjectWebpage", "ctid", "inLanguage"),
    "ceterms:LearningOpportunityProfile": ("name", "description", "subjectWebpage", "ctid", "inLanguage"),
    "ceterms:Pathway": ("name", "description", "subjectWebpage", "ctid"),
    "ceterms:TransferValueProfile": ("name", "description", "subjectWebpage", "ctid", "ownedBy", "transferValue"),
    "ceasn:CompetencyFramework": ("ceasn:name", "ceasn:description", "ceasn:inLanguage", "ctid"),
    "ceasn:Competency": ("ceasn:competencyText", "ceasn:isPartOf", "ctid"),
}
_OFFERED = ("MicroCredential", "Certification", "Degree", "AssessmentProfile", "LearningOpportunityProfile")


def ctdl_policy(content: bytes) -> list[str]:
    """What the registry's minimum data policy asks for and a resource lacks, besides what our data never says."""
    nodes = json.loads(content)["@graph"]
    known = {node["@id"] for node in nodes}
    return [
        *(f"{node['@type']} lacks {name}" for node in nodes for name in _lacking(node)),
        *(
            f"{node['@type']} names {iri}, which the registry does not know"
            for node in nodes
            for iri in _led(node) - known
        ),
    ]


def _led(node: Mapping[str, Any]) -> set[str]:
    """What must be described in the file or stand in the registry: who offers, what assesses, and in which framework a unit is."""
    conditions = node.get("ceterms:requires", [])
    wanted = [
        *(node.get(name, []) for name in ("ceterms:offeredBy", "ceterms:ownedBy", "ceasn:isPartOf")),
        *(condition.get("ceterms:targetAssessment", []) for condition in conditions),
    ]
    named = {iri for value in wanted for iri in ([value] if isinstance(value, str) else value)}
    return {iri for iri in named if not iri.startswith("https://credentialengineregistry.org/resources/ce-")}


def _lacking(node: Mapping[str, Any]) -> Iterator[str]:
    kind = node["@type"]
    for name in REQUIRED.get(kind, ()):
        if not node.get(name if ":" in name else f"ceterms:{name}"):
            yield name
    if kind.removeprefix("ceterms:") in _OFFERED and not (node.get("ceterms:offeredBy") or node.get("ceterms:ownedBy")):
        yield "offeredBy"
    if kind == "ceasn:CompetencyFramework" and not (node.get("ceasn:publisher") or node.get("ceasn:publisherName")):
        yield "publisher"


@cache
def _case_schema() -> Any:
    schema = artefact("case/case-v1p1-cfpackage.json")
    return jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())


def case_errors(content: bytes) -> list[str]:
    """What the schema of 1EdTech finds."""
    return [error.message for error in _case_schema().iter_errors(json.loads(content))]


@cache
def _models() -> Any:
    return importlib.import_module("msgspec_schemaorg.models")


def schemaorg_errors(content: bytes) -> list[str]:
    """Terms that schema.org does not have, on things that do not have them, or with values they do not take."""
    found = []
    for node in json.loads(content)["@graph"]:
        found += _against_vocabulary(node)
    return found


def _against_vocabulary(node: Mapping[str, Any]) -> list[str]:
    kind = getattr(_models(), node["@type"], None)
    if kind is None:
        return [f"no class {node['@type']}"]
    ranges = {
        name: text for base in reversed(kind.__mro__) for name, text in getattr(base, "__annotations__", {}).items()
    }
    found = []
    for key, values in node.items():
        if key.startswith("@"):
            continue
        if key not in ranges:
            found.append(f"{node['@type']} has no {key}")
            continue
        for value in values if isinstance(values, list) else [values]:
            found += _value(f"{node['@type']}.{key}", value, ranges[key])
    return found


def _value(where: str, value: Any, allowed: str) -> list[str]:
    names = set(re.findall(r"\w+", allowed))
    if isinstance(value, dict) and "@type" in value:
        kinds = {base.__name__ for base in getattr(_models(), value["@type"]).__mro__}
        return ([] if kinds & names else [f"{where} takes no {value['@type']}"]) + _against_vocabulary(value)
    if isinstance(value, dict):
        return [] if set(value) in ({"@id"}, {"@language", "@value"}) else [f"{where} has {value}"]
    if isinstance(value, str):
        return [] if names & {"str", "URL", "Duration", "datetime", "date"} else [f"{where} takes no text"]
    return [] if names & {"int", "float"} else [f"{where} takes no number"]
