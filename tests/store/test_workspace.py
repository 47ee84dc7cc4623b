"""The workspace as a folder: made once, held by one process, refused where it is something else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mcqms_kg.errors import WorkspaceError
from mcqms_kg.model import Term
from mcqms_kg.store import provenance
from mcqms_kg.store.embedded import LARGE
from mcqms_kg.store.layout import lay_out
from mcqms_kg.store.statements import Written
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import MARK, create, open_workspace
from store.workspaces import hand, new_workspace, turtle


def test_made_once(tmp_path: Path) -> None:
    assert create(tmp_path / "ws")
    assert not create(tmp_path / "ws")


def test_an_init_that_was_killed_can_be_done_again(tmp_path: Path) -> None:
    create(tmp_path / "ws")
    (tmp_path / "ws" / MARK).unlink()
    with pytest.raises(WorkspaceError, match="no workspace here"):
        open_workspace(tmp_path / "ws")
    assert create(tmp_path / "ws")


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(WorkspaceError, match=r"thesis\.doc"):
        create(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_later_format_is_refused(tmp_path: Path) -> None:
    create(tmp_path / "ws")
    (tmp_path / "ws" / MARK).chmod(0o644)
    (tmp_path / "ws" / MARK).write_text("mcqms workspace 2\n")
    with pytest.raises(WorkspaceError, match="does not know"):
        open_workspace(tmp_path / "ws")


def test_another_process_is_told_that_the_workspace_is_in_use(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace:
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 1 ."))
        waiting = tmp_path / "ws" / "incoming" / "copy"
        waiting.write_text("being received")
        other = subprocess.run(
            [sys.executable, "-m", "mcqms_kg", "datasets", "--workspace", str(tmp_path / "ws")],
            capture_output=True,
            text=True,
            check=False,
        )
        assert other.returncode == 2
        assert "Another process has the workspace open" in other.stderr and "Traceback" not in other.stderr
        assert waiting.exists(), "the other process removed what this one is receiving"
        with pytest.raises(WorkspaceError, match="Another process"):
            open_workspace(tmp_path / "ws")
        assert len(versions(workspace)) == 1


def test_a_damaged_store_is_said_to_be_damaged(tmp_path: Path) -> None:
    create(tmp_path / "ws")
    (tmp_path / "ws" / "store" / "CURRENT").write_text("nonsense")
    with pytest.raises(WorkspaceError, match="cannot be opened"):
        open_workspace(tmp_path / "ws")
    shutil.rmtree(tmp_path / "ws" / "store")
    with pytest.raises(WorkspaceError, match="are gone"):
        open_workspace(tmp_path / "ws")


def test_provenance_that_we_did_not_write_is_refused(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace:
        made = hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 1 ."))
        workspace.home.add({provenance.GRAPH: [(made.graph, provenance.TITLE, '"second title"')]})  # type: ignore[list-item]  # text that is a term
        with pytest.raises(WorkspaceError, match="does not hold together"):
            versions(workspace)


def test_files_are_laid_out_under_their_names_as_they_came(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace:
        file = turtle(tmp_path / "data" / "deep" / "a.ttl", "ex:a ex:p 1 .")
        made = hand(workspace, tmp_path / "data")
        for _ in range(2):
            (laid,) = lay_out(workspace, made)
            assert laid == tmp_path / "ws" / "files" / "school" / "1" / "deep" / "a.ttl"
            assert laid.read_bytes() == file.read_bytes()
        inode = laid.stat().st_ino
        assert lay_out(workspace, made) == (laid,) and laid.stat().st_ino == inode, "what others may read was replaced"
        laid.unlink()
        laid.write_text("changed")
        assert lay_out(workspace, made)[0].read_bytes() == file.read_bytes()
        assert [p.name for p in laid.parent.iterdir()] == ["a.ttl"]


def test_a_file_of_statements_that_is_gone_is_told(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace, pytest.raises(WorkspaceError, match="cannot be written"):
        gone = Written(tmp_path / "gone.nt", LARGE + 1)
        workspace.home.add({Term("<http://g/1>"): gone, Term("<http://g/2>"): ()})


def test_a_link_in_the_place_of_a_folder_is_told_and_not_followed(tmp_path: Path) -> None:
    ws, precious = tmp_path / "ws", tmp_path / "precious"
    create(ws)
    precious.mkdir()
    (precious / "file").touch()
    (ws / "incoming").rmdir()
    (ws / "incoming").symlink_to(precious)
    for _ in range(2):
        with pytest.raises(WorkspaceError, match="cannot be written"):
            open_workspace(ws)
    assert (precious / "file").exists()
    (ws / "incoming").unlink()
    open_workspace(ws).close()
