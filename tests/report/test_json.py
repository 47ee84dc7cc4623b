"""The JSON report has the structure that its schema promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mcqms_kg import report as package
from mcqms_kg.report import json as json_format
from report.sample import HOSTILE, REPORT

SCHEMA = json.loads((Path(package.__file__).parent / "schema" / "check-report.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def _read(language: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_format.write(REPORT, language))
    return found


def test_the_schema_is_a_schema_and_names_its_version() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"] == json_format.SCHEMA
    assert SCHEMA["$id"].endswith(f"/{json_format.VERSION}")


@pytest.mark.parametrize("language", ["en", "id"])
def test_a_report_is_valid(language: str) -> None:
    assert [e.message for e in VALIDATOR.iter_errors(_read(language))] == []


def test_the_schema_refuses_what_is_not_a_report() -> None:
    spoilt: list[dict[str, Any]] = [{"verdict": "fine"}, {"extra": 1}, {"asOf": "30 June"}, {"score": {}}]
    for spoil in spoilt:
        assert not VALIDATOR.is_valid({**_read(), **spoil})


def test_verdict_score_and_tree_say_what_the_report_says() -> None:
    read = _read()
    assert read["verdict"] == "nonconformant"
    assert (read["score"]["numerator"], read["score"]["denominator"], read["score"]["share"]) == (1, 5, 0.2)
    planning = read["clauses"][0]["clauses"][0]
    assert [r["notation"] for r in planning["requirements"]] == ["8.1a", "8.1c", "8.1d"]
    waived = planning["requirements"][1]
    assert (waived["isWaived"], waived["findings"], waived["waived"]) == (True, [], ["00000000000000dd"])
    not_checked = read["clauses"][1]["requirements"][3]
    assert (not_checked["verdict"], not_checked["reason"]) == ("not-checked", "A machine cannot see it.")


def test_findings_are_whole_and_terms_typed() -> None:
    found = {f["id"]: f for f in _read()["findings"]}
    assert len(found) == len(REPORT.findings())
    assert found["00000000000000aa"]["focus"]["label"] == HOSTILE
    assert found["00000000000000bb"]["focus"]["term"] == {"type": "bnode", "value": "c14n0"}
    assert found["00000000000000cc"]["result"]["value"] == {
        "type": "literal",
        "value": "2",
        "datatype": "http://www.w3.org/2001/XMLSchema#integer",
    }
    assert found["00000000000000cc"]["places"] == [
        {"file": "data/credentials & more.ttl", "line": 5, "column": 3, "at": ""}
    ]


def test_a_waived_finding_carries_its_waiver() -> None:
    (waived,) = _read("id")["waived"]
    assert waived["finding"]["id"] == "00000000000000dd"
    assert waived["waiver"]["reason"] == "Tim bersidang pada musim gugur."
    assert waived["waiver"]["expiry"] == "2026-12-31"
