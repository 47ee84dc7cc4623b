"""The day by which a finding had to be put right: read off the shape that reports it and the records that it looks at, never made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Due, DueBy, Finding, Named, Term, ValidationResult
from mcqms_kg.rules.days import day_of
from mcqms_kg.rules.findings import named
from mcqms_kg.rules.lapsing import Ahead, Behind, Lapse, Reading
from mcqms_kg.rules.parameters import Period, last_day

_EVENT = mc("eventDate")


class Days:
    """What the shapes of a rulebook and the data say of days."""

    def __init__(
        self, graph: GraphIndex, shapes: GraphIndex, periods: Mapping[Term, Period], within: Mapping[Term, Period]
    ) -> None:
        self._graph = graph
        self._readings = (Behind(graph, shapes, periods), Ahead(graph, shapes, periods))
        self._within = within

    def told(self, findings: Sequence[Finding], as_of: dt.date) -> tuple[Finding, ...]:
        """The findings, each with its days."""
        return tuple(replace(one, due=self.of(one, as_of)) for one in findings)

    def of(self, finding: Finding, as_of: dt.date) -> tuple[Due, ...]:
        """The day that has passed, and the one that is planned; none where nothing says one."""
        found = [self._counted(finding.result), *(self._read(one, finding.result, as_of) for one in self._readings)]
        return tuple(due for due in found if due)

    def _counted(self, result: ValidationResult) -> Due | None:
        """Where the shape itself says within which time of an event something must be done."""
        period = self._within.get(result.source_shape)
        since = day_of(self._graph.value(result.focus, _EVENT))
        if period is None or since is None:
            return None
        return self._due(Lapse(last_day(since, period.length), result.focus, since, period))

    def _read(self, reading: Reading, result: ValidationResult, as_of: dt.date) -> Due | None:
        lapse = reading.of(result)
        if lapse is None or (lapse.day < as_of) is not reading.is_past:
            return None
        found = self._due(lapse)
        return found if reading.is_past else replace(found, by=DueBy.PLAN, since=None, period=None, length="")

    def _due(self, lapse: Lapse) -> Due:
        period = lapse.period
        record = named(self._graph, lapse.record)
        if period.parameter is None:
            return Due(DueBy.END, lapse.day, record)
        return Due(DueBy.PERIOD, lapse.day, record, lapse.since, named_period(period), period.length)


def named_period(period: Period) -> Named:
    """The parameter by its name."""
    assert period.parameter is not None  # noqa: S101  # asked by the caller
    return Named(period.parameter, period.label)
