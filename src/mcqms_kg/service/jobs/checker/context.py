"""What a kind of work is done with besides its question: what the process remembers, how it tells how far it is, whether it is to stop."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.operations.rechecking import Following
from mcqms_kg.service.jobs.checker.known_reports import KnownReports
from mcqms_kg.service.jobs.surveys import Surveys
from mcqms_kg.service.jobs.work import CheckFiles, Request
from mcqms_kg.shacl.engines import Progress


@dataclass
class Memory:
    """What outlasts a request: the datasets that were checked last, the reports and the overviews that were read last."""

    followed: OrderedDict[tuple[str, ...], Following] = field(default_factory=OrderedDict)
    reports: KnownReports = field(default_factory=KnownReports)
    surveys: Surveys = field(init=False)

    def __post_init__(self) -> None:
        self.surveys = Surveys(self.reports.report)

    def take(self, work: CheckFiles) -> Following:
        """The dataset as it was checked last with this profile on this date, else one that nothing is known of."""
        return self.followed.pop(_key(work), None) or Following(work.as_of, work.profile)

    def keep(self, work: CheckFiles, following: Following, most_statements: int) -> None:
        """Remembers a dataset, and forgets those that were checked longest ago where all have more statements than that."""
        self.followed[_key(work)] = following
        while sum(kept.statements for kept in self.followed.values()) > most_statements:
            self.followed.popitem(last=False)[1].close()


def _key(work: CheckFiles) -> tuple[str, ...]:
    return work.follows, work.profile, work.as_of.isoformat()


@dataclass(frozen=True)
class Context:
    """The request that the work is part of, and what the process lends to it."""

    request: Request
    progress: Progress
    cancel: Cancel
    memory: Memory
