"""The bytes of every file as it came, by their SHA-256; never changed, never written twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput, WorkspaceError
from mcqms_kg.graph.digest import sha256
from mcqms_kg.settings import Settings
from mcqms_kg.store.durable import Staged, chunks, no_room, put, stage


@dataclass(frozen=True)
class Originals:
    """The folder they lie in, and the one where they wait while they are read."""

    folder: Path
    incoming: Path

    def receive(self, path: Path, settings: Settings) -> Staged:
        """A copy of a file that was handed in.

        Raises `UnreadableInput` where it cannot be read or is too large, and `Unavailable` where there is no room for it.
        """
        try:
            return stage(_bounded(path, settings.max_input_bytes), self.incoming)
        except OSError as problem:
            raise no_room(problem) or UnreadableInput(
                f"The file cannot be read: {problem.strerror}", place=Place(str(path)), remedy="Check the name."
            ) from problem

    def keep(self, staged: Sequence[Staged]) -> None:
        """Gives received copies their lasting place."""
        for copy in staged:
            if self._place(copy.digest).is_file():
                copy.path.unlink()
            else:
                put(copy, self._place(copy.digest))

    def find(self, digest: str) -> Path:
        """Where the bytes of that digest lie; raises `WorkspaceError` where they are gone or are no longer the same."""
        path = self._place(digest)
        if path.is_file() and sha256(path) == digest:
            return path
        raise WorkspaceError(
            "The original bytes are gone or were changed" if path.is_file() else "The original bytes are gone",
            place=Place(str(path)),
            remedy="Restore the workspace from a backup into a new folder.",
        )

    def clean(self) -> None:
        """Removes what a process that died has left waiting."""
        shutil.rmtree(self.incoming, ignore_errors=True)
        self.incoming.mkdir()

    def _place(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def _bounded(path: Path, limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks(path):
        size += len(chunk)
        if size > limit:
            raise UnreadableInput(
                f"The file is larger than {limit} bytes",
                place=Place(str(path)),
                remedy="Split the file, or raise MCQMS_MAX_INPUT_BYTES.",
            )
        yield chunk
