"""By when something must be done, what says so, and what it is, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mcqms_kg.model import CorrectiveAction, Due, DueBy, Grade, Task
from mcqms_kg.service.pages.words import PageWords

_LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")


def length(words: PageWords, duration: str) -> str:
    """A duration such as `P1Y6M`: one year, 6 months."""
    parts = _LENGTH.fullmatch(duration)
    found = zip(("years", "months", "days"), parts.groups() if parts else (), strict=False)
    return ", ".join(words(f"length-{unit}", n=int(number)) for unit, number in found if number) or duration


def counted(words: PageWords, due: Due) -> str:
    """Why a finding has that day: the record, and the time that is laid down."""
    record, day = words.name(due.record), words.date(due.day)
    if due.by is DueBy.PERIOD and due.since:
        told = {"length": length(words, due.length), "since": words.date(due.since), "period": words.name(due.period)}
        return words("due-period", day=day, record=record, **told)
    return words("due-plan" if due.by is DueBy.PLAN else "due-end", day=day, record=record)


def why(words: PageWords, task: Task) -> str:
    """What was agreed; or where nothing lays a day down, what is to be done about that."""
    if task.deadline:
        return words.name(task.deadline.property)
    recorded = [one for one in task.actions if one.action]
    if agreed := [one for one in recorded if one.due]:
        return words("due-agreed", action=_called(words, agreed))
    if recorded:
        return words("due-undated", action=_called(words, recorded))
    if task.finding is None or task.day:
        return ""
    return words("due-opportunity" if task.finding.grade is Grade.OPPORTUNITY else "due-open")


def _called(words: PageWords, actions: Iterable[CorrectiveAction]) -> str:
    return "; ".join(dict.fromkeys(words.name(one.action) for one in actions if one.action))


def to_do(words: PageWords, task: Task) -> str:
    """What must be done."""
    if task.finding:
        return words.of(task.finding.requirement.remedy)
    if task.deadline:
        return words("to-do-ends", thing=words.name(task.deadline.thing), kind=words.name(task.deadline.kind))
    one = task.actions[0]
    return words.name(one.action) if one.action else words("to-do-answer")


def about(words: PageWords, task: Task) -> str:
    """The thing that it is done about."""
    if task.finding:
        return words.name(task.finding.focus)
    if task.deadline:
        return words.name(task.deadline.thing)
    one = task.actions[0]
    return words.name(one.problem or one.action)


def responsible(words: PageWords, task: Task) -> str:
    """Who answers for it by the actions that are recorded."""
    named = [one.holder or one.owner for one in task.actions]
    return ", ".join(dict.fromkeys(words.name(one) for one in named if one))
