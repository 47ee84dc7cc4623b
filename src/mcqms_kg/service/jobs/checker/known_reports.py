"""The reports of checks and validations, read from the folders of their jobs; those asked for again and again are held."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from mcqms_kg.errors import Unavailable
from mcqms_kg.model import CheckReport, ValidationReport
from mcqms_kg.service.jobs.work import KEPT
from mcqms_kg.settings import MEBIBYTE
from mcqms_kg.store.checks import read_report

REPORT = "report.pickle"
"""The report itself, in the folder of its check; only this program writes there."""
_PACKED = 20
"""How much smaller the file of a kept check is than its text, about."""


class KnownReports:
    """The reports that were read last, as long as their files do not change: pages ask for the same ones again and again."""

    _MOST_BYTES = 256 * MEBIBYTE

    def __init__(self) -> None:
        self._held: OrderedDict[Path, tuple[tuple[int, int], CheckReport]] = OrderedDict()

    def report(self, folder: Path) -> CheckReport:
        """The report in the folder of a check; raises `Unavailable` where it was removed since it was found."""
        with _still_there():
            return self._report(folder)

    def _report(self, folder: Path) -> CheckReport:
        file = report_in(folder)
        found = file.stat()
        size = found.st_size * (_PACKED if file.name == KEPT else 1)
        state = (found.st_mtime_ns, size)
        held = self._held.pop(folder, None)
        report = held[1] if held and held[0] == state else cast(CheckReport, report_of(folder))
        self._held[folder] = (state, report)
        while len(self._held) > 1 and sum(size for (_, size), _ in self._held.values()) > self._MOST_BYTES:
            self._held.popitem(last=False)
        return report


def report_in(folder: Path) -> Path:
    """The file that holds the report of a check: the one that the workspace keeps, else our own."""
    kept = folder / KEPT
    return kept if kept.is_file() else folder / REPORT


def report_of(folder: Path) -> CheckReport | ValidationReport:
    """The report of a check or a validation; raises `Unavailable` where it was removed since it was found."""
    file = report_in(folder)
    with _still_there():
        if file.name == KEPT:
            return read_report(file)
        return cast(CheckReport | ValidationReport, pickle.loads(file.read_bytes()))  # noqa: S301  # our own


@contextmanager
def _still_there() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as problem:
        raise Unavailable("A report was removed a moment ago", remedy="Ask again.") from problem
