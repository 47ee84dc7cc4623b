"""One language's words for a report: phrases, the rulebook's texts, names, dates and shares."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from mcqms_kg.errors import BadValue
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import in_language
from mcqms_kg.model import DueBy, Finding, Grade, Named, RequirementVerdict, Score, Term, Texts, Verdict
from mcqms_kg.report.phrases import LANGUAGES, MONTHS, PHRASES

STATES = ("conformant", "nonconformant", "not-checked", "not-applicable", "waived")
COUNTED = STATES[:3]
SYMBOLS = {"conformant": "✓", "nonconformant": "✗", "not-checked": "?", "not-applicable": "–", "waived": "~"}
"""A sign beside each state's word, so that colour never carries it alone."""

MOST_ALIKE = 5
"""How many findings of one shape are shown before the others are folded away."""

_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Words:
    """Everything a report says in one language, `en` or `id`."""

    language: str

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise BadValue(f"There are no reports in the language {self.language!r}", remedy="Ask for en or id.")

    def __call__(self, key: str, **values: object) -> str:
        return PHRASES[key][LANGUAGES.index(self.language)].format(**values)

    def of(self, texts: Texts) -> str:
        """The text in this language, else in another."""
        return in_language(texts, self.language)

    def reason(self, texts: Texts) -> str:
        return self.of(texts) or self("no-reason")

    def name(self, named: Named | None) -> str:
        """The label of a node, else its short name."""
        if named is None:
            return self("no-provider")
        return self.of(named.label) or self.node(named.term)

    def node(self, term: Term) -> str:
        """A term for reading; a blank node is called what it is."""
        return self("unnamed-node", name=term) if terms.is_blank(term) else terms.short(term)

    def state(self, state: str) -> str:
        return self(f"state-{state}")

    def marked(self, state: str) -> str:
        """Sign and word of a state."""
        return f"{SYMBOLS[state]} {self.state(state)}"

    def grade(self, grade: Grade) -> str:
        return self(f"grade-{grade.value}")

    def date(self, date: dt.date) -> str:
        return f"{date.day} {MONTHS[self.language][date.month - 1]} {date.year}"

    def number(self, value: int) -> str:
        """A whole number with its thousands told apart."""
        text = f"{value:,}"
        return text.replace(",", ".") if self.language == "id" else text

    def share(self, score: Score) -> str:
        """The score in per cent, rounded down so that it never looks better than it is; empty where nothing counts."""
        if not score.denominator:
            return ""
        text = f"{math.floor(1000 * score.numerator / score.denominator) / 10:.1f}%"
        return text.replace(".", ",") if self.language == "id" else text

    def score(self, score: Score) -> str:
        """Numerator and denominator, with the share behind."""
        if not score.denominator:
            return self("score-none")
        above, below = self.number(score.numerator), self.number(score.denominator)
        return f"{self('score-of', numerator=above, denominator=below)} ({self.share(score)})"

    def sum(self, score: Score) -> str:
        """The published formula with its numbers put in."""
        parts = (score.conformant, score.nonconformant, score.not_checked)
        above, below = self.number(score.numerator), self.number(score.denominator)
        return f"{above} ÷ ({' + '.join(map(self.number, parts))}) = {above} ÷ {below}"


def slug(verdict: Verdict) -> str:
    """The verdict as a code: `not-checked` for "not checked"."""
    return verdict.value.replace(" ", "-")


def state_of(verdict: RequirementVerdict) -> str:
    """The verdict as a code, or `waived` where waivers cover every finding."""
    return "waived" if verdict.is_waived else slug(verdict.verdict)


def counts(score: Score) -> dict[str, int]:
    """The number of requirements in each state, those that the score counts first."""
    return {state: int(getattr(score, state.replace("-", "_"))) for state in STATES}


def due_day(finding: Finding) -> dt.date | None:
    """The day by which a finding had to be put right, where the rulebook or a record says one."""
    return min((due.day for due in finding.due if due.by is not DueBy.PLAN), default=None)


def visible(text: str) -> str:
    """The text without characters that steer a terminal, reorder text or break XML."""
    return _INVISIBLE.sub("\ufffd", text)


def alike(findings: Sequence[Finding]) -> list[tuple[Finding, ...]]:
    """The findings grouped by the shape that reports them."""
    ordered = sorted(findings, key=lambda f: f.result.source_shape)
    return [tuple(group) for _, group in groupby(ordered, key=lambda f: f.result.source_shape)]
