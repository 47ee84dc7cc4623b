"""The overview of a nation: what all providers come to together, and what is due."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import mcqms_kg
from mcqms_kg.errors import UnknownName
from mcqms_kg.generate import generate
from mcqms_kg.model import CheckReport, Choice, Overview, Verdict
from mcqms_kg.rules.overview import overview

DATE = dt.date(2026, 6, 30)


@cache
def report() -> CheckReport:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "nation.nq"
        generate(path, 4, 24, 8, 0.3, DATE)
        return mcqms_kg.check([path], as_of=DATE)


def looked_at(*, days: int = 90, **chosen: str) -> Overview:
    return overview(report(), Choice(**chosen), days)


def test_the_score_counts_every_requirement_of_every_provider_once() -> None:
    found = looked_at()
    verdicts = Counter(s.verdict for p in report().providers for s in p.requirements if not s.is_waived)
    assert len(found.providers) == 4
    assert found.score.numerator == verdicts[Verdict.CONFORMANT] > 0
    counted = (Verdict.CONFORMANT, Verdict.NONCONFORMANT, Verdict.NOT_CHECKED)
    assert found.score.denominator == sum(verdicts[v] for v in counted)
    assert found.counts.standing == len(report().findings())


def test_every_row_has_the_same_clauses_and_they_add_up() -> None:
    found = looked_at()
    for number, clause in enumerate(found.clauses):
        each = [row.clauses[number] for row in found.providers]
        assert {c.clause.iri for c in each} == {clause.clause.iri}
        assert sum(c.score.numerator for c in each) == clause.score.numerator
        assert sum(c.score.denominator for c in each) == clause.score.denominator
    roots = [c for c in found.clauses if c.depth == 0]
    assert sum(c.score.denominator for c in roots) == found.score.denominator


def test_the_weakest_clauses_are_the_lowest() -> None:
    found = looked_at()
    shares = [c.score.share for c in found.weakest]
    assert shares == sorted(shares, key=lambda share: share or 0) and shares[0] is not None
    others = [c for c in found.clauses if c.requirements and c not in found.weakest and c.score.share is not None]
    assert all((c.score.share or 0) >= (shares[-1] or 0) for c in others)


def test_a_choice_of_one_provider() -> None:
    one = report().providers[2]
    found = looked_at(provider=one.provider.label["id"].upper())
    assert [row.verdict for row in found.providers] == [one]
    assert (found.score, found.counts) == (one.score, one.counts)
    assert found.evidence and {e.provider for e in found.evidence} == {one.provider.term}
    assert len(found.all_providers) == 4


def test_a_choice_of_a_level() -> None:
    level = looked_at().all_levels[0]
    fitting = [p.provider for p in report().providers if level in p.levels]
    for text in (level.term, level.term[1:-1], level.label["en"]):
        assert [row.verdict.provider for row in looked_at(level=text).providers] == fitting


@pytest.mark.parametrize("part", ["sector", "level", "kind", "provider"])
def test_what_is_not_in_the_data_is_said(part: str) -> None:
    with pytest.raises(UnknownName, match=f"no {part} 'nowhere'"):
        overview(report(), Choice(**{part: "nowhere"}), 90)


def test_deadlines_are_by_the_date_of_the_check() -> None:
    found, longer = looked_at(), looked_at(days=365)
    assert {DATE <= d.day <= DATE + dt.timedelta(days=90) for d in found.deadlines} == {True}
    assert len(longer.deadlines) > len(found.deadlines)
    assert [d.day for d in longer.deadlines] == sorted(d.day for d in longer.deadlines)
    assert all(d.day < DATE for d in found.overdue)


def test_open_actions_have_an_owner_and_a_day() -> None:
    actions = looked_at().actions
    assert actions and all(a.problem for a in actions)
    assert any(a.owner and a.holder and a.due and a.reported for a in actions)
    assert not any(a.completed and a.completed <= DATE for a in actions)


def test_evidence_has_a_day_and_a_digest() -> None:
    every = looked_at().evidence
    whole = [e for e in every if len(e.sha256) == 64 and e.day and e.issued_by and e.shows]
    assert len(whole) > 0.9 * len(every) > 50  # the others have a planted defect


def test_files_are_checked_and_looked_at(tmp_path: Path) -> None:
    generate(tmp_path / "nation.nq", 2, 4, 8, 0.3, DATE)
    found = mcqms_kg.overview([tmp_path / "nation.nq"], as_of="2026-06-30")
    assert len(found.providers) == 2 and found.check is None
