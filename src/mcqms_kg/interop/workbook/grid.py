"""A workbook as it was found, whatever it was written in: sheets of cells with their places, not yet understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.model import Loss, Texts

_LETTERS = 26
_MOST_TOLD = 50


class Form(Enum):
    """In what form a value stood in its cell."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty: its place, its form, and its value as text (a date as ISO 8601 has it)."""

    at: str
    form: Form
    text: str


@dataclass(frozen=True)
class Grid:
    """A sheet: its title, and its rows by number, each with its cells by column, counted from 1.

    `decimal_comma` says how numbers in it that are text are written, where that is known.
    """

    title: str
    rows: Mapping[int, Mapping[int, Cell]]
    decimal_comma: bool | None = None


@dataclass(frozen=True)
class Book:
    """The sheets of a workbook in order, and what was not looked at."""

    grids: tuple[Grid, ...]
    losses: tuple[Loss, ...] = field(default=())


@dataclass(frozen=True)
class Problem:
    """A cell that cannot be read: its place, why, and what to do."""

    at: str
    what: Texts
    remedy: Texts

    def told(self, language: str) -> str:
        return f"{self.at}: {self.what[language]} {self.remedy[language]}"


class UnreadableCells(UnreadableInput):
    """Cells of a workbook cannot be read; `problems` has them all, of which the message tells the first fifty."""

    problems: tuple[Problem, ...] = ()

    def in_language(self, language: str) -> UnreadableCells:
        """The same in another language."""
        return unreadable(self.place.file if self.place else "", self.problems, language)


def unreadable(called: str, problems: tuple[Problem, ...], language: str = "en") -> UnreadableCells:
    """The error that names the cells."""
    count, more = len(problems), len(problems) - _MOST_TOLD
    cells = "A cell" if count == 1 else f"{count} cells"
    head, rest = {
        "en": (f"{cells} cannot be read.", f"… and {more} more."),
        "id": (f"{count} sel tidak dapat dibaca.", f"… dan {more} lagi."),
    }[language]
    told = [head, *(problem.told(language) for problem in problems[:_MOST_TOLD]), *([rest] if more > 0 else [])]
    error = UnreadableCells("\n  ".join(told), place=Place(called))
    error.problems = problems
    return error


def letters(column: int) -> str:
    """The letters of a column counted from 1, as spreadsheets have it."""
    found = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        found = chr(ord("A") + rest) + found
    return found


def place(title: str, row: int, column: int) -> str:
    """The place of a cell, such as `Units!B7`."""
    return f"{title}!{letters(column)}{row}"


def tidy(text: str) -> str:
    """The text without the spaces that nobody sees: at the ends, doubled, or not breaking."""
    return " ".join(text.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "").split())
