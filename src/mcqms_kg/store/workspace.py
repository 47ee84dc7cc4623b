"""The folder a store lives in, with the original bytes beside it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from mcqms_kg.errors import NotOnServer, Place, WorkspaceError
from mcqms_kg.settings import Settings, store_addresses
from mcqms_kg.store.durable import put, stage
from mcqms_kg.store.embedded import EmbeddedHome
from mcqms_kg.store.home import Home
from mcqms_kg.store.originals import Originals
from mcqms_kg.store.remote_change import Journal

MARK = "workspace.txt"
FORMAT = b"mcqms workspace 1\n"
"""What the mark says; it is written last, so that a folder with it is whole."""
CHECKPOINTS = "checkpoints"
CHECKS = "checks"
SCRATCH = "scratch"
"""What a service works at; it goes when the workspace is opened again."""
JOURNAL = "sent.json"
"""What is being sent to a server that holds the graphs."""
_PARTS = {
    "store",
    "originals",
    "incoming",
    "files",
    SCRATCH,
    CHECKPOINTS,
    CHECKS,
    "audit.jsonl",
    "tokens.json",
    JOURNAL,
}


@dataclass(frozen=True)
class Workspace:
    """An open workspace; one process has it at a time. Close it, or use it in `with`.

    `home` is where the graphs are. `lock` is the store in the folder, which keeps other processes out; it is the home too,
    unless the graphs are on a server.
    """

    folder: Path
    home: Home
    lock: EmbeddedHome
    originals: Originals

    @property
    def is_on_server(self) -> bool:
        """Whether the graphs are behind a SPARQL endpoint, and only the rest is in the folder."""
        return self.home is not self.lock

    @property
    def embedded(self) -> EmbeddedHome:
        """The home in the folder; raises `NotOnServer` where the graphs are on a server."""
        if not self.is_on_server:
            return self.lock
        raise NotOnServer(
            "This needs the graphs in the workspace, and they are on a server",
            place=Place("MCQMS_STORE"),
            remedy="Use the server's own means.",
        )

    def close(self) -> None:
        if self.home is not self.lock:
            self.home.close()
        self.lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def create(folder: Path) -> bool:
    """Makes a workspace; tells whether it is new. Raises `WorkspaceError` for a folder that holds something else."""
    if (folder / MARK).is_file():
        open_workspace(folder).close()
        return False
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = sorted(p.name for p in folder.iterdir() if p.name not in _PARTS)
        if foreign:
            raise WorkspaceError(
                f"The folder holds something else: {foreign[0]}",
                place=Place(str(folder)),
                remedy="Choose a new folder, or an empty one.",
            )
        originals = _originals(folder)
        originals.folder.mkdir(exist_ok=True)
        EmbeddedHome(folder / "store", new=True).close()
        originals.clean()
        put(stage(iter([FORMAT]), originals.incoming), folder / MARK)
    except OSError as problem:
        raise WorkspaceError(
            f"The workspace cannot be made: {problem.strerror}",
            place=Place(str(folder)),
            remedy="Choose another folder.",
        ) from problem
    return True


def marked(folder: Path) -> Path:
    """The folder, where it is a workspace of ours; another process may have it. Raises `WorkspaceError`."""
    mark = folder / MARK
    if not mark.is_file():
        raise WorkspaceError(
            "There is no workspace here",
            place=Place(str(folder)),
            remedy="Make one with `mcqms init`, or give files where the verb takes some.",
        )
    if mark.read_bytes() != FORMAT:
        raise WorkspaceError(
            "The workspace has a format that this version does not know",
            place=Place(str(mark)),
            remedy="Use the version of mcqms-kg that made it.",
        )
    return folder


def open_workspace(folder: Path) -> Workspace:
    """The workspace in the folder; what a process that died left unfinished is removed.

    Raises `WorkspaceError` where there is none, another process has it open, or it was made by a version we do not know.
    """
    marked(folder)
    lock = EmbeddedHome(folder / "store")  # first, as it keeps other processes out
    originals = _originals(folder)
    try:
        originals.clean()
    except OSError as problem:
        lock.close()
        raise WorkspaceError(
            f"The workspace cannot be written: {problem.strerror}",
            place=Place(str(originals.incoming)),
            remedy="See that it is a folder of yours that can be written.",
        ) from problem
    for left in (CHECKPOINTS, SCRATCH):
        shutil.rmtree(folder / left, ignore_errors=True)
    return Workspace(folder, _remote(folder, lock) or lock, lock, originals)


def _remote(folder: Path, lock: EmbeddedHome) -> Home | None:
    addresses = store_addresses()
    if addresses is None:
        return None
    from mcqms_kg.store.remote import RemoteHome  # only then is its package needed

    journal = Journal(folder / JOURNAL, folder / "incoming")
    try:
        home = RemoteHome(*addresses, Settings.from_environment().store_timeout_s, journal)
        home.finish()
    except BaseException:  # Ctrl-C too: the folder is not left locked
        lock.close()
        raise
    return home


def _originals(folder: Path) -> Originals:
    return Originals(folder / "originals", folder / "incoming")
