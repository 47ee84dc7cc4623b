"""The audit log of a workspace: a file of JSON lines that is only added to, each line holding the hash of the one before."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from mcqms_kg.errors import Place, WorkspaceError
from mcqms_kg.model import Deed, Entry, Outcome
from mcqms_kg.store.lock import locked

FILE = "audit.jsonl"
START = "0" * 64
"""What stands for the hash before the first entry."""
MENDED = "mended"
"""The action of an entry that tells which bytes of a cut off line stand before it."""
_WINDOW = 256 * 1024
_LONGEST = 1000
"""Characters of one value; a longer one is named by its digest."""


class AuditLog:
    """The log in a workspace's folder. It is opened for each entry, so any process may add to it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE

    def append(self, deed: Deed, outcome: Outcome, begun: int | None = None) -> Entry:
        """Adds an entry, which is on the disk when this returns; raises `WorkspaceError` where it cannot be."""
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "r+b", buffering=0) as stream, locked(stream):
                last, torn, mark = _end(stream)
                number, previous = (last.number + 1, last.hash) if last else (1, START)
                if torn:
                    mend = _made(number, _mending(torn), Outcome.DONE, None, previous)
                    mark, number, previous = b"\n" + line(mend), number + 1, mend.hash
                entry = _made(number, deed, outcome, begun, previous)
                _write(stream, mark + line(entry))
        except OSError as problem:
            raise WorkspaceError(
                f"The audit log cannot be written, so nothing is done: {problem.strerror}", place=Place(str(self.path))
            ) from problem
        return entry

    def copy(self) -> Iterator[bytes]:
        """The bytes of the log while nobody adds to it."""
        if self.path.exists():
            with self.path.open("rb") as stream, locked(stream):
                yield stream.read()

    @contextmanager
    def recording(self, deed: Deed) -> Iterator[dict[str, str]]:
        """Records that something begins, and then how it ended, with what the caller adds to `about` meanwhile."""
        begun, found = self.append(deed, Outcome.BEGUN), dict(deed.about)
        try:
            yield found
        except Exception as problem:  # how it ended is written whatever it was; it is raised on
            self._end(deed, found | {"error": type(problem).__name__}, Outcome.FAILED, begun)
            raise
        except BaseException:  # Ctrl-C and the like: interrupted, not failed; it is raised on
            self._end(deed, found, Outcome.INTERRUPTED, begun)
            raise
        self._end(deed, found, Outcome.DONE, begun)

    def _end(self, deed: Deed, about: Mapping[str, str], outcome: Outcome, begun: Entry) -> None:
        try:
            self.append(Deed(deed.who, deed.role, deed.action, about), outcome, begun.number)
        except WorkspaceError as problem:
            if (
                outcome is Outcome.DONE
            ):  # else why it was not done is raised on, and an entry without an end tells enough
                raise WorkspaceError(
                    "It is done, but the audit log cannot be written to say so",
                    place=problem.place,
                    remedy="See that the disk has room. An entry without an end may be done.",
                ) from problem


def line(entry: Entry) -> bytes:
    """The entry as its line; there is one way to write it, so a changed byte is a changed entry."""
    return _json({**entry.content, "previous": entry.previous, "hash": entry.hash}) + b"\n"


def read_line(text: bytes) -> Entry | None:
    """The entry of a line without its end; nothing where the line is not exactly one that we wrote."""
    try:
        found = json.loads(text)
        deed = Deed(found["who"], found["role"], found["action"], found["about"])
        numbered = (int(found["number"]), found["at"], deed, Outcome(found["outcome"]))
        entry = Entry(*numbered, found["begun"], found["previous"], found["hash"])
        good = line(entry) == text + b"\n" and _hash(entry) == entry.hash
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return entry if good else None


def _end(stream: IO[bytes]) -> tuple[Entry | None, bytes, bytes]:
    """The last whole entry, the bytes behind it, which a process that died has left, and the end of line that it left out."""
    size = stream.seek(0, os.SEEK_END)
    start = max(0, size - _WINDOW)
    stream.seek(start)
    content = _read(stream, size - start)
    end = content.rfind(b"\n") + 1
    if entry := read_line(content[end:]):
        return entry, b"", b"\n"
    while (newline := content.rfind(b"\n", 0, end)) >= 0:
        begin = content.rfind(b"\n", 0, newline) + 1
        if entry := read_line(content[begin:newline]):
            return entry, content[newline + 1 :], b""
        end = newline
    if start:
        raise WorkspaceError("The audit log is damaged at its end", remedy="See `mcqms audit --verify`.")
    return None, content, b""


def _read(stream: IO[bytes], size: int) -> bytes:
    content = b""
    while len(content) < size and (chunk := stream.read(size - len(content))):
        content += chunk
    return content


def _write(stream: IO[bytes], content: bytes) -> None:
    while content:
        content = content[stream.write(content) :]
    os.fsync(stream.fileno())


def _made(number: int, deed: Deed, outcome: Outcome, begun: int | None, previous: str) -> Entry:
    at = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    about = {key: _short(value) for key, value in deed.about.items()}
    short = Deed(_short(deed.who), _short(deed.role), _short(deed.action), about)
    entry = Entry(number, at, short, outcome, begun, previous, "")
    return Entry(number, at, short, outcome, begun, previous, _hash(entry))


def _mending(torn: bytes) -> Deed:
    about = {"bytes": str(len(torn)), "digest": f"sha256:{hashlib.sha256(torn).hexdigest()}"}
    return Deed("mcqms-kg", "software", MENDED, about)


def _short(value: str) -> str:
    if len(value) <= _LONGEST:
        return value
    digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
    return f"sha256:{digest} ({len(value)} characters)"


def _hash(entry: Entry) -> str:
    return hashlib.sha256(_json({**entry.content, "previous": entry.previous})).hexdigest()


def _json(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")
