"""The zip of a pack, byte for byte: one way to write what it holds, so that every other way is seen.

A reader that goes by the directory at the end overlooks what stands before, between and after. Here the archive is
written again from what was read, and must be the same bytes. Any zip program can open it.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mcqms_kg.errors import Unsupported

LARGEST = 1 << 29
"""Bytes of all files together, unpacked."""
MOST_FILES = 10_000
_STORED, _DEFLATED = 0, 8
_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_VERSION, _UNIX, _UTF8, _DAY, _MODE = 20, 3 << 8, 0x0800, 0x0021, 0o100644 << 16
_PART = re.compile(r"[\w.()@+ -]{0,199}[\w()@+-]")
_DEEPEST = 20


@dataclass(frozen=True)
class Member:
    """A file as it lies in the archive. `stored` is what stands there, packed where `method` says so."""

    name: str
    method: int
    crc: int
    size: int
    stored: bytes

    def content(self) -> bytes | None:
        """The file, or nothing where the bytes are not what their header says."""
        found = self.stored if self.method == _STORED else _inflated(self.stored, self.size)
        return found if found is not None and len(found) == self.size and zlib.crc32(found) == self.crc else None


class NoPack(Exception):
    """The bytes are not laid out as those of a pack; the argument is the key of the reason."""


def member(name: str, content: bytes, *, packed: bool = True) -> Member:
    """A file for an archive, packed where that makes it smaller."""
    if not is_safe(name):
        raise ValueError(name)
    small = _deflated(content) if packed else content
    method, stored = (_DEFLATED, small) if len(small) < len(content) else (_STORED, content)
    return Member(name, method, zlib.crc32(content), len(content), stored)


def is_safe(name: str) -> bool:
    """Whether the name stays inside its folder on every system: plain parts, no way up, nothing hidden behind another spelling."""
    parts = name.split("/")
    return len(parts) <= _DEEPEST and all(_PART.fullmatch(part) and not part.startswith(" ") for part in parts)


def write_archive(members: Sequence[Member]) -> bytes:
    """The archive. Raises `Unsupported` for more than a plain zip of bounded size holds."""
    if len(members) > MOST_FILES or sum(m.size for m in members) > LARGEST:
        raise Unsupported(
            f"A pack holds at most {MOST_FILES} files and {LARGEST} bytes",
            remedy="Make a pack of fewer or smaller files.",
        )
    return _laid_out(members)


def read_archive(content: bytes) -> tuple[Member, ...]:
    """The members in their order; raises `NoPack` for bytes that `write_archive` would not have written."""
    members = tuple(_members(content))
    names = [m.name for m in members]
    if not all(map(is_safe, names)):
        raise NoPack("unsafe-name")
    folded = {name.casefold() for name in names}
    folders = {"/".join(name.split("/")[:n]) for name in folded for n in range(1, name.count("/") + 1)}
    if len(folded) != len(names) or folded & folders:
        raise NoPack("same-name")
    if sum(m.size for m in members) > LARGEST:
        raise NoPack("too-large")
    if _laid_out(members) != content:
        raise NoPack("laid-out")
    return members


def _members(content: bytes) -> Iterable[Member]:
    if len(content) < _END.size:
        raise NoPack("no-zip")
    sign, *_, count, size, offset, _comment = _END.unpack(content[-_END.size :])
    if sign != b"PK\5\6" or offset + size + _END.size != len(content):
        raise NoPack("no-zip")
    if count > MOST_FILES:
        raise NoPack("too-many")
    place, expected = offset, 0
    for _ in range(count):
        if place + _CENTRAL.size > len(content):
            raise NoPack("no-zip")
        sign, _made, _need, _flags, method, _t, _d, crc, packed, unpacked, length, *_, begin = _CENTRAL.unpack(
            content[place : place + _CENTRAL.size]
        )
        if sign != b"PK\1\2" or method not in (_STORED, _DEFLATED) or begin != expected:
            raise NoPack("laid-out")
        name = content[place + _CENTRAL.size : place + _CENTRAL.size + length]
        data = begin + _LOCAL.size + length
        expected = data + packed
        if expected > offset:
            raise NoPack("laid-out")
        yield Member(_decoded(name), method, crc, unpacked, content[data : data + packed])
        place += _CENTRAL.size + length


def _decoded(name: bytes) -> str:
    try:
        return name.decode()
    except UnicodeDecodeError as problem:
        raise NoPack("unsafe-name") from problem


def _laid_out(members: Sequence[Member]) -> bytes:
    files, directory = bytearray(), bytearray()
    for m in members:
        name, lengths = m.name.encode(), (len(m.stored), m.size)
        common = (_VERSION, _UTF8, m.method, 0, _DAY, m.crc, *lengths, len(name), 0)
        directory += _CENTRAL.pack(b"PK\1\2", _UNIX | _VERSION, *common, 0, 0, 0, _MODE, len(files)) + name
        files += _LOCAL.pack(b"PK\3\4", *common) + name + m.stored
    end = _END.pack(b"PK\5\6", 0, 0, len(members), len(members), len(directory), len(files), 0)
    return bytes(files + directory + end)


def _deflated(content: bytes) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packing.compress(content) + packing.flush()


def _inflated(stored: bytes, size: int) -> bytes | None:
    """The bytes, never more than one beyond `size`; nothing where the stream is broken, or is not the whole of what stands there."""
    packing = zlib.decompressobj(-15)
    try:
        found = packing.decompress(stored, size + 1)
    except zlib.error:
        return None
    return found if packing.eof and not packing.unused_data and not packing.unconsumed_tail else None
