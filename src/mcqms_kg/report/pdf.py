"""The report for people who file paper: every finding with its remedy and place, and how the report was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.model import CheckReport, ClauseVerdict, Finding, RequirementVerdict, Verdict, WaivedFinding
from mcqms_kg.report.pdf_blocks import Block, banner, facts, heading, laid_out, paragraph, table
from mcqms_kg.report.words import MOST_ALIKE, SYMBOLS, Words, alike, slug, state_of

MOST_LISTED = 2_000
"""Findings on paper. Where there are more, each rule shows its first ones and says how many follow."""


def write(report: CheckReport, language: str) -> bytes:
    """Dated with the date of the check, so that the same report gives the same bytes."""
    words = Words(language)
    title = f"{words('title')}: {words.of(report.framework.label)}"
    footer = f"{title} · {words('profile')}: {report.profile} · {words('as-of')}: {words.date(report.as_of)}"
    blocks = list(_blocks(report, words))
    return laid_out(blocks, title=title, footer=footer, language=words.language, day=report.as_of)


def _blocks(report: CheckReport, words: Words) -> Iterator[Block]:
    yield from _head(report, words)
    yield from _providers(report, words)
    yield heading(2, words("clauses"))
    yield _clauses(report, words)
    yield from _findings(report, words)
    yield from _waived(report, words)
    yield from _apart(report, Verdict.NOT_CHECKED, words)
    yield from _apart(report, Verdict.NOT_APPLICABLE, words)
    yield from _coverage(report, words)
    yield from _provenance(report, words)


def _head(report: CheckReport, words: Words) -> Iterator[Block]:
    score, state = report.score, slug(report.verdict)
    yield heading(1, words("title"))
    yield facts(
        [
            (words("framework"), words.of(report.framework.label)),
            (words("profile"), report.profile),
            (words("as-of"), words.date(report.as_of)),
            (words("score"), words.score(score)),
            (words("findings"), str(len(report.findings()))),
        ]
    )
    yield banner(f"{words('verdict')}: {words.marked(state)}", state)
    yield paragraph(f"{words('formula')} = {words.sum(score)}")
    apart = words("formula-apart", not_applicable=score.not_applicable, waived=score.waived)
    yield paragraph(f"{words('formula-unit')} {apart}")
    yield {"kind": "contents", "text": words("contents")}


def _providers(report: CheckReport, words: Words) -> Iterator[Block]:
    """Where the data are of more than one provider, what the check says of each."""
    if len(report.providers) < 2:
        return
    yield heading(2, words("sheet-providers"))
    rows = [
        [words.name(p.provider), _marked(slug(p.verdict), words), words.score(p.score), str(p.counts.standing)]
        for p in report.providers[:MOST_LISTED]
    ]
    yield table([(words("provider"), 5), (words("verdict"), 0), (words("score"), 3), (words("findings"), 0)], rows)
    if len(report.providers) > MOST_LISTED:
        yield paragraph(words("unchecked-more", count=len(report.providers) - MOST_LISTED))


def _clauses(report: CheckReport, words: Words) -> Block:
    columns = [(words("clause"), 6), (words("verdict"), 0), (words("score"), 0), (words("findings"), 0)]
    rows: list[list[Any]] = []
    for top in report.clauses:
        for depth, clause in top.walk():
            rows.append(_clause(clause, depth, words))
            rows += [_row(r, depth + 1, words) for r in clause.requirements]
    return table(columns, rows)


def _clause(clause: ClauseVerdict, depth: int, words: Words) -> list[Any]:
    inside = sum(len(r.findings) for _, c in clause.walk() for r in c.requirements)
    name = {"text": f"{clause.clause.notation} {words.of(clause.clause.label)}", "indent": depth, "strong": True}
    score = f"{clause.score.numerator}/{clause.score.denominator}"
    return [name, _marked(slug(clause.verdict), words), score, str(inside) if inside else ""]


def _row(verdict: RequirementVerdict, depth: int, words: Words) -> list[Any]:
    requirement = verdict.requirement
    name = {"text": f"{requirement.notation} {words.of(requirement.label)}", "indent": depth}
    return [name, _marked(state_of(verdict), words), "", str(len(verdict.findings) or "")]


def _marked(state: str, words: Words) -> dict[str, str]:
    return {"text": words.marked(state), "state": state}


def _findings(report: CheckReport, words: Words) -> Iterator[Block]:
    yield heading(2, f"{words('findings')} ({len(report.findings())})")
    if not report.findings():
        yield paragraph(words("no-findings"))
    most = _most_alike(report.findings())
    for top in report.clauses:
        for _, clause in top.walk():
            found = [r for r in clause.requirements if r.findings]
            if found:
                yield heading(3, f"{clause.clause.notation} {words.of(clause.clause.label)}")
            for verdict in found:
                yield from _requirement(verdict, words, most)


def _most_alike(findings: Sequence[Finding]) -> int:
    """How many findings of one shape are listed."""
    if len(findings) <= MOST_LISTED:
        return MOST_LISTED
    return max(MOST_ALIKE, MOST_LISTED // len(alike(findings)))


def _requirement(verdict: RequirementVerdict, words: Words, most: int) -> Iterator[Block]:
    requirement, state = verdict.requirement, state_of(verdict)
    title = f"{SYMBOLS[state]} {requirement.notation} {words.of(requirement.label)} ({words.grade(requirement.grade)})"
    yield heading(4, title, state)
    yield facts(
        [
            (words("required"), words.of(requirement.wording)),
            (words("why"), words.of(requirement.rationale)),
            (words("remedy"), words.of(requirement.remedy)),
        ]
    )
    for same in alike(verdict.findings):
        for expected, group in groupby(same[:most], key=lambda f: words.of(f.expected)):
            yield paragraph(f"{words('expected')}: {expected}")
            yield table(_columns(words), [_finding(finding, words) for finding in group])
        if len(same) > most:
            yield paragraph(words("more", count=len(same) - most))


def _columns(words: Words) -> list[tuple[str, int]]:
    return [(words("about"), 5), (words("found"), 5), (words("place"), 3), (words("finding"), 3)]


def _finding(finding: Finding, words: Words) -> list[str]:
    focus, thing = words.name(finding.focus), words.node(finding.focus.term)
    about = [focus, thing if thing != focus else "", words.name(finding.provider) if finding.provider else ""]
    value = terms.lexical(finding.result.value) if finding.result.value else ""
    return [
        "\n".join(line for line in about if line),
        words.of(finding.found) or value,
        "\n".join(map(str, finding.places)),
        f"{finding.id}\n{words.grade(finding.grade)}",
    ]


def _waived(report: CheckReport, words: Words) -> Iterator[Block]:
    if not report.waived():
        return
    yield heading(2, f"{SYMBOLS['waived']} {words('waived')} ({len(report.waived())})", "waived")
    yield paragraph(words("waived-intro"))
    columns = [(words("requirement"), 3), (words("about"), 4), (words("found"), 4), (words("reason"), 4)]
    yield table([*columns, (words("in-force"), 4)], [_accepted(waived, words) for waived in report.waived()])


def _accepted(waived: WaivedFinding, words: Words) -> list[str]:
    finding, waiver = waived.finding, waived.waiver
    granted = ", ".join(words.name(n) for n in waiver.granted_by)
    until = words("from-to", start=words.date(waiver.effective), end=words.date(waiver.expiry))
    return [
        f"{finding.requirement.notation} {words.of(finding.requirement.label)}\n{finding.id}",
        f"{words.name(finding.focus)}\n{words.node(finding.focus.term)}",
        words.of(finding.found),
        words.reason(waiver.reason),
        f"{until}\n{words('granted-by')}: {granted}" if granted else until,
    ]


def _apart(report: CheckReport, verdict: Verdict, words: Words) -> Iterator[Block]:
    found = [r for r in report.requirements() if r.verdict is verdict]
    if not found:
        return
    state = slug(verdict)
    yield heading(2, f"{SYMBOLS[state]} {words(state)} ({len(found)})", state)
    yield paragraph(words(f"{state}-intro"))
    columns = [(words("requirement"), 0), (words("required"), 4), (words("reason"), 4)]
    yield table(
        columns, [[r.requirement.notation, words.of(r.requirement.label), words.reason(r.reason)] for r in found]
    )


def _coverage(report: CheckReport, words: Words) -> Iterator[Block]:
    coverage = report.coverage
    yield heading(2, words("coverage"))
    yield paragraph(words("coverage-counts", described=coverage.described, unchecked=coverage.unchecked_total))
    if coverage.unchecked:
        rows = [[words.name(named), words.node(named.term)] for named in coverage.unchecked]
        yield table([(words("unchecked"), 1), (words("thing"), 1)], rows)
    if coverage.unchecked_total > len(coverage.unchecked):
        yield paragraph(words("unchecked-more", count=coverage.unchecked_total - len(coverage.unchecked)))
    if coverage.not_taken_over:
        yield heading(3, words("not-taken-over"))
        yield paragraph(words("not-taken-over-intro"))
        lost = [[loss.at, words.of(loss.what), loss.value] for loss in coverage.not_taken_over[:MOST_LISTED]]
        yield table([(words("place"), 3), (words("what"), 4), (words("value"), 3)], lost)
    if len(coverage.not_taken_over) > MOST_LISTED:
        yield paragraph(words("unchecked-more", count=len(coverage.not_taken_over) - MOST_LISTED))
    if not coverage.not_understood:
        yield paragraph(words("all-understood"))
        return
    yield heading(3, words("not-understood"))
    yield paragraph(words("not-understood-intro"))
    unknown = [[terms.short(n.term), str(n.uses), "\n".join(map(str, n.places))] for n in coverage.not_understood]
    yield table([(words("term"), 3), (words("uses"), 0), (words("place"), 3)], unknown)


def _provenance(report: CheckReport, words: Words) -> Iterator[Block]:
    yield heading(2, words("provenance"))
    files = [[c.name, c.sha256, str(c.statements)] for c in report.checked]
    yield table([(words("file"), 3), (words("sha256"), 5), (words("statements"), 0)], files)
    yield facts(
        [
            (words("rulebook-digest"), report.rulebook_digest),
            (words("engine"), report.engine),
            (words("version"), f"mcqms-kg {report.version}"),
        ]
    )
