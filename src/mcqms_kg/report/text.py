"""The report for reading in a terminal or an e-mail: clauses first, then findings, then what stands apart."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mcqms_kg.graph import terms
from mcqms_kg.model import CheckReport, ClauseVerdict, Finding, RequirementVerdict, Verdict, WaivedFinding
from mcqms_kg.report.words import MOST_ALIKE, SYMBOLS, Words, alike, slug, state_of, visible

WIDTH = 100
_STYLES = {
    "conformant": "green",
    "nonconformant": "bold red",
    "not-checked": "yellow",
    "not-applicable": "dim",
    "waived": "magenta",
}


def write(report: CheckReport, language: str) -> str:
    """The report as plain text, 100 columns wide, with no terminal codes."""
    return plain(parts(report, Words(language)))


def render(report: CheckReport, language: str, console: Console) -> None:
    """The same report on a terminal, with colours where it has them."""
    for part in parts(report, Words(language)):
        console.print(part, soft_wrap=False)


def plain(renderables: Iterable[RenderableType]) -> str:
    """Renderables as text that does not depend on the terminal or the environment."""
    out = io.StringIO()
    console = Console(
        file=out, width=WIDTH, color_system=None, force_terminal=False, legacy_windows=False, emoji=False, _environ={}
    )
    for renderable in renderables:
        console.print(renderable)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip().split("\n")) + "\n"


def parts(report: CheckReport, words: Words) -> Iterator[RenderableType]:
    """The parts of the report from top to bottom."""
    yield _head(report, words)
    yield heading(words("clauses"))
    yield _tree(report, words)
    yield from _findings(report, words)
    yield from _waived(report.waived(), words)
    yield from _apart(report, Verdict.NOT_CHECKED, words)
    yield from _apart(report, Verdict.NOT_APPLICABLE, words)
    yield from _coverage(report, words)
    yield from _provenance(report, words)


def heading(text: str, style: str = "bold") -> RenderableType:
    """A heading with a blank line above it."""
    return Group(Text(), Text(visible(text), style=style))


def rows(pairs: Iterable[tuple[str, str]], indent: int) -> RenderableType:
    """Names on the left and texts on the right; pairs without a text are left out."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, style="dim")
    grid.add_column(overflow="fold")
    for name, text in pairs:
        if text:
            grid.add_row(Text(name), Text(visible(text)))
    return Padding(grid, (0, 0, 0, indent))


def _head(report: CheckReport, words: Words) -> RenderableType:
    score, state = report.score, slug(report.verdict)
    apart = words("formula-apart", not_applicable=score.not_applicable, waived=score.waived)
    return Group(
        Text(visible(f"{words('title')}: {words.of(report.framework.label)}"), style="bold"),
        rows([(words("profile"), report.profile), (words("as-of"), words.date(report.as_of))], 0),
        Text(),
        Text.assemble(f"{words('verdict')}: ", (words.marked(state), _STYLES[state])),
        Text(f"{words('score')}: {words.score(score)}"),
        Padding(Text(f"{words('formula')}\n= {words.sum(score)}\n{words('formula-unit')} {apart}"), (0, 0, 0, 2)),
    )


def _tree(report: CheckReport, words: Words) -> RenderableType:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(words("verdict"), no_wrap=True)
    table.add_column(words("score"), no_wrap=True, justify="right")
    table.add_column(words("clause"), overflow="fold")
    table.add_column(words("findings"), justify="right", no_wrap=True)
    for top in report.clauses:
        for depth, clause in top.walk():
            _clause_rows(table, clause, depth, words)
    return table


def _clause_rows(table: Table, clause: ClauseVerdict, depth: int, words: Words) -> None:
    score = f"{clause.score.numerator}/{clause.score.denominator}"
    label = f"{clause.clause.notation} {words.of(clause.clause.label)}"
    inside = sum(len(r.findings) for _, c in clause.walk() for r in c.requirements)
    table.add_row(_state(slug(clause.verdict), words), score, _indented(label, depth, "bold"), _count(inside))
    for verdict in clause.requirements:
        requirement = verdict.requirement
        name = f"{requirement.notation} {words.of(requirement.label)}"
        table.add_row(_state(state_of(verdict), words), "", _indented(name, depth + 1), _count(len(verdict.findings)))


def _indented(text: str, depth: int, style: str = "") -> Padding:
    return Padding(Text(visible(text), style=style), (0, 0, 0, 2 * depth))


def _count(number: int) -> str:
    return str(number) if number else ""


def _state(state: str, words: Words) -> Text:
    return Text(words.marked(state), style=_STYLES[state])


def _findings(report: CheckReport, words: Words) -> Iterator[RenderableType]:
    yield heading(f"{words('findings')} ({len(report.findings())})")
    if not report.findings():
        yield Text(words("no-findings"))
    for top in report.clauses:
        for _, clause in top.walk():
            if any(r.findings for r in clause.requirements):
                yield heading(f"{clause.clause.notation} {words.of(clause.clause.label)}")
            yield from (_requirement(r, words) for r in clause.requirements if r.findings)


def _requirement(verdict: RequirementVerdict, words: Words) -> RenderableType:
    requirement = verdict.requirement
    state = state_of(verdict)
    title = f"{SYMBOLS[state]} {requirement.notation} {words.of(requirement.label)} ({words.grade(requirement.grade)})"
    said = [
        (words("required"), words.of(requirement.wording)),
        (words("why"), words.of(requirement.rationale)),
        (words("remedy"), words.of(requirement.remedy)),
    ]
    return Group(
        Text(),
        Padding(Text(visible(title), style=_STYLES[state]), (0, 0, 0, 2)),
        rows(said, 4),
        *_alike(verdict.findings, words),
    )


def _alike(findings: Sequence[Finding], words: Words) -> Iterator[RenderableType]:
    """Findings of one shape stand together; past the first five only their number is told."""
    for same in alike(findings):
        yield from (_finding(finding, words) for finding in same[:MOST_ALIKE])
        if len(same) > MOST_ALIKE:
            yield Padding(Text(words("more", count=len(same) - MOST_ALIKE)), (1, 0, 0, 6))


def _finding(finding: Finding, words: Words, beside: Iterable[tuple[str, str]] = ()) -> RenderableType:
    focus = words.name(finding.focus)
    shown = words.node(finding.focus.term)
    title = Text.assemble((visible(focus), "bold"), f"  {words.grade(finding.grade)}  {finding.id}")
    said = [
        (words("about"), shown if shown != focus else ""),
        (words("found"), words.of(finding.found)),
        (words("expected"), words.of(finding.expected)),
        (words("provider"), words.name(finding.provider)),
        (words("place"), ", ".join(map(str, finding.places))),
        *beside,
    ]
    return Group(Text(), Padding(title, (0, 0, 0, 6)), rows(said, 8))


def _waived(waived: Sequence[WaivedFinding], words: Words) -> Iterator[RenderableType]:
    if not waived:
        return
    yield heading(f"{SYMBOLS['waived']} {words('waived')} ({len(waived)})")
    yield Text(words("waived-intro"))
    for each in waived:
        waiver, requirement = each.waiver, each.finding.requirement
        yield _finding(
            each.finding,
            words,
            [
                (words("requirement"), f"{requirement.notation} {words.of(requirement.label)}"),
                (words("reason"), words.reason(waiver.reason)),
                (words("granted-by"), ", ".join(words.name(n) for n in waiver.granted_by)),
                (
                    words("in-force"),
                    words("from-to", start=words.date(waiver.effective), end=words.date(waiver.expiry)),
                ),
            ],
        )


def _apart(report: CheckReport, verdict: Verdict, words: Words) -> Iterator[RenderableType]:
    found = [r for r in report.requirements() if r.verdict is verdict]
    if not found:
        return
    state = slug(verdict)
    yield heading(f"{SYMBOLS[state]} {words(state)} ({len(found)})")
    yield Text(words(f"{state}-intro"))
    yield rows(((r.requirement.notation, _with_reason(r, words)) for r in found), 2)


def _with_reason(verdict: RequirementVerdict, words: Words) -> str:
    return f"{words.of(verdict.requirement.label)}: {words.reason(verdict.reason)}"


def _coverage(report: CheckReport, words: Words) -> Iterator[RenderableType]:
    coverage = report.coverage
    yield heading(words("coverage"))
    yield Text(words("coverage-counts", described=coverage.described, unchecked=coverage.unchecked_total))
    yield from (Padding(Text(visible(f"- {words.name(n)}")), (0, 0, 0, 2)) for n in coverage.unchecked)
    if coverage.unchecked_total > len(coverage.unchecked):
        yield Text("  " + words("unchecked-more", count=coverage.unchecked_total - len(coverage.unchecked)))
    if coverage.not_taken_over:
        yield Text(f"{words('not-taken-over')}. {words('not-taken-over-intro')}")
        lost = ((loss.at, f"{words.of(loss.what)} {loss.value}") for loss in coverage.not_taken_over)
        yield rows(lost, 2)
    if not coverage.not_understood:
        yield Text(words("all-understood"))
        return
    yield Text(f"{words('not-understood')}. {words('not-understood-intro')}")
    for unknown in coverage.not_understood:
        places = f" ({', '.join(map(str, unknown.places))})" if unknown.places else ""
        yield Padding(Text(visible(f"- {terms.short(unknown.term)}: {unknown.uses}{places}")), (0, 0, 0, 2))


def _provenance(report: CheckReport, words: Words) -> Iterator[RenderableType]:
    yield heading(words("provenance"))
    yield rows(
        [
            *((words("file"), f"{c.name}  {words('sha256')} {c.sha256}") for c in report.checked),
            (words("rulebook-digest"), report.rulebook_digest),
            (words("engine"), report.engine),
            (words("version"), f"mcqms-kg {report.version}"),
        ],
        2,
    )
