"""The words of the pages: tables in `words/*.toml`, each key with its text in English and in Indonesian."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mcqms_kg.report.phrases import LANGUAGES, PHRASES
from mcqms_kg.report.words import Words

_NO_LETTERS = re.compile(r"\W+")
FOLDER = Path(__file__).parents[1] / "words"
LANGUAGE_NAMES = {"en": "English", "id": "Bahasa Indonesia"}


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """Key to texts by language; `en-one` is the English text where `n` is one. Raises `ValueError` for a key that stands twice."""
    found: dict[str, Mapping[str, str]] = {
        key: dict(zip(LANGUAGES, both, strict=True)) for key, both in PHRASES.items()
    }
    own: set[str] = set()
    for path in sorted(FOLDER.glob("*.toml")):
        given = tomllib.loads(path.read_text("utf-8"))
        if twice := own & given.keys():
            raise ValueError(f"{path.name}: {min(twice)} stands in another table too")
        own |= given.keys()
        found |= given
    return found


class PageWords(Words):
    """What the pages say in one language, beside what reports say. A key of ours goes before one of theirs."""

    def __call__(self, key: str, **values: object) -> str:
        texts = table()[key]
        one = texts.get(f"{self.language}-one") if values.get("n") == 1 else None
        shown = {name: self.number(value) if isinstance(value, int) else value for name, value in values.items()}
        return (one or texts[self.language]).format(**shown)

    def column(self, name: str) -> str:
        """The heading of a column that a query names; one that nobody foresaw is its own."""
        return table().get(f"column-{name}", {}).get(self.language, name)

    def kind(self, name: str) -> str:
        """What a kind of thing is called."""
        return table().get(f"kind-{name}", {}).get(self.language, name)

    def property(self, name: str) -> str:
        """What a property of another vocabulary is called here."""
        return self("property-" + _NO_LETTERS.sub("-", name).strip("-"))

    def percent(self, share: float | None) -> str:
        """A share in per cent, rounded down so that it never looks better than it is."""
        if share is None:
            return "–"
        text = f"{int(share * 1000 + 1e-9) / 10:.1f}%"
        return text.replace(".", ",") if self.language == "id" else text

    def moment(self, at: dt.datetime) -> str:
        """Day and minute, in UTC."""
        there = at.astimezone(dt.UTC)
        return f"{self.date(there.date())}, {there:%H:%M} UTC"
