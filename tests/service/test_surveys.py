"""The overview in parts: however many providers there are, a page gets few, the worst first, and nothing it does not show."""

from __future__ import annotations

import datetime as dt
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

import mcqms_kg
from mcqms_kg.errors import UnknownName
from mcqms_kg.generate import generate
from mcqms_kg.model import CheckReport, Choice, Named, ProviderVerdict, Term
from mcqms_kg.service.jobs.surveys import LookOver, Surveys

DATE = dt.date(2026, 6, 30)
MANY = 3000


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> CheckReport:
    """A check of four providers, who then are as many as `MANY`."""
    path = tmp_path_factory.mktemp("many") / "nation.nq"
    generate(path, 4, 12, 8, 0.3, DATE)
    found = mcqms_kg.check([path], as_of=DATE)
    return replace(found, providers=tuple(_another(found.providers[n % 4], n) for n in range(MANY)))


def _another(provider: ProviderVerdict, number: int) -> ProviderVerdict:
    name = f"Provider {number}"
    return replace(provider, provider=Named(Term(f"<https://example.org/p{number}>"), {"en": name, "id": name}))


def work(order: str = "worst", offset: int = 0, limit: int = 100, **choice: str) -> LookOver:
    return LookOver(((Path("x"), None),), Choice(**choice), 90, order, offset, limit, 10, Path(), ())


def test_a_page_is_a_part_of_all_in_one_order(report: CheckReport) -> None:
    surveys = Surveys(lambda _: report)
    pages = [surveys.of(work(offset=offset, limit=1000)) for offset in range(0, MANY, 1000)]
    rows = [row for page in pages for row in page.overview.providers]
    assert all(page.total == MANY for page in pages) and len({row.verdict.provider.term for row in rows}) == MANY
    shares = [row.verdict.score.share or 0.0 for row in rows]
    assert shares == sorted(shares)
    best = surveys.of(work("best", limit=10)).overview.providers
    assert best[0].verdict.score.share == max(shares)
    names = [row.verdict.provider.label["en"] for row in surveys.of(work("name", limit=500)).overview.providers]
    assert names == sorted(names)


def test_a_page_is_small_and_carries_no_findings(report: CheckReport) -> None:
    page = Surveys(lambda _: report).of(work())
    assert len(page.overview.providers) == 100 and not page.overview.findings and not page.overview.waived
    assert not any(row.verdict.requirements for row in page.overview.providers)
    assert len(pickle.dumps(page)) < 2_000_000


def test_a_provider_alone_has_its_requirements(report: CheckReport) -> None:
    (row,) = Surveys(lambda _: report).of(work(limit=1, provider="https://example.org/p7")).overview.providers
    assert row.verdict.provider.label["en"] == "Provider 7" and row.verdict.requirements


def test_overviews_are_made_once(report: CheckReport) -> None:
    asked: list[Path] = []

    def read(folder: Path) -> CheckReport:
        asked.append(folder)
        return report

    surveys = Surveys(read)
    for offset in (0, 100, 200):
        surveys.of(work(offset=offset))
    assert len(asked) == 1
    with pytest.raises(UnknownName):
        surveys.of(work(level="nowhere"))


def test_groups_hold_everybody_who_belongs_to_them_and_add_up(report: CheckReport) -> None:
    surveys = Surveys(lambda _: report)
    whole = surveys.of(replace(work(limit=100_000), group="level"))
    members = [(group.named, row) for group in whole.groups for row in group.rows]
    stated = [level.term for provider in report.providers for level in provider.levels or ()]
    assert len(members) == whole.total == len(stated) + sum(not p.levels for p in report.providers)
    for named, row in members:
        assert named is None or named.term in {level.term for level in row.verdict.levels}
    for group in whole.groups:
        assert group.total == len(group.rows)
        assert group.score.denominator == sum(row.verdict.score.denominator for row in group.rows)
    shares = [group.score.share or 0.0 for group in whole.groups if group.named]
    assert shares == sorted(shares) and len(shares) > 1


def test_groups_come_in_parts_too(report: CheckReport) -> None:
    surveys = Surveys(lambda _: report)
    whole = surveys.of(replace(work(limit=100_000), group="level"))
    parts = [surveys.of(replace(work(offset=at, limit=1000), group="level")) for at in range(0, whole.total, 1000)]
    rows = [row.verdict.provider.term for part in parts for group in part.groups for row in group.rows]
    assert rows == [row.verdict.provider.term for group in whole.groups for row in group.rows]
    assert all(sum(len(group.rows) for group in part.groups) <= 1000 for part in parts)
