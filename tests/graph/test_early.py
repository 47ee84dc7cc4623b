"""Files that are read while libraries are imported: the same columns and errors as without, for those who load just these."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mcqms_kg.errors import UnreadableInput
from mcqms_kg.graph.columns import early, reader
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.gathered import Gathered

LINES = "".join(f'<http://e/{n % 7}> <http://e/p> "{n}" .\n' for n in range(200))
ODD = '_:b.1 <http://e/p> "\\u00e9" .\n'

pytestmark = pytest.mark.skipif(not reader.is_built(), reason="the reader in C is not built")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setattr(early, "LARGE", 1)
    for name, text in (("a.nt", LINES + ODD), ("b.nq", '<http://e/x> <http://e/p> "y" <http://e/g> .\n')):
        (tmp_path / name).write_text(text, "utf-8")
    return [tmp_path / "a.nt", tmp_path / "b.nq"]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of the files that a reader has read, in order; whatever happens, nothing is left begun."""
    names: list[str] = []
    own = reader.Reader.read

    def told(self: reader.Reader, path: Path, *given: object, **named: bool) -> list[str] | None:
        names.append(path.name)
        return own(self, path, *given, **named)  # type: ignore[arg-type]  # as they were given

    monkeypatch.setattr(reader.Reader, "read", told)
    yield names
    assert early._begun == []


def statements(paths: list[Path]) -> list[tuple[str, ...]]:
    with Columns.load_files(paths) as loaded:
        return sorted(loaded.triples())


def test_what_was_begun_is_taken_and_not_read_again(files: list[Path], read: list[str]) -> None:
    expected = statements(files)
    read.clear()
    with early.begun(files):
        assert statements(files) == expected
    assert read[:2] == ["a.nt", "b.nq"] and read.count("a.nt") == 1
    assert len(expected) == 202


def test_files_are_in_order_before_anybody_asks(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless lines are left for the parser, which bring more statements."""
    threads: list[threading.Thread] = []
    own = Gathered.by

    def told(one: reader.Reader, numbers: reader.Int64s) -> Gathered:
        threads.append(threading.current_thread())
        return own(one, numbers)

    monkeypatch.setattr(Gathered, "by", told)
    interval = sys.getswitchinterval()
    with early.begun(files):
        assert len(statements(files)) == 202
    with early.begun(files[1:]):
        assert len(statements(files[1:])) == 1
    assert [thread is threading.main_thread() for thread in threads] == [True, False]
    assert sys.getswitchinterval() == interval


def test_it_is_taken_once(files: list[Path], read: list[str]) -> None:
    with early.begun(files):
        assert statements(files) == statements(files)
    assert read.count("a.nt") == 2


def test_others_are_read_as_ever(files: list[Path], read: list[str]) -> None:
    with early.begun(files):
        assert len(statements(files[1:])) == 1
    assert read.count("b.nq") >= 1


def test_a_bad_line_is_told_when_the_files_are_loaded(files: list[Path], read: list[str]) -> None:
    with files[0].open("a") as file:
        file.write('<http://e/a> <http://e/p> "x"@ .\n')
    with early.begun(files), pytest.raises(UnreadableInput, match="not well-formed") as told:
        Columns.load_files(files)
    assert told.value.place and told.value.place.line == 202
    assert read.count("a.nt") == 1


def test_a_file_that_another_must_read(files: list[Path], read: list[str]) -> None:
    files[0].write_bytes(LINES.encode().replace(b" .\n", b" .\r", 1))
    with early.begun(files):
        assert len(statements(files)) == 201
    assert read.count("a.nt") == 1


def test_a_file_that_is_gone_is_said_by_name(files: list[Path]) -> None:
    with early.begun(files), pytest.raises(UnreadableInput, match="no such file"):
        shutil.move(files[1], files[1].with_suffix(".other"))
        Columns.load_files(files)


def test_nothing_is_begun_where_it_is_not_worth_it(files: list[Path], read: list[str], tmp_path: Path) -> None:
    (tmp_path / "c.ttl").write_text("", "utf-8")
    for paths in ([*files, tmp_path / "c.ttl"], [*files, tmp_path / "absent.nt"], [tmp_path]):
        with early.begun(paths):
            assert early._begun == []
    assert read == []


def test_who_leaves_does_not_wait_for_the_end(files: list[Path]) -> None:
    with pytest.raises(KeyboardInterrupt), early.begun(files):
        raise KeyboardInterrupt
    assert len(statements(files)) == 202
