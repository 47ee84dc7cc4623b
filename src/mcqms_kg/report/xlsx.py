"""The report as an Excel workbook: summary, clauses, requirements, findings to filter and to plan by, coverage and sources."""

from __future__ import annotations

from collections.abc import Iterator

from mcqms_kg.graph import terms
from mcqms_kg.model import (
    CheckReport,
    ClauseVerdict,
    Finding,
    Grade,
    Named,
    ProviderVerdict,
    RequirementVerdict,
    Waiver,
)
from mcqms_kg.report.words import SYMBOLS, Words, counts, due_day, slug, state_of
from mcqms_kg.report.xlsx_tables import Cell, Link, Sheet, cell_of, written


def write(report: CheckReport, language: str) -> bytes:
    """Sheets and columns are named in the language; some sheets are there only where they hold something.

    `By when` is for whoever plans: the day that the rulebook or a record says; of a waived finding it is the waiver's end.
    """
    words = Words(language)
    places = _Places(report, words)
    sheets = [
        _summary(report, words),
        _clauses(report, words),
        _requirements(report, words, places),
        _findings(report, words, places),
        *_providers(report, words),
        _coverage(report, words),
        _not_understood(report, words),
        *_not_taken_over(report, words),
        _sources(report, words),
    ]
    return written(sheets, f"{words('title')}: {words.of(report.framework.label)}", report.as_of)


class _Places:
    """In which row each requirement stands, and the first finding of each."""

    def __init__(self, report: CheckReport, words: Words) -> None:
        self._words = words
        self._requirement: dict[str, int] = {}
        self._finding: dict[str, int] = {}
        row = 0
        for number, verdict in enumerate(report.requirements()):
            self._requirement[verdict.requirement.iri] = number
            found = len(verdict.findings) + len(verdict.waived)
            if found:
                self._finding[verdict.requirement.iri] = row
            row += found

    def requirement(self, verdict: RequirementVerdict) -> Link:
        sheet, iri = self._words("requirements"), verdict.requirement.iri
        return Link(verdict.requirement.notation, cell_of(sheet, self._requirement[iri]))

    def findings(self, verdict: RequirementVerdict) -> Cell:
        """How many there are, waived ones included, leading to the first."""
        number = len(verdict.findings) + len(verdict.waived)
        if not number:
            return 0
        return Link(number, cell_of(self._words("findings"), self._finding[verdict.requirement.iri]))


def _state(state: str, words: Words) -> str:
    return f"{SYMBOLS[state]} {words.state(state)}"


def _summary(report: CheckReport, words: Words) -> Sheet:
    rows: list[tuple[Cell, Cell]] = [
        (words("framework"), words.of(report.framework.label)),
        (words("profile"), report.profile),
        (words("as-of"), report.as_of),
        (words("verdict"), _state(slug(report.verdict), words)),
        (words("score"), words.score(report.score)),
        (words("formula"), words.sum(report.score)),
        *((words.state(state).capitalize(), number) for state, number in counts(report.score).items()),
        (words("findings"), len(report.findings())),
        (words("waived"), len(report.waived())),
        (words("unchecked"), report.coverage.unchecked_total),
        (words("not-understood"), len(report.coverage.not_understood)),
    ]
    return Sheet(words("summary"), [(words("title"), 45), ("", 70)], rows, has_filter=False)


def _clauses(report: CheckReport, words: Words) -> Sheet:
    found = [(depth, clause) for top in report.clauses for depth, clause in top.walk()]
    columns = [(words("clause"), 12), (words("name"), 55), (words("verdict"), 20), (words("score"), 12)]
    columns += [(words.state(state).capitalize(), 14) for state in counts(report.score)]
    columns += [(words("findings"), 12)]
    styles = ["strong" if depth == 0 else "" for depth, _ in found]
    return Sheet(words("clauses"), columns, [_clause(c, depth, words) for depth, c in found], styles=styles)


def _clause(verdict: ClauseVerdict, depth: int, words: Words) -> list[Cell]:
    name = "   " * depth + words.of(verdict.clause.label)
    inside = sum(len(r.findings) for _, clause in verdict.walk() for r in clause.requirements)
    score = f"{verdict.score.numerator}/{verdict.score.denominator}" if verdict.score.denominator else ""
    state = _state(slug(verdict.verdict), words)
    return [verdict.clause.notation, name, state, score, *counts(verdict.score).values(), inside]


def _requirements(report: CheckReport, words: Words, places: _Places) -> Sheet:
    columns = [
        (words("requirement"), 12),
        (words("name"), 40),
        (words("verdict"), 20),
        (words("grade"), 14),
        (words("findings"), 11),
        (words("looked-at"), 14),
        (words("required"), 60),
        (words("why"), 60),
        (words("remedy"), 60),
        (words("reason"), 50),
    ]
    rows = [_requirement(verdict, words, places) for verdict in report.requirements()]
    return Sheet(words("requirements"), columns, rows)


def _requirement(verdict: RequirementVerdict, words: Words, places: _Places) -> list[Cell]:
    requirement = verdict.requirement
    return [
        Link(requirement.notation, terms.iri_text(requirement.iri)),
        words.of(requirement.label),
        _state(state_of(verdict), words),
        words.grade(requirement.grade),
        places.findings(verdict),
        verdict.focus_nodes,
        words.of(requirement.wording),
        words.of(requirement.rationale),
        words.of(requirement.remedy),
        words.of(verdict.reason),
    ]


def _findings(report: CheckReport, words: Words, places: _Places) -> Sheet:
    names = ("status", "clause", "requirement", "grade", "provider", "about", "thing", "found", "expected", "remedy")
    more = ("place", "by-when", "responsible", "path", "value", "finding")
    widths = (12, 10, 12, 14, 28, 32, 40, 50, 50, 50, 34, 14, 20, 30, 24, 20)
    columns = list(zip(map(words, (*names, *more)), widths, strict=True))
    return Sheet(words("findings"), columns, list(_found(report, words, places)))


def _found(report: CheckReport, words: Words, places: _Places) -> Iterator[list[Cell]]:
    for top in report.clauses:
        for _, clause in top.walk():
            for verdict in clause.requirements:
                given: list[tuple[Finding, Waiver | None]] = [(f, None) for f in verdict.findings]
                given += [(w.finding, w.waiver) for w in verdict.waived]
                for finding, waiver in given:
                    yield [
                        words.state("waived") if waiver else words("open"),
                        clause.clause.notation,
                        places.requirement(verdict),
                        *_finding(finding, words),
                        words.of(verdict.requirement.remedy),
                        "\n".join(map(str, finding.places)),
                        waiver.expiry if waiver else due_day(finding),
                        ", ".join(words.name(n) for n in waiver.granted_by) if waiver else None,
                        finding.result.path or "",
                        terms.lexical(finding.result.value) if finding.result.value else "",
                        finding.id,
                    ]


def _finding(finding: Finding, words: Words) -> list[Cell]:
    provider = words.name(finding.provider) if finding.provider else ""
    focus = finding.focus
    name = words.name(focus)
    return [
        words.grade(finding.grade),
        provider,
        name,
        _thing(focus),
        words.of(finding.found),
        words.of(finding.expected),
    ]


def _thing(named: Named) -> Cell:
    """The thing itself: an address that can be followed where it is one."""
    if terms.is_iri(named.term):
        return Link(terms.iri_text(named.term), terms.iri_text(named.term))
    return named.term if terms.is_blank(named.term) else terms.lexical(named.term)


def _providers(report: CheckReport, words: Words) -> Iterator[Sheet]:
    """Where the data are of more than one provider, what the check says of each."""
    if len(report.providers) < 2:
        return
    grades = [words.grade(grade).capitalize() for grade in Grade]
    columns = [(words("provider"), 50), (words("thing"), 50), (words("verdict"), 20), (words("score"), 20)]
    columns += [(name, 14) for name in (*grades, words("state-waived").capitalize(), words("micro-credentials"))]
    yield Sheet(words("sheet-providers"), columns, [_provider(verdict, words) for verdict in report.providers])


def _provider(verdict: ProviderVerdict, words: Words) -> list[Cell]:
    counts = verdict.counts
    return [
        words.name(verdict.provider),
        _thing(verdict.provider),
        _state(slug(verdict.verdict), words),
        words.score(verdict.score),
        counts.major,
        counts.minor,
        counts.opportunity,
        counts.waived,
        verdict.credentials,
    ]


def _not_taken_over(report: CheckReport, words: Words) -> Iterator[Sheet]:
    lost = report.coverage.not_taken_over
    if lost:
        columns = [(words("place"), 50), (words("what"), 70), (words("value"), 50)]
        yield Sheet(
            words("sheet-not-taken-over"), columns, [[loss.at, words.of(loss.what), loss.value] for loss in lost]
        )


def _coverage(report: CheckReport, words: Words) -> Sheet:
    coverage = report.coverage
    rows: list[list[Cell]] = [[words.name(named), _thing(named)] for named in coverage.unchecked]
    if coverage.unchecked_total > len(coverage.unchecked):
        rows.append([words("unchecked-more", count=coverage.unchecked_total - len(coverage.unchecked)), ""])
    if not rows:
        rows = [[words("nothing-unchecked"), ""]]
    return Sheet(words("coverage"), [(words("unchecked"), 60), (words("thing"), 70)], rows)


def _not_understood(report: CheckReport, words: Words) -> Sheet:
    rows: list[list[Cell]] = [
        [terms.short(n.term), terms.iri_text(n.term), n.uses, "\n".join(map(str, n.places))]
        for n in report.coverage.not_understood
    ] or [[words("all-understood"), "", None, ""]]
    columns = [(words("term"), 40), ("IRI", 60), (words("uses"), 18), (words("place"), 50)]
    return Sheet(words("sheet-not-understood"), columns, rows)


def _sources(report: CheckReport, words: Words) -> Sheet:
    rows: list[list[Cell]] = [[c.name, c.sha256, c.statements] for c in report.checked]
    rows += [
        [words("rulebook-digest"), report.rulebook_digest, None],
        [words("engine"), report.engine, None],
        [words("version"), f"mcqms-kg {report.version}", None],
    ]
    columns = [(words("file"), 50), (words("sha256"), 70), (words("statements"), 20)]
    return Sheet(words("sheet-sources"), columns, rows, has_filter=False)
