"""What changed between two checks, as text or JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mcqms_kg.model import Comparison, FindingRecord
from mcqms_kg.report.json import dumped

_WORDS = {
    "new": {"en": "New", "id": "Baru"},
    "fixed": {"en": "Fixed", "id": "Selesai"},
    "persisting": {"en": "Persisting", "id": "Masih ada"},
    "regraded": {"en": "Graded otherwise", "id": "Berubah bobot"},
    "waived": {"en": "waived", "id": "dispensasi"},
    "major": {"en": "major", "id": "mayor"},
    "minor": {"en": "minor", "id": "minor"},
    "opportunity": {"en": "opportunity", "id": "peluang perbaikan"},
}


def write_text(comparison: Comparison, language: str) -> str:
    """Counts first, then every finding under what became of it."""
    return "\n".join(_lines(comparison, language)) + "\n"


def _lines(comparison: Comparison, language: str) -> Iterator[str]:
    groups = ("new", "fixed", "regraded", "persisting")
    yield ", ".join(f"{_word(g, language)}: {len(getattr(comparison, g))}" for g in groups)
    for group in ("new", "fixed", "persisting"):
        yield from _group(_word(group, language), getattr(comparison, group), language)
    if comparison.regraded:
        yield f"\n{_word('regraded', language)}"
        for changed in comparison.regraded:
            yield f"  {_grade(changed.old, language)} → {_line(changed.new, language)}"


def _group(heading: str, findings: Iterable[FindingRecord], language: str) -> Iterator[str]:
    lines = [f"  {_line(found, language)}" for found in findings]
    if lines:
        yield f"\n{heading}"
        yield from lines


def _line(found: FindingRecord, language: str) -> str:
    place = f" ({found.places[0]})" if found.places else ""
    return f"{_grade(found, language)} {found.requirement} {found.focus_label}: {found.expected} [{found.id}]{place}"


def _grade(found: FindingRecord, language: str) -> str:
    grade = _word(found.grade.value, language)
    return f"{grade} ({_word('waived', language)})" if found.is_waived else grade


def _word(word: str, language: str) -> str:
    return _WORDS[word].get(language, _WORDS[word]["en"])


def write_json(comparison: Comparison, language: str) -> str:
    """The comparison as plain values; texts are in the language of the reports compared."""
    del language
    groups: dict[str, Any] = {
        name: [_plain(found) for found in getattr(comparison, name)] for name in ("new", "fixed", "persisting")
    }
    groups["regraded"] = [{"old": _plain(r.old), "new": _plain(r.new)} for r in comparison.regraded]
    return dumped({"isWorse": comparison.is_worse, **groups})


def _plain(found: FindingRecord) -> dict[str, Any]:
    return {**dataclasses.asdict(found), "grade": found.grade.value}


COMPARISON_FORMATS: Mapping[str, Callable[[Comparison, str], str]] = {"text": write_text, "json": write_json}
"""The formats of a comparison by name."""
