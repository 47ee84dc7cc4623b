"""Checks of one dataset beside each other: how scores move, and since when a finding stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from mcqms_kg.model import FindingHistory, KeptCheck, Outline, Score, Term, TrendPoint

Kept = tuple[KeptCheck, Outline]


def trend(known: Iterable[Kept], is_wanted: Callable[[Term], bool] | None = None) -> tuple[TrendPoint, ...]:
    """The checks by the day that they are of. `is_wanted` says of which providers; a day without any of them is left out.

    Of one dataset there is a point for each day and version, and the last check of it counts. Of several there is a point for each day,
    with what was known then: the last check of every dataset of that day or earlier.
    """
    ordered = sorted(_in_time(known), key=lambda kept: (kept[0].as_of, kept[0].version))
    is_one = len({check.dataset for check, _ in ordered}) == 1
    current: dict[str, Kept] = {}
    points: dict[tuple[object, ...], TrendPoint] = {}
    for check, outline in ordered:
        current[check.dataset] = check, outline
        key = (check.as_of, check.version) if is_one else (check.as_of,)
        points[key] = _point(check, [kept for _, kept in current.values()], is_wanted)
    return tuple(point for point in points.values() if point.providers)


def _point(check: KeptCheck, known: Iterable[Outline], is_wanted: Callable[[Term], bool] | None) -> TrendPoint:
    every = (provider for outline in known for provider in outline.providers)
    wanted = tuple(p for p in every if is_wanted is None or is_wanted(p.provider.term))
    return TrendPoint(check, together(p.score for p in wanted), wanted)


def together(scores: Iterable[Score]) -> Score:
    """The score of several providers: every requirement of each counts once."""
    every = tuple(scores)
    return Score(
        conformant=sum(s.conformant for s in every),
        nonconformant=sum(s.nonconformant for s in every),
        not_checked=sum(s.not_checked for s in every),
        not_applicable=sum(s.not_applicable for s in every),
        waived=sum(s.waived for s in every),
    )


def history(finding: str, known: Sequence[Kept]) -> FindingHistory | None:
    """Since when the finding stands, waived or not; nothing where no check has it.

    Checks are taken by version and, of one version, by the day that they are of.
    """
    ordered = [(check, outline) for check, outline in sorted(_in_time(known), key=_place)]
    has = [finding in outline.standing or finding in outline.waived for _, outline in ordered]
    if not any(has):
        return None
    last = max(number for number, there in enumerate(has) if there)
    first = last
    while first > 0 and has[first - 1]:
        first -= 1
    return FindingHistory(
        id=finding,
        is_standing=has[-1],
        since=ordered[first][0],
        before=ordered[first - 1][0] if first else None,
        checks=tuple(check for (check, _), there in zip(ordered, has, strict=True) if there),
    )


def _place(kept: Kept) -> tuple[object, ...]:
    check, _ = kept
    return check.version, check.as_of, check.at


def _in_time(known: Iterable[Kept]) -> list[Kept]:
    return sorted(known, key=lambda kept: (kept[0].at, kept[0].id))
