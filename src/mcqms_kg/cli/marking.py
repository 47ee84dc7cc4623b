"""The workbook that comes back from a check with its cells marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg import operations
from mcqms_kg.cli import output
from mcqms_kg.errors import BadValue
from mcqms_kg.model import CheckReport

if TYPE_CHECKING:
    from mcqms_kg.interop.workbook.grid import UnreadableCells


@dataclass(frozen=True)
class ToMark:
    """The workbook that was given, where the marked one goes, and the language of what is written beside the cells."""

    book: Path | None
    out: Path | None
    language: str

    def write(self, found: CheckReport | UnreadableCells) -> None:
        """Writes the marked workbook where one was asked for, and says how many cells were marked."""
        if self.book is None or self.out is None:
            return
        marked, left = operations.annotate(self.book, self.out, found, language=self.language)
        rest = f"; {left} findings are about no cell" if left else ""
        output.errors.print(f"{self.out}: {marked} cells marked{rest}", markup=False, highlight=False, soft_wrap=True)

    @contextmanager
    def when_unreadable(self) -> Iterator[None]:
        """Marks the cells that cannot be read, and tells them in the language that was asked for."""
        from mcqms_kg.interop.workbook.grid import UnreadableCells

        try:
            yield
        except UnreadableCells as problem:
            self.write(problem)
            raise problem.in_language(self.language) from problem


def to_mark(data: Sequence[Path], out: Path | None, language: str) -> ToMark:
    """What `--annotate` asks for; raises `BadValue` where not one workbook is checked."""
    if out is not None and len(data) != 1:
        raise BadValue("One workbook is marked at a time", remedy="Name one .xlsx file with --annotate.")
    return ToMark(data[0] if out else None, out, language)
