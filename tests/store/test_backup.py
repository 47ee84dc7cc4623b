"""Backups: everything comes back, and what is not whole is refused before anything is made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mcqms_kg.errors import UnreadableInput, WorkspaceError
from mcqms_kg.store.backup import LIST, back_up, restore
from mcqms_kg.store.export import originals
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import open_workspace
from store.workspaces import hand, new_workspace, turtle


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    with new_workspace(tmp_path / "ws") as workspace:
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p [ ex:q 01 ] ."))
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 2 ."))
        hand(workspace, turtle(tmp_path / "b.ttl", "ex:b ex:p 3 ."), dataset="other")
        assert back_up(workspace, tmp_path / "backup") == 3
    return tmp_path / "backup"


def test_everything_comes_back(tmp_path: Path, backup: Path) -> None:
    assert restore(backup, tmp_path / "new") == 3
    with open_workspace(tmp_path / "ws") as old, open_workspace(tmp_path / "new") as new:
        assert versions(old) == versions(new)
        assert old.home.graphs() == new.home.graphs()
        for version in versions(old):
            same = {name: path.read_bytes() for name, path in originals(old, version).items()}
            assert same == {name: path.read_bytes() for name, path in originals(new, version).items()}
            assert len(list(old.home.match(version.graph))) == len(list(new.home.match(version.graph)))
        hand(new, turtle(tmp_path / "a.ttl", "ex:a ex:p 4 ."))
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_nothing_is_overwritten(tmp_path: Path, backup: Path) -> None:
    with pytest.raises(WorkspaceError, match="there already"):
        restore(backup, tmp_path / "ws")
    with open_workspace(tmp_path / "ws") as workspace, pytest.raises(WorkspaceError, match="there already"):
        back_up(workspace, backup)


@pytest.mark.parametrize("part", ["store.nq", "originals", LIST])
@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_a_backup_that_is_not_whole_is_refused(tmp_path: Path, backup: Path, part: str, damage: str) -> None:
    file = next(p for p in sorted(backup.rglob("*")) if p.is_file() and part in p.relative_to(backup).parts)
    file.chmod(0o644)
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-2])
    with pytest.raises(UnreadableInput):
        restore(backup, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("digests", [["../../../etc/passwd"], "abc", [1], None])
def test_a_list_that_leads_out_of_the_backup_is_refused(tmp_path: Path, backup: Path, digests: object) -> None:
    listed = json.loads((backup / LIST).read_text())
    (backup / LIST).chmod(0o644)
    (backup / LIST).write_text(json.dumps(listed | {"originals": digests}))
    with pytest.raises(UnreadableInput, match="not one of ours"):
        restore(backup, tmp_path / "new")


def test_a_store_with_names_that_lead_out_of_the_workspace_is_refused(tmp_path: Path, backup: Path) -> None:
    from mcqms_kg.graph.digest import sha256

    store = backup / "store.nq"
    store.write_text(store.read_text().replace("dataset/school", "dataset/../../up").replace('"school"', '"../../up"'))
    listed = json.loads((backup / LIST).read_text())
    (backup / LIST).chmod(0o644)
    (backup / LIST).write_text(json.dumps(listed | {"store": sha256(store)}))
    with pytest.raises(WorkspaceError, match="does not hold together"):
        restore(backup, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_an_original_that_the_list_leaves_out_is_missed(tmp_path: Path, backup: Path) -> None:
    listed = json.loads((backup / LIST).read_text())
    (backup / LIST).chmod(0o644)
    (backup / LIST).write_text(json.dumps(listed | {"originals": listed["originals"][1:]}))
    with pytest.raises(WorkspaceError, match="are gone"):
        restore(backup, tmp_path / "new")
    assert not (tmp_path / "new").exists()
