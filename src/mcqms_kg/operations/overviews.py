"""A check as a regulator looks at it, of files or of what a workspace keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import mcqms_kg
from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.model import Choice, KeptCheck, Overview
from mcqms_kg.operations.checking import check
from mcqms_kg.operations.defaults import DEFAULT_ENGINE, DEFAULT_PROFILE
from mcqms_kg.operations.rulebooks import as_date, rulebook_for
from mcqms_kg.rules.overview import overview_of
from mcqms_kg.shacl.engines import Progress

if TYPE_CHECKING:
    from mcqms_kg.operations.workspaces import Where

DAYS = 90
"""How far ahead deadlines are listed where nothing else is asked."""
_TRIES = 5


def overview(
    paths: Iterable[Path | str] = (),
    *,
    dataset: str | None = None,
    version: int | None = None,
    workspace: Where = None,
    profile: str = DEFAULT_PROFILE,
    as_of: dt.date | str | None = None,
    sector: str = "",
    level: str = "",
    kind: str = "",
    provider: str = "",
    days: int = DAYS,
    engine: str = DEFAULT_ENGINE,
    progress: Progress | None = None,
) -> Overview:
    """Every provider in the data with its verdicts and score, the score of all together, the weakest clauses, and what is due.

    The data are files; or a dataset, which is checked unless that check is kept; or, where neither is given, the latest kept check of
    every dataset in the workspace. Without `as_of` a dataset's latest check is taken, whatever its date. What is kept has a trend.
    `sector`, `level`, `kind` and `provider` choose among the providers; each is an IRI, the end of one, or a label. Raises `UnknownName`
    for what the data does not have, and whatever `check` raises.
    """
    choice = Choice(sector, level, kind, provider)
    given = tuple(paths)
    if dataset is None and version is not None:
        raise BadValue("A version was named without a dataset", remedy="Name the dataset too.")
    if dataset is not None and given:
        raise BadValue("Files and a dataset were given", remedy="Give files, or name a dataset.")
    how = How(profile, as_date(as_of) if as_of else None, engine, progress)
    if given:
        report = check(given, profile=profile, as_of=how.as_of, engine=engine, progress=progress)
        return overview_of([(report, None)], choice, days)
    from mcqms_kg.operations.workspaces import folder_of  # the store takes long to import: only where it is used

    if dataset is not None:
        _check_where_needed(dataset, version, workspace, how)
    return of_kept(folder_of(workspace), _versions(dataset, version, workspace), how, choice, days)


@dataclass(frozen=True)
class How:
    """What the checks that are looked at must go by; without a date, the latest of them."""

    profile: str
    as_of: dt.date | None = None
    engine: str = DEFAULT_ENGINE
    progress: Progress | None = None


def of_kept(folder: Path, versions: Iterable[tuple[str, int]], how: How, choice: Choice, days: int) -> Overview:
    """The overview over kept checks of these versions of datasets: of each dataset that of the highest version that was checked.

    No other check is looked at, for the trend neither. Raises `UnknownName` where none is kept.
    """
    from mcqms_kg.store import checks as store  # likewise

    wanted = frozenset(versions)
    for _ in range(_TRIES - 1):
        with suppress(store.Gone):  # a newer check took the place of one meanwhile
            return _of_kept(folder, wanted, how, choice, days)
    return _of_kept(folder, wanted, how, choice, days)


def _of_kept(folder: Path, wanted: frozenset[tuple[str, int]], how: How, choice: Choice, days: int) -> Overview:
    from mcqms_kg.store import checks as store  # likewise

    names = {dataset for dataset, _ in wanted}
    known = [c for c in store.kept(folder) if (c.dataset, c.version) in wanted and c.profile == how.profile]
    latest = latest_of(known, how.as_of)
    if not latest:
        named = ", ".join(sorted(names)) or "any dataset"
        day = f" as of {how.as_of}" if how.as_of else ""
        raise UnknownName(
            f"No check of {named} by the profile {how.profile}{day} is kept", remedy="Check the dataset first."
        )
    checked = [(store.read_report(store.file_of(folder, one)), one) for one in latest]
    unchecked = sorted(names - {one.dataset for one in latest})
    return with_trend(overview_of(checked, choice, days, unchecked, how.as_of), folder, known)


def latest_of(known: Iterable[KeptCheck], as_of: dt.date | None) -> tuple[KeptCheck, ...]:
    """Of each dataset the check of its highest version, and of these the one made last; only those that fit."""
    found: dict[str, KeptCheck] = {}
    for one in known:
        best = found.get(one.dataset)
        if as_of in (None, one.as_of):
            found[one.dataset] = one if best is None or _place(one) > _place(best) else best
    return tuple(found[name] for name in sorted(found))


def _place(check: KeptCheck) -> tuple[object, ...]:
    return check.version, check.at, check.id


def _versions(dataset: str | None, version: int | None, workspace: Where) -> frozenset[tuple[str, int]]:
    from mcqms_kg.operations.workspaces import datasets  # likewise
    from mcqms_kg.store.shipped import SHIPPED

    every = datasets(dataset, workspace=workspace)
    return frozenset((v.dataset, v.number) for v in every if v.dataset != SHIPPED and version in (None, v.number))


def _check_where_needed(dataset: str, version: int | None, workspace: Where, how: How) -> None:
    """Checks the version unless that check is kept: without a date any will do, with one it must be by the same rulebook and software."""
    from mcqms_kg.operations.kept_checks import checks  # likewise
    from mcqms_kg.operations.workspaces import at_hand
    from mcqms_kg.store import versions

    with at_hand(workspace) as opened:
        number = versions.version(opened, dataset, version).number
    known = [c for c in checks(dataset, profile=how.profile, workspace=workspace) if c.version == number]
    if not any(how.as_of is None or _is_same(c, how) for c in known):
        check(
            dataset=dataset,
            version=number,
            workspace=workspace,
            profile=how.profile,
            as_of=how.as_of,
            engine=how.engine,
            progress=how.progress,
        )


def _is_same(known: KeptCheck, how: How) -> bool:
    if known.as_of != how.as_of:
        return False
    wanted = (rulebook_for(how.profile, known.as_of).digest, how.engine, mcqms_kg.__version__)
    return (known.rulebook_digest, known.engine, known.software) == wanted


def with_trend(overview: Overview, folder: Path, known: Sequence[KeptCheck]) -> Overview:
    """The overview with the scores that these checks gave the same providers."""
    from mcqms_kg.operations.kept_checks import trend_of  # likewise

    whose = {row.verdict.provider.term for row in overview.providers}
    is_wanted = whose.__contains__ if overview.choice else None
    return replace(overview, trend=trend_of(folder, known, is_wanted))
