"""Build servers see a failure only where something fails, and never a pass where nothing was checked."""

from __future__ import annotations

from xml.etree import ElementTree

from mcqms_kg.report import junit
from report.sample import MANY_ALIKE, REPORT

ROOT = ElementTree.fromstring(junit.write(REPORT, "en").encode())  # noqa: S314  # it was written by us
CASES = {case.get("classname"): case for case in ROOT.iter("testcase")}


def _outcome(notation: str) -> str:
    case = CASES[f"mcqms.{notation}"]
    return next((child.tag for child in case if child.tag in ("failure", "skipped")), "passed")


def test_a_suite_for_each_clause_with_requirements() -> None:
    suites = {s.get("name"): (s.get("tests"), s.get("failures"), s.get("skipped")) for s in ROOT}
    assert suites == {"8.1 Operational planning": ("3", "1", "1"), "10 Improvement": ("4", "2", "2")}
    assert (ROOT.get("tests"), ROOT.get("failures"), ROOT.get("skipped")) == ("7", "3", "3")


def test_only_the_conformant_pass() -> None:
    assert {
        notation: _outcome(notation) for notation in ("8.1a", "8.1c", "8.1d", "10.1b", "10.2b", "10.1c", "10.3")
    } == {
        "8.1a": "passed",
        "8.1c": "skipped",
        "8.1d": "failure",
        "10.1b": "failure",
        "10.2b": "failure",
        "10.1c": "skipped",
        "10.3": "skipped",
    }


def test_a_skipped_case_gives_the_reason() -> None:
    reasons = {name: skipped.get("message") for name in CASES for skipped in CASES[name].iter("skipped")}
    assert reasons == {
        "mcqms.8.1c": "waived: The team meets in autumn.",
        "mcqms.10.1c": "not applicable: Nothing was withdrawn.",
        "mcqms.10.3": "not checked: A machine cannot see it.",
    }


def test_a_failure_holds_every_finding_and_the_remedy() -> None:
    failure = CASES["mcqms.8.1d"].find("failure")
    assert failure is not None and failure.text
    assert all(f.id in failure.text for f in MANY_ALIKE)
    assert "<script>alert('x')</script>" in failure.text
    assert "How to put it right: Remedy of 8.1d." in failure.text
    assert failure.get("type") == "major"


def test_a_waived_finding_is_told() -> None:
    told = CASES["mcqms.8.1c"].findtext("system-out") or ""
    assert "00000000000000dd" in told and "The team meets in autumn." in told
