"""The process that checks, from inside: what it does with errors that nobody foresaw, and with what it keeps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mcqms_kg.errors import Cancelled, Unavailable, Unsupported
from mcqms_kg.operations import as_date
from mcqms_kg.operations.rechecking import Following
from mcqms_kg.service.jobs.checker.checker import Checker
from mcqms_kg.service.jobs.checker.kinds import KINDS
from mcqms_kg.service.jobs.checker.known_reports import REPORT, KnownReports, report_of
from mcqms_kg.service.jobs.work import CheckFiles, Outcome, Request, Step, Work
from service.served import DAY

DATA = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix e: <http://e/> . e:school a mc:Provider ; rdfs:label "School"@en .
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in; afterwards the test is where it was."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.ttl").write_text(DATA)
    return tmp_path


def request(home: Path, name: str, dataset: str, kept: int = 100_000) -> Request:
    folder = home / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    work = CheckFiles(home, ("data.ttl",), "mcqms", as_date(DAY), "columns", dataset)
    return Request(name, folder, work, 1000, kept)


def test_datasets_are_kept_up_to_a_number_of_statements(home: Path) -> None:
    told: list[Step] = []
    one = Checker()
    first = one.answer(request(home, "a", "one"), told.append)
    assert isinstance(first, Outcome) and told and (home / "a" / REPORT).is_file()
    told.clear()
    assert one.answer(request(home, "b", "one"), told.append) == first and not told, "it was asked anew"
    one.answer(request(home, "c", "two"), told.append)
    assert told and [key[0] for key in one.memory.followed] == ["one", "two"]
    room = max(kept.statements for kept in one.memory.followed.values()) + 1
    one.answer(request(home, "d", "one", kept=room), told.append)
    assert [key[0] for key in one.memory.followed] == ["one"]
    one.answer(request(home, "e", "one", kept=1), told.append)
    assert not one.memory.followed


def test_one_that_was_stopped_before_it_began_does_nothing(home: Path) -> None:
    one = Checker()
    one.stop("a")
    with pytest.raises(Cancelled):
        one.answer(request(home, "a", "one"), print)
    assert not one.memory.followed and not (home / "a" / REPORT).exists()


def test_what_nobody_foresaw_is_refused_by_name(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("/some/path")

    monkeypatch.setattr(Following, "check", broken)
    with pytest.raises(Unsupported, match=r"cannot be worked at \(KeyError\)") as found:
        Checker().answer(request(home, "a", "one"), print)
    assert "/some/path" not in str(found.value)


def test_every_kind_of_work_is_done_by_a_function() -> None:
    assert set(KINDS) == set(Work.__subclasses__())


def test_a_report_that_is_gone_is_told_as_that(tmp_path: Path) -> None:
    """Somebody ended the check while its findings were asked for."""
    with pytest.raises(Unavailable, match="removed a moment ago"):
        KnownReports().report(tmp_path / "gone")
    with pytest.raises(Unavailable, match="removed a moment ago"):
        report_of(tmp_path / "gone")
