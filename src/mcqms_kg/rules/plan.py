"""Everything that one provider has to do, in the order of the days by which it must be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from mcqms_kg.model import CheckReport, CorrectiveAction, DueBy, Finding, Grade, ProviderVerdict, Task, Term
from mcqms_kg.rules.overview import LATE

_GRADES = {grade: number for number, grade in enumerate(Grade)}
_Order = Callable[[Task], tuple[object, ...]]


def plan(report: CheckReport, provider: ProviderVerdict, days: int, order: str = "day") -> tuple[Task, ...]:
    """Findings that stand, corrective actions that are open, and what ends within so many days or has ended, each once."""
    ids = {id_ for state in provider.requirements for id_ in state.findings}
    actions = [one for one in report.registers.actions if one.provider == provider.provider.term]
    findings = [task_of(one, actions_for(one, actions)) for one in report.findings() if one.id in ids]
    told = {id(action) for task in findings for action in task.actions}
    alone = [Task(one.due, actions=(one,)) for one in actions if id(one) not in told]
    tasks = [*findings, *alone]
    tasks += _ending(report, provider.provider.term, report.as_of + dt.timedelta(days), _records(tasks))
    return tuple(sorted(tasks, key=ORDERS[order]))


def actions_for(finding: Finding, actions: Iterable[CorrectiveAction]) -> tuple[CorrectiveAction, ...]:
    """The open actions that are recorded for a finding: for what it is about, or for its requirement with the same provider."""
    provider = finding.provider.term if finding.provider else None
    nodes = {finding.focus.term, finding.result.value, *(o for s, _, o in finding.triples if s == finding.focus.term)}
    return tuple(
        one
        for one in actions
        if _is_of(one, nodes) or (one.provider == provider and finding.requirement.iri in one.concerns)
    )


def _is_of(action: CorrectiveAction, nodes: Collection[Term | None]) -> bool:
    return any(named is not None and named.term in nodes for named in (action.action, action.problem))


def task_of(finding: Finding, actions: Sequence[CorrectiveAction]) -> Task:
    """A finding with the actions that are recorded for it, and its day."""
    agreed = [one.due for one in actions if one.due]
    said = [one.day for one in finding.due if one.by is not DueBy.PLAN]
    return Task(min(agreed or said, default=None), finding, tuple(actions))


def _records(tasks: Iterable[Task]) -> set[Term]:
    """What the tasks speak of already."""
    due = {due.record.term for task in tasks for due in task.due}
    return due | {one.action.term for task in tasks for one in task.actions if one.action}


def _ending(report: CheckReport, provider: Term, until: dt.date, told: Collection[Term]) -> Iterator[Task]:
    for one in report.registers.deadlines:
        is_open = one.day >= report.as_of or one.property.term in LATE
        if one.provider == provider and one.thing.term not in told and one.day <= until and is_open:
            yield Task(one.day, deadline=one)


def _by_day(task: Task) -> tuple[object, ...]:
    return task.day or dt.date.max, *_by_grade(task)


def _by_grade(task: Task) -> tuple[object, ...]:
    return _GRADES[task.finding.grade] if task.finding else len(_GRADES), *_by_clause(task)


def _by_clause(task: Task) -> tuple[object, ...]:
    """In the order of the report, which is stable: what is of no clause stands last."""
    return (task.finding is None,)


ORDERS: Mapping[str, _Order] = {"day": _by_day, "grade": _by_grade, "clause": _by_clause}
"""By what a plan can be sorted; the days there are come before the days there are not."""
