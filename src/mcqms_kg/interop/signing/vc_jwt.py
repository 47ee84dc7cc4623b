"""Credentials as JSON Web Tokens (VC-JWT): signed with ES256, verified with ES256 and RS256.

Which algorithm is used follows from the kind of the key, never from the token alone; nothing that a header points at is fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from mcqms_kg.errors import BadValue, Place, UnreadableInput, Unsupported
from mcqms_kg.interop.json_read import Json, parse_json
from mcqms_kg.interop.signing.did_key import PublicKey, from_jwk, resolved
from mcqms_kg.interop.signing.keys import SigningKey
from mcqms_kg.interop.signing.multibase import base64url, from_base64url
from mcqms_kg.settings import Settings

TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
_HALF = 32
_ALGORITHMS = {"ES256": "P-256", "RS256": "RSA"}
_ASKING = frozenset({"crit", "b64", "zip", "jku", "x5u", "x5c"})
"""What a header asks a verifier to do otherwise, or to look up and believe."""
_KINDS = ("JWT", "VC+JWT", "VC-LD+JWT")


@dataclass(frozen=True)
class Token:
    """A token taken apart. Nothing in it is verified."""

    header: Mapping[str, Any]
    payload: Mapping[str, Any]
    signed: bytes
    signature: bytes


def sign(payload: Mapping[str, Json], key: SigningKey) -> str:
    """The payload as a token, signed with ES256; its header names the key by did:key and carries it as JWK."""
    if not isinstance(key.private, ec.EllipticCurvePrivateKey):
        raise Unsupported(
            f"A JWT is signed with P-256 (ES256), not {key.public.kind}",
            remedy="Make one with `mcqms key new --kind P-256`.",
        )
    header = {"alg": "ES256", "typ": "JWT", "kid": key.public.method, "jwk": key.public.jwk}
    signed = ".".join(base64url(json.dumps(part, ensure_ascii=False).encode()) for part in (header, payload))
    r, s = decode_dss_signature(key.private.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{signed}.{base64url(r.to_bytes(_HALF, 'big') + s.to_bytes(_HALF, 'big'))}"


def taken_apart(text: str, called: str, settings: Settings) -> Token:
    """The parts of a token; raises `UnreadableInput`."""
    parts = text.strip().split(".")
    if len(parts) != 3:
        raise _unreadable("This is no token of three parts", called)
    try:
        header, payload, signature = map(from_base64url, parts)
    except BadValue as problem:
        raise _unreadable("A part of the token is not base64url", called) from problem
    found = [parse_json(part, called, settings) for part in (header, payload)]
    if not all(isinstance(part, dict) for part in found):
        raise _unreadable("Header and payload of the token must be JSON objects", called)
    return Token(found[0], found[1], f"{parts[0]}.{parts[1]}".encode(), signature)


def named_key(token: Token) -> PublicKey | None:
    """The key that the header names by itself: by `kid` where that is a did:key or did:jwk, else as `jwk`.

    Nothing where it is named by an address only. Raises `BadValue` where the two are different.
    """
    kid, jwk = token.header.get("kid"), token.header.get("jwk")
    by_kid = resolved(kid) if isinstance(kid, str) and kid.startswith(("did:key:", "did:jwk:")) else None
    by_jwk = from_jwk(jwk) if isinstance(jwk, dict) else None
    if by_kid and by_jwk and by_kid.jwk != by_jwk.jwk:
        raise BadValue("The header of the token names two different keys", remedy="Ask for the credential again.")
    return by_kid or by_jwk


def refused(token: Token) -> str:
    """Why no key could make this token a good one, or nothing."""
    algorithm = token.header.get("alg")
    if algorithm == "none" or not token.signature:
        return "the token is not signed"
    if isinstance(algorithm, str) and algorithm.startswith("HS"):
        return f"{algorithm} is made with a secret that the verifier shares"
    return "" if isinstance(algorithm, str) else "its header names no algorithm"


def verifies(token: Token, key: PublicKey) -> bool:
    """Whether the token was signed with the key. Raises `Unsupported` for other algorithms, and for headers that must be understood."""
    algorithm = token.header.get("alg")
    if algorithm not in _ALGORITHMS:
        raise Unsupported(
            f"The algorithm {str(algorithm)[:50]!r} is none of Open Badges 3.0",
            remedy=f"Known: {', '.join(_ALGORITHMS)}.",
        )
    kind = token.header.get("typ", "JWT")
    if not isinstance(kind, str) or kind.upper() not in _KINDS or str(token.header.get("cty")).upper() == "JWT":
        raise Unsupported("The token is of another kind than VC-JWT", remedy="Verify it where it is known.")
    for name in _ASKING & token.header.keys():
        raise Unsupported(
            f"The header asks with {name!r} for something that is not done here", remedy="Verify it where it is known."
        )
    if "aud" in token.payload:
        raise Unsupported("The token is only for those that it names (aud)", remedy="Verify it where it is meant for.")
    if key.kind != _ALGORITHMS[algorithm]:
        return False
    try:
        if isinstance(key.key, rsa.RSAPublicKey):
            key.key.verify(token.signature, token.signed, padding.PKCS1v15(), hashes.SHA256())
            return True
        if isinstance(key.key, ec.EllipticCurvePublicKey) and len(token.signature) == 2 * _HALF:
            r, s = (int.from_bytes(part, "big") for part in (token.signature[:_HALF], token.signature[_HALF:]))
            key.key.verify(encode_dss_signature(r, s), token.signed, ec.ECDSA(hashes.SHA256()))
            return True
    except InvalidSignature:
        return False
    return False


def _unreadable(what: str, called: str) -> UnreadableInput:
    return UnreadableInput(what, place=Place(called), remedy="Ask for the credential again.")
