"""Providers in groups: by sector, level or kind. Who has several stands in each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from mcqms_kg.model import Named, ProviderRow, ProviderVerdict, Score, Term

_OF: Mapping[str, Callable[[ProviderVerdict], Sequence[Named]]] = {
    "sector": lambda provider: provider.sectors,
    "level": lambda provider: provider.levels,
    "kind": lambda provider: provider.kinds,
}


@dataclass(frozen=True)
class Group:
    """Those who have something in common, or have nothing of the kind: how many, their score together, also by clause, and some of them."""

    named: Named | None
    total: int
    major: int
    score: Score
    clauses: tuple[Score, ...]
    rows: tuple[ProviderRow, ...]


def grouped(rows: Sequence[ProviderRow], by: str, order: str, offset: int, limit: int) -> tuple[tuple[Group, ...], int]:
    """The groups that a part of the list touches, each with the rows in it, and how long the list is. `rows` are in order."""
    every = sorted(_groups(rows, by), key=lambda group: _place(group, order))
    shown, before = [], 0
    for group in every:
        part = group.rows[max(0, offset - before) : max(0, offset + limit - before)]
        before += len(group.rows)
        if part:
            shown.append(Group(group.named, group.total, group.major, group.score, group.clauses, part))
    return tuple(shown), before


def _groups(rows: Iterable[ProviderRow], by: str) -> list[Group]:
    names: dict[Term | None, Named | None] = {}
    found: dict[Term | None, list[ProviderRow]] = {}
    for row in rows:
        for named in _OF[by](row.verdict) or (None,):
            term = named.term if named else None
            names[term] = named
            found.setdefault(term, []).append(row)
    return [_group(names[term], of) for term, of in found.items()]


def _group(named: Named | None, rows: Sequence[ProviderRow]) -> Group:
    score = added(row.verdict.score for row in rows)
    major = sum(row.verdict.counts.major for row in rows)
    clauses = tuple(added(row.clauses[n].score for row in rows) for n in range(len(rows[0].clauses)))
    return Group(named, len(rows), major, score, clauses, tuple(rows))


def added(scores: Iterable[Score]) -> Score:
    """One score of several: each requirement of each provider counts once."""
    every = list(scores)
    return Score(**{field.name: sum(getattr(one, field.name) for one in every) for field in fields(Score)})


def _place(group: Group, order: str) -> tuple[object, ...]:
    """Those who have nothing of the kind stand last."""
    name = next(iter(group.named.label.values()), group.named.term) if group.named else ""
    share = 2.0 if group.score.share is None else group.score.share
    worth = {"worst": share, "best": -share}.get(order, 0.0)
    return group.named is None, worth, name.casefold()
