"""What a provider has to do, and by when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mcqms_kg.model.check import Finding
from mcqms_kg.model.due import Due
from mcqms_kg.model.providers import CorrectiveAction, Deadline


@dataclass(frozen=True)
class Task:
    """A finding to put right with the actions that are recorded for it; or an action alone; or a day on which something ends.

    `day` is the one of the action, where it has one, else the one that `due` or the deadline says; there may be none.
    """

    day: dt.date | None
    finding: Finding | None = None
    actions: tuple[CorrectiveAction, ...] = ()
    deadline: Deadline | None = None

    @property
    def due(self) -> tuple[Due, ...]:
        """What the rulebook and the records say of the finding's day."""
        return self.finding.due if self.finding else ()
