"""Kept checks: whole or not there, bounded, carried by backups, and nothing else is taken for one."""

from __future__ import annotations

import datetime as dt
import gzip
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import mcqms_kg
from mcqms_kg import operations
from mcqms_kg.errors import BadValue, UnknownName, UnreadableInput, WorkspaceError
from mcqms_kg.model import CheckReport, Choice, KeptCheck, Named
from mcqms_kg.operations.kept_checks import KeptAs, described, written
from mcqms_kg.operations.overviews import How, of_kept
from mcqms_kg.store import checks
from mcqms_kg.store.backup import back_up, restore
from store.workspaces import NOON, hand, new_workspace, turtle

STORY = Path(__file__).resolve().parents[2] / "data" / "flawed-provider"
DAY = dt.date(2026, 6, 30)


@cache
def report() -> CheckReport:
    return mcqms_kg.check([STORY], as_of=DAY)


def kept_as(number: int, dataset: str = "school", version: int = 1) -> KeptAs:
    return KeptAs(f"{number:032x}", dataset, version, "Ana", "admin", NOON + dt.timedelta(minutes=number))


def keep(folder: Path, number: int, most: int = 50, *, version: int = 1, day: dt.date = DAY) -> KeptCheck:
    found = replace(report(), as_of=day)
    known = described(found, kept_as(number, version=version))
    checks.keep(folder, known, written(found, kept_as(number, version=version)), most)
    return known


def test_what_is_kept_is_what_was_checked(tmp_path: Path) -> None:
    known = keep(tmp_path, 1)
    path = checks.file_of(tmp_path, known)
    assert checks.kept(tmp_path) == (known,) == (checks.find(tmp_path, known.id),)
    assert checks.read_report(path) == report()
    assert (known.findings, known.score, known.rulebook_digest) == (
        len(report().findings()),
        report().score,
        report().rulebook_digest,
    )
    outline = checks.read_outline(path)
    assert outline.standing == tuple(f.id for f in report().findings())
    assert [p.score for p in outline.providers] == [p.score for p in report().providers]
    assert path.stat().st_mode & 0o077 == 0


def test_the_oldest_go_and_what_says_the_same(tmp_path: Path) -> None:
    for number in range(1, 6):
        keep(tmp_path, number, most=3, day=DAY + dt.timedelta(days=number))
    assert [int(known.id, 16) for known in checks.kept(tmp_path)] == [5, 4, 3]
    keep(tmp_path, 9, most=3, day=DAY + dt.timedelta(days=4))
    assert [int(known.id, 16) for known in checks.kept(tmp_path)] == [9, 5, 3]
    keep(tmp_path, 10, most=3, version=2, day=DAY + dt.timedelta(days=4))
    assert [int(known.id, 16) for known in checks.kept(tmp_path)] == [10, 9, 5]
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and p.suffix != ".gz"]


def test_a_check_that_goes_while_checks_are_looked_at_is_looked_for_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = keep(tmp_path, 1), keep(tmp_path, 2, day=DAY + dt.timedelta(days=1))
    files = checks._files
    monkeypatch.setattr(
        checks, "_files", lambda *of: iter([*files(*of), tmp_path / "checks" / "school" / "gone.json.gz"])
    )
    assert checks.kept(tmp_path) == (new, old)
    read, gone = checks.read_report, [checks.file_of(tmp_path, new)]

    def reading(path: Path) -> CheckReport:
        while gone:
            gone.pop().unlink()  # between the list and the reading
        return read(path)

    monkeypatch.setattr(checks, "read_report", reading)
    found = of_kept(tmp_path, [("school", 1)], How("mcqms"), Choice(), 90)
    assert found.as_of == DAY and not gone
    with pytest.raises(UnknownName) as problem:
        read(checks.file_of(tmp_path, new))
    assert str(tmp_path) not in str(problem.value)


def test_what_cannot_be_opened_does_not_name_the_folder(tmp_path: Path) -> None:
    path = checks.file_of(tmp_path, keep(tmp_path, 1))
    path.unlink()
    path.mkdir()
    with pytest.raises(WorkspaceError) as problem:
        checks.read_report(path)
    assert str(tmp_path) not in problem.value.what


def damaged(whole: bytes) -> dict[str, bytes]:
    """The file of a check after what may happen to files."""
    text = gzip.decompress(whole)
    return {
        "cut": whole[: len(whole) // 2],
        "empty": b"",
        "no gzip": b"hello",
        "another JSON": gzip.compress(b'{"a": 1}\n', mtime=0),
        "no end of line": gzip.compress(b"x" * 70_000, mtime=0),
        "another format": gzip.compress(text.replace(b"mcqms check 1", b"mcqms check 9"), mtime=0),
        "another place": gzip.compress(text.replace(b'"dataset":"school"', b'"dataset":"shoool"'), mtime=0),
    }


@pytest.mark.parametrize(
    "damage", ["cut", "empty", "no gzip", "another JSON", "no end of line", "another format", "another place"]
)
def test_what_is_no_check_of_ours_is_said(tmp_path: Path, damage: str) -> None:
    path = checks.file_of(tmp_path, keep(tmp_path, 1))
    path.write_bytes(damaged(path.read_bytes())[damage])
    with pytest.raises(WorkspaceError, match="cannot be read") as said:
        checks.kept(tmp_path)
        checks.read_report(path)
    assert said.value.place and said.value.place.file == str(path) and said.value.remedy


@pytest.mark.parametrize(("part", "other"), [(b'"grade":"major"', b'"grade":"awful"'), (b'"share"', b'"sharp"')])
def test_a_report_of_another_shape_is_refused(tmp_path: Path, part: bytes, other: bytes) -> None:
    path = checks.file_of(tmp_path, keep(tmp_path, 1))
    lines = gzip.decompress(path.read_bytes()).split(b"\n")
    lines[2] = lines[2].replace(part, other) if part in lines[2] else b"[]"
    path.write_bytes(gzip.compress(b"\n".join(lines), mtime=0))
    assert len(checks.kept(tmp_path)) == 1
    with pytest.raises(WorkspaceError, match="cannot be read"):
        checks.read_report(path)


@pytest.mark.parametrize("id_", ["", "../../etc/passwd", "*", "0" * 31, "G" * 32])
def test_no_path_comes_from_an_id(tmp_path: Path, id_: str) -> None:
    keep(tmp_path, 1)
    with pytest.raises(UnknownName):
        checks.find(tmp_path, id_)
    with pytest.raises(BadValue):
        checks.forget(tmp_path, "school", id_)


def test_a_name_that_is_no_text_is_refused() -> None:
    odd = replace(report().providers[0], provider=Named(report().providers[0].provider.term, {"en": "\ud800"}))
    with pytest.raises(BadValue, match="Unicode"):
        written(replace(report(), providers=(odd,)), kept_as(1))


def test_backups_carry_them(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace:
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 1 ."))
        known = keep(workspace.folder, 1)
        back_up(workspace, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "new")
    assert checks.kept(tmp_path / "new") == (known,)
    assert checks.read_report(checks.file_of(tmp_path / "new", known)) == report()


def test_a_backup_with_a_changed_check_is_refused(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace:
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 1 ."))
        known = keep(workspace.folder, 1)
        back_up(workspace, tmp_path / "backup")
    checks.file_of(tmp_path / "backup", known).write_bytes(b"other")
    with pytest.raises(UnreadableInput):
        restore(tmp_path / "backup", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_check_of_a_dataset_is_kept_and_found(tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    mcqms_kg.init(folder)
    mcqms_kg.import_files([STORY], "horizon", by="Ana", workspace=folder)
    made = mcqms_kg.check(dataset="horizon", as_of=DAY, workspace=folder)
    (known,) = operations.checks("horizon", workspace=folder)
    assert (known.version, known.as_of, known.profile, known.engine) == (1, DAY, "mcqms", "columns")
    assert operations.kept_report(known.id, workspace=folder) == made
    begun, done = operations.audit(workspace=folder)[-2:]
    assert (begun.deed.action, done.deed.about["check"]) == ("check", known.id)
