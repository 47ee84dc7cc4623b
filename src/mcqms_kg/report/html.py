"""The report as one page that opens offline: no request leaves it, and it reads without its script."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from mcqms_kg.graph import terms
from mcqms_kg.model import CheckReport, Clause, ClauseVerdict, Finding, Grade, Named, RequirementVerdict, Score, Verdict
from mcqms_kg.report.words import COUNTED, MOST_ALIKE, STATES, SYMBOLS, Words, alike, counts, slug, state_of

if TYPE_CHECKING:
    import jinja2

TEMPLATES = Path(__file__).parent / "templates"


def write(report: CheckReport, language: str) -> str:
    """The whole page; every value from data or rulebook is escaped."""
    style, script = (_asset(name) for name in ("report.css", "report.js"))
    template = _environment().get_template("report.html.jinja")
    page = Page(report, Words(language))
    return template.render(
        page=page, report=report, w=page.words, style=style, script=script, policy=_policy(style, script)
    )


def _environment() -> jinja2.Environment:
    from mcqms_kg.report.templating import environment  # its library takes long to import: only where a page is written

    made = environment(TEMPLATES, keep_trailing_newline=True)
    made.globals |= {"SYMBOLS": SYMBOLS, "STATES": STATES, "MOST_ALIKE": MOST_ALIKE, "GRADES": tuple(Grade)}
    made.globals |= {"state_of": state_of, "slug": slug, "alike": alike, "counts": counts, "short": terms.short}
    return made


def _asset(name: str) -> Markup:
    """A style sheet or script of ours, to stand in the page as it is."""
    return Markup((TEMPLATES / name).read_text("utf-8"))  # noqa: S704  # a file of this package, not input


def policy() -> str:
    """The content security policy of every page."""
    return _policy(_asset("report.css"), _asset("report.js"))


def _policy(style: str, script: str) -> str:
    """A content security policy under which only this style sheet and this script run, and nothing is fetched."""
    directives = ["default-src 'none'", "base-uri 'none'", "form-action 'none'"]
    return "; ".join([*directives, f"style-src '{_hash(style)}'", f"script-src '{_hash(script)}'"])


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class Page:
    """What the templates ask of a report beyond its fields."""

    def __init__(self, report: CheckReport, words: Words) -> None:
        self.report = report
        self.words = words

    @cached_property
    def walk(self) -> list[tuple[int, ClauseVerdict]]:
        """All clauses with their depth, from the first to the last."""
        return [pair for top in self.report.clauses for pair in top.walk()]

    @cached_property
    def _clauses(self) -> dict[str, Clause]:
        return {c.clause.iri: c.clause for _, c in self.walk}

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {iri: f"c{number}" for number, iri in enumerate(self._clauses)}

    def clause_key(self, clause: Clause) -> str:
        return self._keys[clause.iri]

    def clause_keys(self, iri: str) -> str:
        """The keys of a clause and of every clause around it."""
        keys, seen, now = [], set[str](), self._clauses.get(iri)
        while now and now.iri not in seen:
            seen.add(now.iri)
            keys.append(self._keys[now.iri])
            now = self._clauses.get(now.parent) if now.parent else None
        return " ".join(keys)

    @cached_property
    def providers(self) -> dict[str, Named]:
        """Key to provider, by name."""
        findings = [*self.report.findings(), *(w.finding for w in self.report.waived())]
        known = {f.provider.term: f.provider for f in findings if f.provider}
        ordered = sorted(known.values(), key=lambda p: (self.words.name(p).casefold(), p.term))
        return {f"p{number}": provider for number, provider in enumerate(ordered)}

    @cached_property
    def _provider_keys(self) -> dict[str, str]:
        return {provider.term: key for key, provider in self.providers.items()}

    def provider_key(self, finding: Finding) -> str:
        return self._provider_keys[finding.provider.term] if finding.provider else "none"

    def provider_keys(self, verdict: RequirementVerdict) -> str:
        """The keys of all providers with a finding against the requirement."""
        findings = [*verdict.findings, *(w.finding for w in verdict.waived)]
        return " ".join(sorted({self.provider_key(f) for f in findings}))

    @cached_property
    def grades(self) -> dict[Grade, int]:
        """How many open findings each grade has, the worst grade first."""
        number = Counter(f.grade for f in self.report.findings())
        return {grade: number[grade] for grade in Grade}

    def findings_in(self, clause: ClauseVerdict) -> int:
        """The number of open findings in the clause and below it."""
        return sum(len(r.findings) for _, c in clause.walk() for r in c.requirements)

    def names(self, many: Iterable[Named]) -> str:
        return ", ".join(self.words.name(named) for named in many)

    def not_checked(self) -> list[RequirementVerdict]:
        return [r for r in self.report.requirements() if r.verdict is Verdict.NOT_CHECKED]

    def not_applicable(self) -> list[RequirementVerdict]:
        return [r for r in self.report.requirements() if r.verdict is Verdict.NOT_APPLICABLE]

    def segments(self, score: Score) -> list[tuple[str, int, int]]:
        """State, start and length of each part of a bar that is as long as the score's denominator."""
        parts, start = [], 0
        for state in COUNTED:
            length = counts(score)[state]
            if length:
                parts.append((state, start, length))
            start += length
        return parts
