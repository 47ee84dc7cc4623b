"""Bytes as text: base58-btc and base64url, with the letter that says which (multibase)."""

from __future__ import annotations

import base64
import binascii
import re

from mcqms_kg.errors import BadValue

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_PLACES = {letter: place for place, letter in enumerate(_ALPHABET)}
_LONGEST = 2000
"""Characters: turning base58 into bytes takes time that grows with the square of its length."""
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


def base58(content: bytes) -> str:
    """The bytes in base58-btc."""
    number, digits = int.from_bytes(content, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        digits = _ALPHABET[rest] + digits
    return "1" * (len(content) - len(content.lstrip(b"\0"))) + digits


def from_base58(text: str) -> bytes:
    """The bytes that base58-btc stands for; raises `BadValue`."""
    if len(text) > _LONGEST or any(letter not in _PLACES for letter in text):
        raise BadValue("This is not base58-btc", remedy="Give it as it was issued.")
    number = 0
    for letter in text:
        number = number * 58 + _PLACES[letter]
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url(content: bytes) -> str:
    """The bytes in base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """The bytes that base64url without padding stands for; raises `BadValue`, for a second spelling of the same bytes too."""
    try:
        found = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) if _BASE64URL.fullmatch(text) else None
    except binascii.Error:
        found = None
    if found is None or base64url(found) != text:
        raise BadValue("This is not base64url without padding", remedy="Give it as it was issued.")
    return found


def from_multibase(text: str) -> bytes:
    """The bytes that a multibase text stands for: `z` is base58-btc, `u` base64url. Raises `BadValue` for others."""
    if text[:1] == "z":
        return from_base58(text[1:])
    if text[:1] == "u":
        return from_base64url(text[1:])
    raise BadValue("This multibase is not known", remedy="Known are base58-btc (z) and base64url (u).")
