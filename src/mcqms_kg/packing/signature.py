"""The signature of a pack: an Ed25519 signature over the manifest, which holds the digest of everything else."""

from __future__ import annotations

import json
from dataclasses import dataclass

from mcqms_kg.packing.archive import NoPack

_PURPOSE = b"mcqms-kg audit pack 1\n"
"""Stands before what is signed, so that a signature made for something else is none of a pack."""
_ALGORITHM = "Ed25519"


@dataclass(frozen=True)
class Signature:
    """Who signed, as did:key, and the signature in base58-btc with its letter (multibase)."""

    key: str
    value: str


def signed_bytes(manifest: bytes) -> bytes:
    """What the key signs."""
    return _PURPOSE + manifest


def written(signature: Signature) -> bytes:
    """The signature as JSON; there is one way to write it."""
    told = {"algorithm": _ALGORITHM, "key": signature.key, "value": signature.value}
    return (json.dumps(told, indent=2) + "\n").encode()


def read(content: bytes) -> Signature:
    """The signature; raises `NoPack` where this is none."""
    try:
        told = json.loads(content)
        found = Signature(told["key"], told["value"])
        if not (isinstance(found.key, str) and isinstance(found.value, str)) or written(found) != content:
            raise NoPack("signature-form")
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise NoPack("signature-form") from problem
    return found
