"""Bitstring Status Lists: one bit a credential says that it was revoked or suspended."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from mcqms_kg.errors import BadValue, Unsupported
from mcqms_kg.interop.signing.multibase import base64url, from_base64url

SHORTEST = 131_072
"""Bits: with fewer, the place in the list would tell whose credential is looked up."""
_LARGEST = 8 * 1024 * 1024
PURPOSES = ("revocation", "suspension")


def encoded(set_bits: Iterable[int], length: int = SHORTEST) -> str:
    """The list as text: a bit for each place, those in `set_bits` set, packed by gzip, in multibase."""
    bits = bytearray(length // 8)
    for place in set_bits:
        if not 0 <= place < length:
            raise BadValue(f"The list has no place {place}", remedy=f"Use places below {length}.")
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + base64url(gzip.compress(bytes(bits), mtime=0))


def decoded(text: str) -> bytes:
    """The bits of a list. Raises `BadValue` for what is none, too short a list, and one that unpacks to more than 8 MiB."""
    packed = from_base64url(text[1:] if text[:1] == "u" else text)
    unpacking = zlib.decompressobj(wbits=31)
    try:
        bits = unpacking.decompress(packed, _LARGEST + 1)
    except zlib.error as problem:
        raise BadValue("The list is not packed by gzip", remedy="Ask its issuer.") from problem
    if len(bits) > _LARGEST or not unpacking.eof or unpacking.unused_data:
        raise BadValue("The list is cut off or too long, or something stands behind it", remedy="Ask its issuer.")
    if len(bits) * 8 < SHORTEST:
        raise BadValue(f"The list has fewer than {SHORTEST} places", remedy="Ask its issuer.")
    return bits


def is_set(entry: Mapping[str, Any], subject: Mapping[str, Any]) -> bool:
    """Whether a status entry of a credential is set in the list, which is the subject of a status list credential.

    Raises `BadValue` where the two do not fit together, and `Unsupported` for entries of more than one bit.
    """
    purpose, purposes = entry.get("statusPurpose"), subject.get("statusPurpose")
    if purpose not in (purposes if isinstance(purposes, list) else [purposes]):
        raise BadValue("The list has another purpose than the credential says", remedy="Give the right list.")
    if entry.get("statusSize", 1) != 1 or "statusMessage" in entry:
        raise Unsupported("A status of more than one bit is not read here", remedy="Verify it where it is known.")
    place = place_of(entry)
    bits = decoded(str(subject.get("encodedList", "")))
    if place >= len(bits) * 8:
        raise BadValue(f"The list has no place {place}", remedy="Give the right list.")
    return bool(bits[place // 8] & 0x80 >> place % 8)


def place_of(entry: Mapping[str, Any]) -> int:
    """The place that a status entry names; raises `BadValue`."""
    place = entry.get("statusListIndex")
    if isinstance(place, bool) or not isinstance(place, str | int) or not str(place).isascii():
        raise BadValue("The status names no place in its list", remedy="Ask for the credential again.")
    if not str(place).isdecimal() or len(str(place)) > 12:
        raise BadValue("The status names no place in its list", remedy="Ask for the credential again.")
    return int(place)
