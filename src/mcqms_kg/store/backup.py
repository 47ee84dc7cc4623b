"""A workspace as a folder that can be verified and carried away: the original bytes, and the store as N-Quads."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import cast

from mcqms_kg.errors import Place, UnreadableInput, WorkspaceError
from mcqms_kg.graph.digest import sha256
from mcqms_kg.model import Term
from mcqms_kg.store.audit import FILE as AUDIT
from mcqms_kg.store.audit import AuditLog
from mcqms_kg.store.checks import PLACE, file_of, kept
from mcqms_kg.store.durable import chunks, put, stage, sync_folder
from mcqms_kg.store.embedded import EmbeddedHome
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import Workspace, create, open_workspace

LIST = "backup.json"
_STORE, _AUDIT = "store.nq", AUDIT
_DIGEST = re.compile(r"[0-9a-f]{64}")
_GRAPH = re.compile(r'<[^\x00-\x20<>"{}|^`\\]+>')


def back_up(workspace: Workspace, folder: Path) -> int:
    """Writes a backup into a new folder and tells how many versions it holds.

    The list of digests is written last: a folder without it is no backup.
    """
    if folder.exists():
        raise WorkspaceError("The folder is there already", place=Place(str(folder)), remedy="Choose a new one.")
    home = workspace.embedded
    every = versions(workspace)
    digests = sorted({original.digest for version in every for original in version.originals})
    try:
        (folder / "originals").mkdir(parents=True)
        for digest in digests:
            put(stage(chunks(workspace.originals.find(digest)), folder), folder / "originals" / digest)
        home.dump(folder / _STORE)
        put(stage(AuditLog(workspace.folder).copy(), folder), folder / _AUDIT)
        listed = {
            "format": 1,
            "versions": len(every),
            "store": sha256(folder / _STORE),
            "audit": sha256(folder / _AUDIT),
            "originals": digests,
            "empty_graphs": home.empty_graphs(),
            "checks": _copied_checks(workspace.folder, folder),
        }
        put(stage(iter([json.dumps(listed, indent=1).encode()]), folder), folder / LIST)
        sync_folder(folder)
    except OSError as problem:
        raise WorkspaceError(
            f"The backup cannot be written: {problem.strerror or problem}", place=Place(str(folder))
        ) from problem
    return len(every)


def _copied_checks(workspace: Path, folder: Path) -> dict[str, str]:
    """Copies the checks that are kept, and gives the digest of each by its place; one that cannot be read is no check."""
    found: dict[str, str] = {}
    for check in kept(workspace):
        place = file_of(workspace, check).relative_to(workspace).as_posix()
        copy = stage(chunks(workspace / place), folder)
        found[place] = copy.digest
        put(copy, folder / place, mode=0o600)
    return found


def restore(backup: Path, folder: Path) -> int:
    """Makes a new workspace from a backup and tells how many versions it holds; a workspace that is there is never overwritten.

    Raises `UnreadableInput` where the backup is not whole, byte for byte, and then leaves nothing behind.
    """
    store, digests, empty, checks = _verified(backup)
    if folder.exists():
        raise WorkspaceError(
            "The folder is there already", place=Place(str(folder)), remedy="Choose a new one with --workspace."
        )
    beside = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        create(beside)
        for digest, path in digests.items():
            target = beside / "originals" / digest[:2] / digest
            put(stage(chunks(path), beside / "incoming"), target)
        if (backup / _AUDIT).is_file():  # verified, and absent from backups of earlier versions
            put(stage(chunks(backup / _AUDIT), beside / "incoming"), beside / AUDIT, mode=0o600)
        for place in checks:
            put(stage(chunks(backup / place), beside / "incoming"), beside / place, mode=0o600)
        home = EmbeddedHome(beside / "store")
        home.load(store, empty)
        home.close()
        with open_workspace(beside) as made:
            restored = versions(made)
            for original in (o for version in restored for o in version.originals):
                made.originals.find(original.digest)
        kept(beside)
        beside.replace(folder)
        sync_folder(folder.absolute().parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return len(restored)


def _verified(backup: Path) -> tuple[Path, dict[str, Path], tuple[Term, ...], tuple[str, ...]]:
    """The store's file, the originals by digest, the graphs without statements, and the places of the checks that were kept.

    Every file has the digest that the list promises.
    """
    try:
        listed = json.loads((backup / LIST).read_bytes())
    except (OSError, ValueError) as problem:
        raise UnreadableInput("There is no whole backup here", place=Place(str(backup))) from problem
    if not isinstance(listed, dict) or listed.get("format") != 1 or not _is_listed(listed):
        raise UnreadableInput("The list of the backup is not one of ours", place=Place(str(backup / LIST)))
    promised = {backup / "originals" / digest: digest for digest in cast(list[str], listed["originals"])}
    others = {
        backup / name: listed.get(kind) for name, kind in ((_STORE, "store"), (_AUDIT, "audit")) if kind in listed
    }
    if (backup / _STORE) not in others or ((backup / _AUDIT).exists() and (backup / _AUDIT) not in others):
        raise UnreadableInput("The list of the backup does not name all that is here", place=Place(str(backup / LIST)))
    checks = cast(dict[str, str], listed.get("checks", {}))
    others |= {backup / place: digest for place, digest in checks.items()}
    for path, digest in (promised | others).items():
        if not path.is_file() or sha256(path) != digest:
            raise UnreadableInput(
                "The file is gone or is not what was backed up", place=Place(str(path)), remedy="Use another backup."
            )
    empty = tuple(map(Term, listed.get("empty_graphs", ())))
    return backup / _STORE, {digest: path for path, digest in promised.items()}, empty, tuple(checks)


def _is_listed(listed: dict[str, object]) -> bool:
    """Whether the digests are digests and the names are names; a list from before there were empty graphs or checks has none."""
    checks = listed.get("checks", {})
    if not (isinstance(checks, dict) and all(PLACE.fullmatch(place) for place in checks)):
        return False
    return all(
        isinstance(given, list) and all(isinstance(item, str) and form.fullmatch(item) for item in given)
        for given, form in ((listed.get("originals"), _DIGEST), (listed.get("empty_graphs", []), _GRAPH))
    )
