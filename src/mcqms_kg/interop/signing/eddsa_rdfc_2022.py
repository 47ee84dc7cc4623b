"""The cryptosuite eddsa-rdfc-2022 of W3C Data Integrity, and its forerunner Ed25519Signature2020, which is only verified.

What is signed are two SHA-256 sums: of the canonical form of the proof without its value, and of that of the document without proof.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from mcqms_kg.errors import BadValue, Unsupported
from mcqms_kg.graph.canonical import canonical_nquads
from mcqms_kg.interop.json_read import Json
from mcqms_kg.interop.signing.did_key import ED25519, PublicKey
from mcqms_kg.interop.signing.given_contexts import Contexts
from mcqms_kg.interop.signing.jsonld import dataset
from mcqms_kg.interop.signing.keys import SigningKey
from mcqms_kg.interop.signing.multibase import base58, from_base58

SUITES = frozenset({("DataIntegrityProof", "eddsa-rdfc-2022"), ("Ed25519Signature2020", None)})
"""Type and cryptosuite of the proofs that are verified."""
_LENGTH = 64


def sign(document: Mapping[str, Json], key: SigningKey, created: dt.datetime) -> dict[str, Json]:
    """The document with a proof by the key. Raises `NotCovered` for a document that the signature would not cover whole."""
    if not isinstance(key.private, ed25519.Ed25519PrivateKey):
        raise Unsupported(
            f"eddsa-rdfc-2022 signs with Ed25519, not {key.public.kind}",
            remedy="Use a key of that kind, or sign a JWT (--jwt).",
        )
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": key.public.method,
        "proofPurpose": "assertionMethod",
    }
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    value = "z" + base58(key.private.sign(signed_bytes(unsigned, proof)))
    return {**unsigned, "proof": [{**proof, "proofValue": value}]}


def verifies(
    document: Mapping[str, Json], proof: Mapping[str, Any], key: PublicKey, given: Contexts | None = None
) -> bool:
    """Whether the proof of the document was made with the key, by the contexts that are shipped and those that are given.

    Raises `BadValue` for a proof that is none.
    """
    value = proof.get("proofValue")
    if not isinstance(value, str) or value[:1] != "z":
        raise BadValue("The proof has no value in base58-btc", remedy="Ask for the credential again.")
    signature = from_base58(value[1:])
    if len(signature) != _LENGTH:
        raise BadValue("The value of the proof is no Ed25519 signature", remedy="Ask for the credential again.")
    if key.kind != ED25519 or not isinstance(key.key, ed25519.Ed25519PublicKey):
        raise BadValue(f"The proof names a key of the kind {key.kind}", remedy="Ask for the credential again.")
    unsigned = {name: inner for name, inner in document.items() if name != "proof"}
    try:
        key.key.verify(signature, signed_bytes(_as_proven(unsigned, proof), proof, given))
    except InvalidSignature:
        return False
    return True


def signed_bytes(unsigned: Mapping[str, Json], proof: Mapping[str, Any], given: Contexts | None = None) -> bytes:
    """What the key signs."""
    configured = {name: value for name, value in proof.items() if name != "proofValue"}
    configured["@context"] = unsigned.get("@context", [])
    parts = (
        canonical_nquads(dataset(part, called, given))
        for part, called in ((configured, "proof"), (unsigned, "document"))
    )
    return b"".join(hashlib.sha256(part.encode()).digest() for part in parts)


def _as_proven(unsigned: dict[str, Json], proof: Mapping[str, Any]) -> dict[str, Json]:
    """The document with the contexts that the proof names, with which the document's must begin."""
    if "@context" not in proof:
        return unsigned
    proven, named = (
        [value] if not isinstance(value, list) else value for value in (proof["@context"], unsigned["@context"])
    )
    if named[: len(proven)] != proven:
        raise BadValue("The proof names other contexts than the document", remedy="Ask for the credential again.")
    return {**unsigned, "@context": proven}
