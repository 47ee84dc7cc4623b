"""Credentials in PNG images: a chunk of text (iTXt) with the keyword of Open Badges 3.0, or of 2.0."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from mcqms_kg.errors import BadValue, Place, UnreadableInput

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD, OLDER = b"openbadgecredential", b"openbadges"
LARGEST_TEXT = 8 * 1024 * 1024
"""What a credential may unpack to."""
_MOST_CHUNKS = 100_000


def credential(image: bytes, called: str) -> bytes:
    """The credential in the image. Raises `UnreadableInput` for a broken image, and one with no credential or with several."""
    chunks = [(kind, data) for kind, data in _chunks(image, called) if kind in (b"iTXt", b"tEXt", b"zTXt")]
    found = [text for kind, data in chunks if (text := _text(kind, data, called)) is not None]
    found += [data for _, data in chunks if _nearly(data.partition(b"\0")[0])]
    if len(found) != 1:
        what = "The image holds no credential" if not found else "The image holds more than one credential"
        raise UnreadableInput(what, place=Place(called), remedy="Give a badge with one.")
    return found[0]


def with_credential(image: bytes, text: str, called: str) -> bytes:
    """The image with the credential behind its header."""
    chunks = list(_chunks(image, called))
    if any(kind in (b"iTXt", b"tEXt", b"zTXt") and data.split(b"\0")[0] in (KEYWORD, OLDER) for kind, data in chunks):
        raise BadValue("The image is a badge already", place=Place(called), remedy="Give the picture alone.")
    chunks.insert(1, (b"iTXt", KEYWORD + b"\0\0\0\0\0" + text.encode()))
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunks(image: bytes, called: str) -> Iterator[tuple[bytes, bytes]]:
    """The chunks of the image, whole and with the right sums, from the header to the end."""
    at, number, kind = len(SIGNATURE), 0, b""
    while kind != b"IEND":
        if len(image) - at < 12 or number == _MOST_CHUNKS:
            raise _broken(called)
        length, kind = struct.unpack_from(">I4s", image, at)
        end = at + 12 + length
        data = image[at + 8 : end - 4]
        if end > len(image) or struct.unpack_from(">I", image, end - 4)[0] != zlib.crc32(kind + data):
            raise _broken(called)
        if (number == 0) != (kind == b"IHDR"):
            raise _broken(called)
        yield kind, data
        at, number = end, number + 1
    if at != len(image):
        raise UnreadableInput(
            "Something stands behind the end of the image, which others may read",
            place=Place(called),
            remedy="Ask for the badge again.",
        )


def _text(kind: bytes, data: bytes, called: str) -> bytes | None:
    """The text of a chunk that holds a credential; nothing for another chunk. Others than iTXt are found in old badges."""
    keyword, _, rest = data.partition(b"\0")
    if keyword not in (KEYWORD, OLDER):
        return None
    if kind == b"zTXt":
        if rest[:1] != b"\0":
            raise _broken(called)
        return _unpacked(rest[1:], called)
    if kind == b"tEXt":
        return rest
    parts = rest[2:].split(b"\0", 2)
    if len(rest) < 2 or len(parts) != 3 or rest[0] > 1 or rest[1]:
        raise _broken(called)
    return _unpacked(parts[2], called) if rest[0] else parts[2]


def _nearly(keyword: bytes) -> bool:
    """Whether it is a keyword but for capitals and blanks: others may read a credential where we do not."""
    return keyword not in (KEYWORD, OLDER) and keyword.strip().lower() in (KEYWORD, OLDER)


def _unpacked(packed: bytes, called: str) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(packed, LARGEST_TEXT)
    except zlib.error as problem:
        raise _broken(called) from problem
    if not unpacking.eof:
        raise UnreadableInput(
            f"The credential in the image is cut off, or larger than {LARGEST_TEXT} bytes",
            place=Place(called),
            remedy="Ask for the badge again.",
        )
    return text


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _broken(called: str) -> UnreadableInput:
    return UnreadableInput("The PNG image is broken", place=Place(called), remedy="Ask for the badge again.")
