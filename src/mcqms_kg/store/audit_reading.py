"""Reading the audit log back, and finding where it was changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from mcqms_kg.errors import BadValue, Place, WorkspaceError
from mcqms_kg.model import Entry, Verified
from mcqms_kg.store.audit import FILE, MENDED, START, read_line

_ANCHOR = re.compile(r"([0-9]{1,12}):([0-9a-f]{64})")


def entries(folder: Path) -> tuple[Entry, ...]:
    """The whole entries of the log, in order; what is no entry is left to `verify`."""
    return tuple(entry for line in _lines(folder) if (entry := read_line(line.removesuffix(b"\n"))))


def verify(folder: Path, expect: str | None = None) -> Verified:
    """Whether every entry follows from the one before it, and the first that does not.

    `expect` is an anchor that was kept elsewhere: only with it is it seen that the end was cut off, or all was written anew.
    """
    wanted = _anchor(expect)
    number, head, strange, mended, met = 0, START, b"", list[int](), wanted in (None, (0, START))
    for line in _lines(folder):
        entry = read_line(line.removesuffix(b"\n"))
        if entry is None:
            strange += line
            continue
        if strange and not _tells_of(entry, strange):
            return Verified(number, head, tuple(mended), broken=f"what stands behind entry {number} is no entry")
        if (entry.number, entry.previous) != (number + 1, head):
            return Verified(number, head, tuple(mended), broken=f"what follows entry {number} is not what followed it")
        mended += [entry.number] if strange else []
        number, head, strange = entry.number, entry.hash, b""
        met = met or (number, head) == wanted
    broken = f"what stands behind entry {number} is no entry" if strange.endswith(b"\n") else ""
    if wanted and not met and not broken:
        broken = f"entry {wanted[0]} is {'another' if number >= wanted[0] else 'gone'}"
    return Verified(number, head, tuple(mended), bool(strange), broken)


def _tells_of(entry: Entry, strange: bytes) -> bool:
    digest = hashlib.sha256(strange.removesuffix(b"\n")).hexdigest()
    return entry.deed.action == MENDED and entry.deed.about.get("digest") == f"sha256:{digest}"


def _lines(folder: Path) -> Iterator[bytes]:
    path = folder / FILE
    if not path.exists():
        return
    try:
        with path.open("rb") as stream:
            yield from stream
    except OSError as problem:
        raise WorkspaceError(f"The audit log cannot be read: {problem.strerror}", place=Place(str(path))) from problem


def _anchor(expect: str | None) -> tuple[int, str] | None:
    if expect is None:
        return None
    match = _ANCHOR.fullmatch(expect)
    if match is None:
        raise BadValue(f"{expect!r} is no anchor", remedy="Give what `mcqms audit --verify` said, like 12:9f86d0….")
    return int(match[1]), match[2]
