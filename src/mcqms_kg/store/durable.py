"""Files that are whole or not there, and on the disk when a function returns."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.errors import Unavailable
from mcqms_kg.settings import MEBIBYTE

_CANNOT_WRITE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)


@dataclass(frozen=True)
class Staged:
    """A copy that waits under a temporary name, its bytes on disk."""

    path: Path
    digest: str
    size: int


def stage(chunks: Iterator[bytes], folder: Path) -> Staged:
    """The bytes under a temporary name in the folder, written through to the disk."""
    handle, name = tempfile.mkstemp(dir=folder)
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in chunks:
                out.write(chunk)
                digest.update(chunk)
                size += len(chunk)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:  # half a copy is not left behind, not by Ctrl-C either; it is raised on
        Path(name).unlink(missing_ok=True)
        raise
    return Staged(Path(name), digest.hexdigest(), size)


def put(staged: Staged, target: Path, *, mode: int = 0o444) -> None:
    """Gives staged bytes their name; what had it is replaced."""
    if not target.parent.is_dir():
        target.parent.mkdir(parents=True)
        sync_folder(target.parent.parent)
    staged.path.chmod(mode)
    staged.path.replace(target)
    sync_folder(target.parent)


def linked(file: Path, target: Path) -> None:
    """The file under another name too, or a copy where the disk has no such links; put in place at once."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        os.link(file, beside)
    except OSError:
        shutil.copyfile(file, beside)
    beside.replace(target)
    beside.unlink(missing_ok=True)  # a link that replaces a link to the same bytes is left where it was


def chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a mebibyte at a time."""
    with path.open("rb") as stream:
        while chunk := stream.read(MEBIBYTE):
            yield chunk


def sync_folder(folder: Path) -> None:
    """Writes the names in a folder through to the disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def no_room(problem: BaseException) -> Unavailable | None:
    """What is to be said where the disk was full, or cannot be written; nothing where the problem is another. No path is told."""
    if isinstance(problem, OSError) and problem.errno in _CANNOT_WRITE:
        return Unavailable("The disk cannot be written at the moment", remedy="See that it has room, and try again.")
    return None
