"""The overview for reading, and one row a provider and clause for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from mcqms_kg.graph import terms
from mcqms_kg.model import (
    ClauseState,
    CorrectiveAction,
    Deadline,
    EvidenceRecord,
    GradeCounts,
    Overview,
    ProviderRow,
    Term,
)
from mcqms_kg.report.csv import harmless
from mcqms_kg.report.overview_json import is_of_one, write_json
from mcqms_kg.report.overview_words import said
from mcqms_kg.report.text import heading, plain
from mcqms_kg.report.words import Words, slug, visible

T = TypeVar("T")
P = TypeVar("P", Deadline, CorrectiveAction)
MOST = 20
"""How many lines a list has before the rest is counted only."""
CSV_COLUMNS = (
    "provider",
    "provider_iri",
    "clause",
    "clause_label",
    "verdict",
    "share",
    "conformant",
    "nonconformant",
    "not_checked",
    "not_applicable",
    "waived",
    "major",
    "minor",
    "opportunity",
    "waived_findings",
)


def write_text(overview: Overview, language: str) -> str:
    """What all come to first, then provider by provider, then what is due."""
    return plain(parts(overview, Words(language)))


def parts(overview: Overview, words: Words) -> Iterator[RenderableType]:
    """The parts from top to bottom; of one provider alone there is more to say."""
    yield _head(overview, words)
    yield from _providers(overview, words)
    one = is_of_one(overview)
    yield from _clauses("clauses" if one else "weakest", overview.clauses if one else overview.weakest, words)
    if one:
        yield from _findings(overview, words)
    whose = {} if one else {named.term: f"  [{words.name(named)}]" for named in overview.all_providers}
    yield from _list("deadlines", overview.deadlines, _with_provider(_deadline, whose), words, days=overview.days)
    yield from _list("overdue", overview.overdue, _with_provider(_deadline, whose), words)
    yield from _list("actions", overview.actions, _with_provider(_action, whose), words)
    if one:
        yield from _list("evidence", overview.evidence, _document, words)
    yield from _trend(overview, words)


def _head(overview: Overview, words: Words) -> Text:
    lines = [f"{said('title', words.language)}: {overview.profile}, {words.date(overview.as_of)}"]
    for check in overview.checks:
        day = words.date(check.as_of)
        lines.append(said("dataset", words.language, dataset=check.dataset, version=check.version, day=day))
    if overview.unchecked:
        lines.append(said("unchecked", words.language, datasets=", ".join(overview.unchecked)))
    lines.append(f"{words('verdict')}: {words.marked(slug(overview.verdict))}")
    lines.append(f"{words('score')}: {words.score(overview.score)}")
    lines.append(said("formula", words.language))
    lines.append(f"{said('findings', words.language)}: {_counts(overview.counts, words)}")
    if overview.unattributed:
        lines.append(said("unattributed", words.language, count=len(overview.unattributed)))
    return Text("\n".join(lines))


def _counts(counts: GradeCounts, words: Words) -> str:
    by_grade = (("major", counts.major), ("minor", counts.minor), ("opportunity", counts.opportunity))
    text = ", ".join(f"{count} {words(f'grade-{name}')}" for name, count in by_grade)
    waived = said("waived-of", words.language, count=counts.waived)
    return f"{text}; {waived}" if counts.waived else text


def _providers(overview: Overview, words: Words) -> Iterator[RenderableType]:
    language = words.language
    shown, every = len(overview.providers), len(overview.all_providers)
    yield heading(said("providers", language, shown=shown, all=every))
    if not shown:
        yield Text(said("no-choice" if every else "no-providers", language))
        return
    table = Table(box=None, pad_edge=False)
    for name in ("name", "score", "verdict"):
        table.add_column(said(name, language), overflow="fold")
    for name in ("major", "minor", "opportunity", "waived"):
        table.add_column(said(name, language), justify="right")
    for row in sorted(overview.providers, key=_worst_first):
        verdict, counts = row.verdict, row.verdict.counts
        numbers = (counts.major, counts.minor, counts.opportunity, counts.waived)
        cells = (words.name(verdict.provider), words.score(verdict.score), words.marked(slug(verdict.verdict)))
        table.add_row(*(Text(visible(cell)) for cell in cells), *map(str, numbers))
    yield table


def _worst_first(row: ProviderRow) -> tuple[float, int, str]:
    share = row.verdict.score.share
    return (1.0 if share is None else share, -row.verdict.counts.standing, row.verdict.provider.term)


def _clauses(title: str, clauses: Sequence[ClauseState], words: Words) -> Iterator[RenderableType]:
    if not clauses:
        return
    yield heading(said(title, words.language))
    table = Table(box=None, pad_edge=False)
    for name in ("clause", "score", "verdict"):
        table.add_column(said(name, words.language), overflow="fold")
    for state in clauses:
        indent = "  " * state.depth if title == "clauses" else ""
        name = f"{indent}{state.clause.notation} {words.of(state.clause.label)}"
        table.add_row(Text(name), Text(words.score(state.score)), Text(words.marked(slug(state.verdict))))
    yield table


def _findings(overview: Overview, words: Words) -> Iterator[RenderableType]:
    if overview.findings:
        yield heading(said("findings", words.language))
    for finding in overview.findings:
        place = f" ({finding.places[0]})" if finding.places else ""
        name = f"{words.grade(finding.grade)} {finding.requirement.notation} {words.name(finding.focus)}"
        yield Text(visible(f"{name}: {words.of(finding.expected)} [{finding.id}]{place}"))


def _list(
    title: str, entries: Sequence[T], line: Callable[[T, Words], str], words: Words, **values: object
) -> Iterator[RenderableType]:
    if not entries:
        return
    yield heading(said(title, words.language, **values))
    for entry in islice(entries, MOST):
        yield Text(visible(line(entry, words)))
    if len(entries) > MOST:
        yield Text(said("more", words.language, count=len(entries) - MOST))


def _with_provider(line: Callable[[P, Words], str], whose: Mapping[Term, str]) -> Callable[[P, Words], str]:
    """The line with the provider behind it, where there are several."""
    return lambda entry, words: line(entry, words) + (whose.get(entry.provider, "") if entry.provider else "")


def _deadline(deadline: Deadline, words: Words) -> str:
    kind, what = words.of(deadline.kind.label), words.of(deadline.property.label)
    return f"{deadline.day.isoformat()}  {words.name(deadline.thing)} ({kind}, {what})"


def _action(action: CorrectiveAction, words: Words) -> str:
    due = action.due.isoformat() if action.due else said("no-date", words.language)
    name = words.name(action.action) if action.action else said("no-action", words.language)
    owner = words.name(action.owner) if action.owner else said("no-owner", words.language)
    holder = f", {words.name(action.holder)}" if action.holder else ""
    about = f" – {words.name(action.problem)}" if action.problem else ""
    return f"{due}  {name} ({owner}{holder}){about}"


def _document(record: EvidenceRecord, words: Words) -> str:
    day = record.day.isoformat() if record.day else said("no-date", words.language)
    return f"{day}  {words.name(record.document)}  {record.sha256 or said('no-digest', words.language)}"


def _trend(overview: Overview, words: Words) -> Iterator[RenderableType]:
    if len(overview.trend) < 2:
        return
    yield heading(said("trend", words.language))
    for point in overview.trend:
        version = said("version", words.language, version=point.check.version)
        yield Text(f"{point.check.as_of.isoformat()}  {version}  {words.score(point.score)}")


def write_csv(overview: Overview, language: str) -> str:
    """Columns have the same names in every language; the texts are in the one asked for. A row without a provider is of all together."""
    words = Words(language)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for row in overview.providers:
        provider = row.verdict.provider
        head = (words.name(provider), terms.lexical(provider.term))
        writer.writerows(_rows(head, row.clauses, words))
    writer.writerows(_rows(("", ""), overview.clauses, words))
    return out.getvalue()


def _rows(head: tuple[str, str], clauses: Iterable[ClauseState], words: Words) -> Iterator[list[str]]:
    for state in clauses:
        s, c = state.score, state.counts
        numbers = (s.conformant, s.nonconformant, s.not_checked, s.not_applicable, s.waived)
        share = "" if s.share is None else f"{s.share:.4f}"
        counts = (c.major, c.minor, c.opportunity, c.waived)
        name = (state.clause.notation, words.of(state.clause.label), slug(state.verdict), share)
        yield [harmless(cell) for cell in (*head, *name, *map(str, numbers), *map(str, counts))]


OVERVIEW_FORMATS: Mapping[str, Callable[[Overview, str], str]] = {
    "text": write_text,
    "json": write_json,
    "csv": write_csv,
}
"""The formats of an overview by name."""
