"""What is said of the day by which something must be done: never that one was agreed where none is recorded."""

from __future__ import annotations

import datetime as dt

import pytest

import mcqms_kg
from browser.stage import DAY, UNSEEN
from mcqms_kg.graph import terms
from mcqms_kg.model import CorrectiveAction, Finding, Grade, Named, Task
from mcqms_kg.service.pages.days import why
from mcqms_kg.service.pages.words import PageWords

NAMED = Named(terms.iri("https://example.org/ask"), {"en": "Ask the chamber"})


@pytest.fixture(scope="module")
def findings() -> dict[Grade, Finding]:
    """One of each grade."""
    return {one.grade: one for one in mcqms_kg.check([UNSEEN], as_of=DAY).findings()}


def action(named: Named | None, due: dt.date | None = None) -> CorrectiveAction:
    return CorrectiveAction(named, None, None, None, None, None, due, None)


def said(task: Task) -> str:
    return why(PageWords("en"), task)


def test_a_day_was_agreed_where_an_action_has_one(findings: dict[Grade, Finding]) -> None:
    day = dt.date(2026, 8, 15)
    for finding in (None, findings[Grade.MAJOR]):
        told = said(Task(day, finding, (action(None), action(NAMED, day), action(NAMED))))
        assert told == "The date was agreed with the corrective action “Ask the chamber”."


def test_an_action_without_a_day_is_told_as_such(findings: dict[Grade, Finding]) -> None:
    for finding in (None, findings[Grade.MAJOR]):
        assert said(Task(None, finding, (action(NAMED),))).startswith(
            "The corrective action “Ask the chamber” is recorded without"
        )


def test_where_no_action_is_recorded_none_is_named(findings: dict[Grade, Finding]) -> None:
    for actions in ((), (action(None),)):
        assert said(Task(None, findings[Grade.MAJOR], actions)).startswith("Agree a date")
        assert said(Task(None, findings[Grade.OPPORTUNITY], actions)).startswith("No date, as there is no duty")
        assert not said(Task(dt.date(2026, 8, 15), findings[Grade.MAJOR], actions))
    assert not said(Task(None, None, (action(None),)))
