"""By when a finding had to be put right: read off the shipped rulebook and the data, and never said where neither says it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcqms_kg
from mcqms_kg import resources
from mcqms_kg.model import CheckReport, DueBy, Finding
from mcqms_kg.rules.parameters import last_day, minus
from mcqms_kg.rules.plan import ORDERS, plan

STORY = resources.story_folders()[0].parent / "flawed-provider"
DAY = "2026-06-30"
SAID = {
    "4.2c": (DueBy.PERIOD, "2025-01-20", "2023-01-20", "P2Y"),
    "6.3": (DueBy.PERIOD, "2025-07-14", "2025-01-15", "P180D"),
    "7.2a": (DueBy.PERIOD, "2025-05-07", "2023-05-07", "P2Y"),
    "7.3": (DueBy.PERIOD, "2025-11-13", "2024-11-13", "P1Y"),
    "8.4a": (DueBy.PERIOD, "2025-11-24", "2024-11-24", "P1Y"),
    "1.3": (DueBy.END, "2025-12-31", None, ""),
    "2b": (DueBy.END, "2025-09-01", None, ""),
    "6.1c": (DueBy.END, "2026-03-31", None, ""),
    "7.1a": (DueBy.END, "2026-02-22", None, ""),
    "10.1a": (DueBy.END, "2026-02-28", None, ""),
    "X3": (DueBy.END, "2026-03-31", None, ""),
    "5.3d": (DueBy.PLAN, "2026-09-01", None, ""),
}
"""Every day that the story lays down, by requirement; its README says when things happened."""


@pytest.fixture(scope="module")
def report() -> CheckReport:
    return mcqms_kg.check([STORY], as_of=DAY)


def told(finding: Finding) -> list[tuple[DueBy, str, str | None, str]]:
    return [(d.by, d.day.isoformat(), d.since.isoformat() if d.since else None, d.length) for d in finding.due]


def test_each_day_is_the_one_that_the_story_lays_down_and_no_other_finding_has_one(report: CheckReport) -> None:
    found = {finding.requirement.notation: told(finding) for finding in report.findings() if finding.due}
    assert found == {notation: [said] for notation, said in SAID.items()}


def test_the_day_is_the_last_on_which_the_finding_is_not_there(report: CheckReport) -> None:
    for notation in ("8.4a", "7.2a", "1.3", "6.1c"):
        finding = next(one for one in report.findings() if one.requirement.notation == notation)
        day = finding.due[0].day
        before, after = (
            {one.id for one in mcqms_kg.check([STORY], as_of=at).findings()} for at in (day, day + dt.timedelta(days=1))
        )
        assert finding.id not in before and finding.id in after, notation


@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)), st.sampled_from(("P1Y", "P3Y", "P6M", "P1Y1M", "P180D", "P0D"))
)
def test_the_last_day_is_where_the_cut_off_passes(since: dt.date, length: str) -> None:
    day = last_day(since, length)
    assert minus(day, length) <= since < minus(day + dt.timedelta(days=1), length)


def test_never_held_and_never_said_has_no_day(tmp_path: Path) -> None:
    """An audit that never took place is not overdue since any day: nobody can say since when."""
    file = tmp_path / "new.ttl"
    file.write_text(
        "@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        '<urn:p> a mc:Provider . <urn:a> a mc:ManagementReview ; mc:belongsTo <urn:p> ; mc:eventDate "2026-09-01"^^xsd:date .\n'
    )
    days = {f.requirement.notation: told(f) for f in mcqms_kg.check([file], as_of=DAY).findings() if f.due}
    assert days == {"9.3": [(DueBy.PLAN, "2026-09-01", None, "")]}


def test_an_action_for_the_requirement_sets_the_day(tmp_path: Path) -> None:
    file = tmp_path / "agreed.ttl"
    file.write_text(
        "@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "@prefix requirement: <https://w3id.org/mcqms/requirement/> .\n"
        "<urn:p> a mc:Provider . <urn:f> a mc:AuditFinding ; mc:belongsTo <urn:p> ; mc:concerns requirement:9.2b ;\n"
        ' mc:hasCorrectiveAction <urn:a> . <urn:a> a mc:CorrectiveAction ; mc:belongsTo <urn:p> ; mc:dueDate "2026-10-01"^^xsd:date .\n'
    )
    report = mcqms_kg.check([file], as_of=DAY)
    tasks = plan(report, report.providers[0], 90)
    agreed = [one.finding.requirement.notation for one in tasks if one.finding and one.day == dt.date(2026, 10, 1)]
    assert "9.2b" in agreed and "9.2a" not in agreed
    assert tasks[0].day == dt.date(2026, 10, 1) and tasks[-1].day is None


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_a_plan_holds_every_finding_once_in_each_order(report: CheckReport, order: str) -> None:
    tasks = plan(report, report.providers[0], 90, order)
    held = [task.finding.id for task in tasks if task.finding]
    assert sorted(held) == sorted(f.id for f in report.findings())
    if order == "day":
        days = [task.day or dt.date.max for task in tasks]
        assert days == sorted(days)
