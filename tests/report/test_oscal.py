"""OSCAL: valid by models made from NIST's own JSON schema, references that resolve, and never satisfied where nothing was checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from oscal_bindings import AssessmentResultsDocument
from pydantic import ValidationError

from mcqms_kg.model import Verdict
from mcqms_kg.report import FORMATS
from report.sample import HOSTILE_FINDING, REPORT

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def written(language: str = "en") -> dict[str, Any]:
    told: dict[str, Any] = json.loads(FORMATS["oscal"].write(REPORT, language))
    return told


def values(of: Any, key: str) -> Iterator[str]:
    if isinstance(of, dict):
        yield from (value for name, value in of.items() if name == key and isinstance(value, str))
        for value in of.values():
            yield from values(value, key)
    elif isinstance(of, list):
        for value in of:
            yield from values(value, key)


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_document_is_valid(language: str) -> None:
    told = written(language)
    AssessmentResultsDocument.model_validate(told)
    assert told["assessment-results"]["metadata"]["oscal-version"] == "1.1.3"


def test_the_models_can_fail() -> None:
    told = written()
    told["assessment-results"]["results"][0]["observations"][0]["methods"] = []
    with pytest.raises(ValidationError):
        AssessmentResultsDocument.model_validate(told)


def test_references_lead_somewhere_and_uuids_are_unique() -> None:
    told = written()
    given = list(values(told, "uuid"))
    assert len(given) == len(set(given)) and all(UUID.fullmatch(one) for one in given)
    pointing = [*values(told, "observation-uuid"), *values(told, "risk-uuid")]
    pointing += [*values(told, "subject-uuid"), *values(told, "actor-uuid")]
    pointing += [href.removeprefix("#") for href in values(told, "href") if href.startswith("#")]
    assert set(pointing) <= set(given) and len(pointing) > 20


def test_satisfied_is_only_what_conforms() -> None:
    result = written()["assessment-results"]["results"][0]
    states = [finding["target"]["status"] for finding in result["findings"]]
    verdicts = [r.verdict for r in REPORT.requirements() if r.verdict is not Verdict.NOT_APPLICABLE]
    for state, verdict in zip(states, verdicts, strict=True):
        assert (state["state"] == "satisfied") == (verdict is Verdict.CONFORMANT)
        assert (state["reason"] == "other") == (verdict is Verdict.NOT_CHECKED)
    selection = result["reviewed-controls"]["control-selections"][0]
    assert [c["control-id"] for c in selection["exclude-controls"]] == ["requirement-10.1c"]


def test_a_waived_finding_is_a_risk_that_was_accepted_for_a_time() -> None:
    (risk,) = [r for r in written()["assessment-results"]["results"][0]["risks"] if r["status"] != "open"]
    assert (risk["status"], risk["deadline"]) == ("deviation-approved", "2026-12-31T00:00:00Z")
    assert "The team meets in autumn" in risk["mitigating-factors"][0]["description"]


def test_nothing_in_data_is_markup() -> None:
    result = written()["assessment-results"]["results"][0]
    (hostile,) = [o for o in result["observations"] if o["props"][0]["value"] == HOSTILE_FINDING.id]
    assert "<script>" not in hostile["title"] and r"\<script\>" in hostile["title"]
    assert "\x1b" not in json.dumps(result)
