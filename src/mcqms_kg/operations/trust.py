"""What a verification goes by, and whom a verifier of packs trusts: keys by their did:key, said as they are, or in files that name them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mcqms_kg.errors import BadValue, Place, UnreadableInput
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.interop.signing.trust import read_trust
from mcqms_kg.settings import Settings

_KEY = re.compile(r"did:key:z[1-9A-HJ-NP-Za-km-z]{20,2000}")
_LARGEST = 1 << 20


@dataclass(frozen=True)
class VerificationBasis:
    """What a verification goes by: the day, who is known as an issuer, the status lists at hand, and contexts by their URL."""

    as_of: dt.date
    trust: tuple[Path, ...] = ()
    lists: tuple[Path, ...] = ()
    data: GraphIndex | None = None
    contexts: Mapping[str, Path] = field(default_factory=dict)


def trusted_keys(trust: Iterable[str]) -> frozenset[str]:
    """Every key that is named: by itself, in a trust list (JSON), or in a text such as `mcqms key show` gives.

    Raises `UnreadableInput` for what is neither a did:key nor a file, and `BadValue` for a file that names none.
    """
    found: set[str] = set()
    for said in trust:
        if _KEY.fullmatch(said):
            found.add(said)
        elif said.lower().endswith(".json"):
            found |= _in_trust_list(Path(said))
        else:
            found |= _in_text(Path(said))
    return frozenset(found)


def _in_trust_list(path: Path) -> set[str]:
    issuers = read_trust(path, Settings.from_environment())
    keys = {key.did for known in issuers.values() for key in known.keys.values() if key.kind != "RSA"}
    return keys | {issuer for issuer in issuers if _KEY.fullmatch(issuer)}


def _in_text(path: Path) -> set[str]:
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
