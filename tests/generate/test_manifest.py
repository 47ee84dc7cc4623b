"""A check of a generated nation finds what the manifest lists: no more, and no less."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generate.nation import AS_OF, OneAfterTheOther, Pairs, check, found, manifest_rows, promised
from mcqms_kg.generate import generate
from mcqms_kg.generate.defects import CATALOGUE, Defect
from mcqms_kg.generate.national_graph import write
from mcqms_kg.model import Verdict


def test_without_defects_every_requirement_is_checked_and_met(tmp_path: Path) -> None:
    path = tmp_path / "nation.nq"
    generate(path, 1, 1, 6, 0, AS_OF)
    report = check(path)
    assert {r.requirement.notation: r.verdict for r in report.requirements()} == {
        r.requirement.notation: Verdict.CONFORMANT for r in report.requirements()
    }
    assert report.verdict is Verdict.CONFORMANT
    assert not report.coverage.not_understood


def test_a_nation_full_of_defects_gives_its_manifest(tmp_path: Path) -> None:
    path = tmp_path / "nation.nq"
    write(path, 1, 3, 6, AS_OF, OneAfterTheOther())
    assert len(promised(path)) > 40
    assert found(check(path)) == promised(path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_half_of_all_things_with_a_defect_give_the_manifest(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "nation.nq"
    generate(path, 2, 10, seed, 0.5, AS_OF)
    assert found(check(path)) == promised(path)


@pytest.mark.slow
@pytest.mark.parametrize("as_of", [dt.date(2024, 2, 29), dt.date(2031, 1, 1)])
def test_the_nation_is_conformant_on_the_day_it_was_made_for(tmp_path: Path, as_of: dt.date) -> None:
    path = tmp_path / "nation.nq"
    generate(path, 2, 12, 3, 0, as_of)
    assert check(path, as_of).verdict is Verdict.CONFORMANT


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Pairs]:
    """A nation with every defect of the catalogue in it once, and what its check found."""
    path = tmp_path_factory.mktemp("everything") / "nation.nq"
    choose = OneAfterTheOther()
    write(path, 16, 90, 1, AS_OF, choose)
    assert not choose.left
    return path, found(check(path))


@pytest.mark.slow
@pytest.mark.parametrize("defect", CATALOGUE, ids=lambda defect: defect.name)
def test_every_defect_is_found_once(everything: tuple[Path, Pairs], defect: Defect) -> None:
    path, pairs = everything
    (row,) = (row for row in manifest_rows(path) if row["defect"] == defect.name)
    assert pairs[row["requirement"], row["focus"]] == promised(path)[row["requirement"], row["focus"]]


@pytest.mark.slow
def test_nothing_but_the_planted_defects_is_found(everything: tuple[Path, Pairs]) -> None:
    path, pairs = everything
    assert pairs == promised(path)
