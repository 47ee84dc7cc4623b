"""Public keys and the ways to write them: Multikey, did:key, did:jwk and JWK."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from mcqms_kg.errors import BadValue, Unsupported
from mcqms_kg.interop.signing.multibase import base58, base64url, from_base64url, from_multibase

ED25519, P256, RSA = "Ed25519", "P-256", "RSA"
_CODES = {ED25519: b"\xed\x01", P256: b"\x80\x24"}
_PRIME = 2**255 - 19
_EIGHTH = 2707385501144840649318225287225658788936804267575313519463743609750303402022
_SMALL = frozenset({0, 1, _PRIME - 1, _EIGHTH, _PRIME - _EIGHTH})
"""The y of the points of Ed25519 whose order divides eight."""
_LONGEST_JWK = 8000
_SMALLEST_RSA, _LARGEST_RSA = 2048, 8192
PublicKeys = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True)
class PublicKey:
    """A public key and its kind: `Ed25519`, `P-256` or `RSA`."""

    kind: str
    key: PublicKeys

    @property
    def multikey(self) -> str:
        """The key as Multikey; raises `Unsupported` for RSA."""
        if self.kind not in _CODES:
            raise Unsupported("An RSA key has no Multikey form", remedy="Use its JWK.")
        return "z" + base58(_CODES[self.kind] + _bytes(self.key))

    @property
    def did(self) -> str:
        """The key as did:key."""
        return f"did:key:{self.multikey}"

    @property
    def method(self) -> str:
        """The verification method that names the key inside its did:key."""
        return f"{self.did}#{self.multikey}"

    @property
    def jwk(self) -> dict[str, str]:
        """The key as JWK, without anything secret."""
        if isinstance(self.key, rsa.RSAPublicKey):
            numbers = self.key.public_numbers()
            return {"kty": "RSA", "n": _number(numbers.n), "e": _number(numbers.e)}
        if isinstance(self.key, ec.EllipticCurvePublicKey):
            point = self.key.public_numbers()
            x, y = (base64url(value.to_bytes(32, "big")) for value in (point.x, point.y))
            return {"kty": "EC", "crv": P256, "x": x, "y": y}
        return {"kty": "OKP", "crv": ED25519, "x": base64url(_bytes(self.key))}


def from_multikey(text: str) -> PublicKey:
    """The key that a Multikey stands for. Raises `BadValue`, and `Unsupported` for another kind of key."""
    content = from_multibase(text)
    try:
        if content[:2] == _CODES[ED25519]:
            return _ed25519(content[2:])
        if content[:2] == _CODES[P256]:
            return PublicKey(P256, ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), content[2:]))
    except (ValueError, UnsupportedAlgorithm) as problem:
        raise BadValue("The Multikey holds no public key", remedy="Give it as it was issued.") from problem
    raise Unsupported("The Multikey is of another kind than Ed25519 and P-256", remedy="Verify it where it is known.")


def from_jwk(jwk: Mapping[str, Any]) -> PublicKey:
    """The public key in a JWK. Raises `BadValue`, and `Unsupported` for another kind of key."""
    kind = (jwk.get("kty"), jwk.get("crv"))
    try:
        if kind == ("OKP", ED25519):
            return _ed25519(_part(jwk, "x"))
        if kind == ("EC", P256):
            point = b"\x04" + _part(jwk, "x").rjust(32, b"\0") + _part(jwk, "y").rjust(32, b"\0")
            return PublicKey(P256, ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))
        if kind[0] == RSA:
            return PublicKey(RSA, _rsa(_part(jwk, "n"), _part(jwk, "e")))
    except ValueError as problem:
        raise BadValue("The JWK holds no public key", remedy="Give it as it was issued.") from problem
    raise Unsupported("The JWK is of another kind than Ed25519, P-256 and RSA", remedy="Verify it where it is known.")


def resolved(method: str) -> PublicKey:
    """The key that a DID of the kinds did:key and did:jwk, or a verification method in one, names by itself.

    Raises `BadValue` for a broken one, and `Unsupported` for everything that would have to be fetched.
    """
    did, _, fragment = method.partition("#")
    if did.startswith("did:key:"):
        named = did.removeprefix("did:key:")
        if fragment not in ("", named):
            raise BadValue("The verification method names another key than its did:key", remedy="Give it as issued.")
        return from_multikey(named)
    if did.startswith("did:jwk:") and fragment in ("", "0"):
        return _from_did_jwk(did.removeprefix("did:jwk:"))
    raise Unsupported(
        f"The key {method[:200]!r} is not in the file, and nothing is fetched",
        remedy="Give the issuer's keys in a trust list, or its DID document, with --trust.",
    )


def _from_did_jwk(text: str) -> PublicKey:
    try:
        jwk = json.loads(from_base64url(text)) if len(text) <= _LONGEST_JWK else None
    except (ValueError, RecursionError):
        jwk = None
    if not isinstance(jwk, dict):
        raise BadValue("The did:jwk holds no JWK", remedy="Give it as it was issued.")
    return from_jwk(jwk)


def _ed25519(content: bytes) -> PublicKey:
    """A key of Ed25519; those of small order, under which one signature is good for many texts, are none."""
    if int.from_bytes(content, "little") % 2**255 % _PRIME in _SMALL:
        raise ValueError("the key is of small order")
    return PublicKey(ED25519, ed25519.Ed25519PublicKey.from_public_bytes(content))


def _rsa(n: bytes, e: bytes) -> rsa.RSAPublicKey:
    if not _SMALLEST_RSA <= len(n) * 8 <= _LARGEST_RSA or len(e) > 4:
        raise BadValue("The RSA key is too small or too large", remedy="Use one of 2048 to 8192 bits.")
    return rsa.RSAPublicNumbers(int.from_bytes(e, "big"), int.from_bytes(n, "big")).public_key()


def _bytes(key: PublicKeys) -> bytes:
    if isinstance(key, ec.EllipticCurvePublicKey):
        return key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _number(value: int) -> str:
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _part(jwk: Mapping[str, Any], name: str) -> bytes:
    text = jwk.get(name)
    if not isinstance(text, str):
        raise BadValue(f"The JWK has no text {name!r}", remedy="Give it as it was issued.")
    return from_base64url(text)
