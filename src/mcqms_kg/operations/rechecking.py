"""Checks of one version of a dataset after another: what was loaded before is changed, and what the change can touch is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import mcqms_kg
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.paused import garbage_collection_paused
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.model import CheckReport, Triple, ValidationReport
from mcqms_kg.operations.defaults import DEFAULT_PROFILE
from mcqms_kg.operations.rulebooks import background, rulebook_for
from mcqms_kg.rules.judging import judge
from mcqms_kg.shacl import columns as engine
from mcqms_kg.shacl.change.incremental import revalidate
from mcqms_kg.shacl.engines import Progress

_MANY = 5_000
"""Changed statements: with more of them it is quicker to load everything."""


class Following:
    """The columns and the last report of a dataset, for as long as its versions are checked with one profile on one date. Close it.

    Blank nodes keep the names that reading gives them, so that the reports are those of `check`, byte for byte.
    """

    def __init__(self, as_of: dt.date, profile: str = DEFAULT_PROFILE) -> None:
        self._rulebook = rulebook_for(profile, as_of)
        self._columns: Columns | None = None
        self._statements: frozenset[Triple] = frozenset()
        self._report = ValidationReport(True, ())

    def check(
        self, files: Sequence[Path], *, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> CheckReport:
        """The report that `check` gives on the files; the first time, or after a change of many statements, in the same way."""
        submitted = read_submitted(files)
        try:
            report = self._validate(frozenset((*background(), *submitted.triples)), progress, cancel)
        except BaseException:  # what is held may be half changed, whatever ended it; it is raised on
            self.close()
            raise
        with garbage_collection_paused():
            return judge(submitted, background(), self._rulebook, report, files, engine.NAME, mcqms_kg.__version__)

    @property
    def statements(self) -> int:
        """How many statements of the version are held."""
        return len(self._statements)

    def _validate(
        self, statements: frozenset[Triple], progress: Progress | None, cancel: Cancel | None
    ) -> ValidationReport:
        added, removed = statements - self._statements, self._statements - statements
        if self._columns is None or len(added) + len(removed) > _MANY:
            self.close()
            self._columns = Columns.load(((s, p, o, None) for s, p, o in statements), cancel=cancel)
            self._report = engine.validate(self._columns, self._rulebook.shapes, progress=progress, cancel=cancel)
        else:
            came, gone = (((s, p, o, None) for s, p, o in side) for side in (added, removed))
            self._report = revalidate(self._columns, self._rulebook.shapes, self._report, came, gone, cancel=cancel)
        self._statements = statements
        return self._report

    def close(self) -> None:
        """Lets go of what is held; the next check begins anew."""
        if self._columns:
            self._columns.close()
        self._columns, self._statements = None, frozenset()
