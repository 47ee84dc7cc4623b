"""DID documents that are at hand as files: whose they are, and the keys by which their owner makes statements. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mcqms_kg.errors import BadValue, McqmsError
from mcqms_kg.interop.json_read import Json
from mcqms_kg.interop.signing.did_key import PublicKey, from_jwk, from_multikey


def document_in(value: Json) -> dict[str, Json] | None:
    """The DID document that a JSON value is, or that stands in the answer of a resolver; nothing where it is none."""
    found = value.get("didDocument", value) if isinstance(value, dict) else None
    named = found.get("id") if isinstance(found, dict) else None
    return found if isinstance(named, str) and named.startswith("did:") else None


def keys_of(document: Mapping[str, Json]) -> Mapping[str, PublicKey]:
    """The keys under `assertionMethod` by their absolute ids; those for other purposes, or of other kinds, are left out.

    Raises `BadValue` where none is left.
    """
    did = str(document["id"])
    known = dict(_methods(did, document.get("verificationMethod")))
    found: dict[str, PublicKey] = {}
    for entry in _listed(document.get("assertionMethod")):
        method = known.get(_absolute(did, entry)) if isinstance(entry, str) else entry
        if isinstance(method, dict) and method.get("controller", did) == did and (key := _key(method)):
            found[_absolute(did, str(method.get("id", "")))] = key
    if not found:
        raise BadValue(
            f"The DID document of {did[:200]!r} gives no key for statements (assertionMethod) of a kind that is known here",
            remedy="Known kinds: Ed25519, P-256 and RSA, as publicKeyMultibase or publicKeyJwk.",
        )
    return found


def _methods(did: str, value: Json) -> Iterator[tuple[str, dict[str, Json]]]:
    for method in _listed(value):
        if isinstance(method, dict):
            yield _absolute(did, str(method.get("id", ""))), method


def _absolute(did: str, name: str) -> str:
    return f"{did}{name}" if name.startswith("#") else name


def _key(method: Mapping[str, Json]) -> PublicKey | None:
    try:
        if isinstance(jwk := method.get("publicKeyJwk"), dict):
            return from_jwk(jwk)
        if isinstance(multikey := method.get("publicKeyMultibase"), str):
            return from_multikey(multikey)
    except McqmsError:
        return None
    return None


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [] if value is None else [value]
