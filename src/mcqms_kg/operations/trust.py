"""Whom a verifier trusts: keys by their did:key, said as they are or in files that name them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from mcqms_kg.errors import BadValue, Place, UnreadableInput

_KEY = re.compile(r"did:key:z[1-9A-HJ-NP-Za-km-z]{20,2000}")
_LARGEST = 1 << 20


def trusted_keys(trust: Iterable[str]) -> frozenset[str]:
    """Every key that is named. Raises `BadValue` for what is neither a did:key nor a file, or is a file that names none."""
    found: set[str] = set()
    for said in trust:
        if _KEY.fullmatch(said):
            found.add(said)
        else:
            found |= _in_file(Path(said))
    return frozenset(found)


def _in_file(path: Path) -> set[str]:
    try:
        with path.open("rb") as stream:
            text = stream.read(_LARGEST + 1).decode()
    except (OSError, ValueError) as problem:
        raise UnreadableInput(
            "Neither a did:key nor a file that can be read", place=Place(str(path)), remedy="Name the signer's did:key."
        ) from problem
    keys = set(_KEY.findall(text))
    if not keys or len(text) > _LARGEST:
        raise BadValue("The file names no did:key", place=Place(str(path)), remedy="Write one key on a line.")
    return keys
