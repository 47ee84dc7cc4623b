"""Whatever is changed anywhere in a good badge, it is no longer good, and there is an answer or an error of ours, never another one."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from interop.openbadges.badges import DAY, read, written
from interop.openbadges.conftest import Issued
from mcqms_kg import operations
from mcqms_kg.errors import McqmsError
from mcqms_kg.graph import canonical
from mcqms_kg.interop.json_read import walk
from mcqms_kg.interop.openbadges import read as read_badge
from mcqms_kg.interop.signing.multibase import base64url
from mcqms_kg.model import Proof, Verification
from mcqms_kg.settings import Settings

WRONG: dict[str, Any] = {
    "null": None,
    "a number": 7,
    "empty text": "",
    "a text": "x",
    "a list in a list": [["x"]],
    "an empty object": {},
    "an object": {"id": "https://evil.example/", "type": ["Evil"]},
}


@pytest.fixture(autouse=True)
def named_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blank nodes are named in this process: these badges take no time for it, and a process each does."""
    monkeypatch.setattr(canonical, "_FEW", 1000)


def proof_of(path: Path, issued: Issued) -> Proof | None:
    """What verifying and reading come to; nothing where the file is refused."""
    with suppress(McqmsError):
        read_badge(path, str(path), Settings())
    try:
        return verified(path, issued).proof
    except McqmsError:
        return None


def verified(path: Path, issued: Issued) -> Verification:
    return operations.verify(path, as_of=DAY, trust=[issued.trust], lists=issued.lists)


def at(document: Any, pointer: str) -> tuple[Any, Any]:
    """The container and the key or index that a pointer names."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    for step in steps[:-1]:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document, int(steps[-1]) if isinstance(document, list) else steps[-1]


def pointers(document: Any) -> list[str]:
    return list(dict.fromkeys(place for place, _ in walk(document) if place))


def changes(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for place in pointers(document):
        for name, value in WRONG.items():
            changed = copy.deepcopy(document)
            container, key = at(changed, place)
            if container[key] != value:
                container[key] = value
                yield f"{place} as {name}", changed
        changed = copy.deepcopy(document)
        container, key = at(changed, place)
        del container[key]
        yield f"without {place}", changed
        container, key = at(document, place)
        if isinstance(container[key], dict):
            for name, value in (("extra", "x"), ("name", "x"), ("@type", "Evil"), ("https://schema.org/name", "x")):
                if name not in container[key]:
                    changed = copy.deepcopy(document)
                    inner, step = at(changed, place)
                    inner[step][name] = value
                    yield f"{place} with {name}", changed


@pytest.mark.slow
def test_every_place_of_a_badge_is_covered(issued: Issued, tmp_path: Path) -> None:
    badge, file = read(issued.badge), tmp_path / "badge.json"
    assert proof_of(written(file, badge), issued) is Proof.GOOD
    good = [name for name, changed in changes(badge) if proof_of(written(file, changed), issued) is Proof.GOOD]
    assert good == []


def test_every_claim_of_a_token_is_covered(issued: Issued, tmp_path: Path) -> None:
    header, payload, signature = issued.token.read_text().strip().split(".")
    file = tmp_path / "badge.jwt"
    assert proof_of(issued.token, issued) is Proof.GOOD
    for place in range(0, len(payload), 97):
        letter = "A" if payload[place] != "A" else "B"
        file.write_text(f"{header}.{payload[:place]}{letter}{payload[place + 1 :]}.{signature}")
        assert proof_of(file, issued) is not Proof.GOOD
    for place in range(0, len(signature), 7):
        letter = "A" if signature[place] != "A" else "B"
        file.write_text(f"{header}.{payload}.{signature[:place]}{letter}{signature[place + 1 :]}")
        assert proof_of(file, issued) is not Proof.GOOD


def test_one_flipped_bit_of_an_image(issued: Issued, tmp_path: Path) -> None:
    from interop.openbadges.badges import tiny_png
    from mcqms_kg.interop.openbadges.baking import baked

    image = baked(tiny_png(), issued.badge.read_text("utf-8"), "picture.png")
    file = tmp_path / "badge.png"
    file.write_bytes(image)
    assert proof_of(file, issued) is Proof.GOOD
    for place in range(0, len(image), 53):
        file.write_bytes(image[:place] + bytes([image[place] ^ 4]) + image[place + 1 :])
        assert proof_of(file, issued) is not Proof.GOOD


HEADERS: dict[str, tuple[Any, str, str]] = {
    "alg none": ({"alg": "none"}, "failed", ""),
    "a secret made of the public key": ({"alg": "HS256"}, "failed", "c2VjcmV0"),
    "another algorithm": ({"alg": "EdDSA"}, "could not check", "AAAA"),
    "no algorithm": ({"typ": "JWT"}, "failed", "AAAA"),
    "an algorithm that is no text": ({"alg": ["ES256"]}, "failed", "AAAA"),
    "a key at an address": ({"alg": "ES256", "kid": "https://evil.example/key"}, "could not check", "AAAA"),
    "jku": ({"alg": "ES256", "jku": "https://evil.example/jwks"}, "could not check", "AAAA"),
    "x5u": ({"alg": "RS256", "x5u": "https://evil.example/cert"}, "could not check", "AAAA"),
    "a key that is none": (
        {"alg": "ES256", "jwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}},
        "failed",
        "AAAA",
    ),
    "a symmetric key": ({"alg": "ES256", "jwk": {"kty": "oct", "k": "AA"}}, "could not check", "AAAA"),
    "a tiny RSA key": ({"alg": "RS256", "jwk": {"kty": "RSA", "n": "AQAB", "e": "AQAB"}}, "failed", "AAAA"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_headers_of_tokens(issued: Issued, tmp_path: Path, name: str) -> None:
    header, expected, signature = HEADERS[name]
    payload = issued.token.read_text().split(".")[1]
    file = tmp_path / "badge.jwt"
    file.write_text(f"{base64url(json.dumps(header).encode())}.{payload}.{signature}")
    found = {point.name: point.proof for point in verified(file, issued).points}
    assert found["signature"] == expected


@pytest.mark.parametrize(
    "more", [{"crit": ["exp"]}, {"typ": "at+jwt"}, {"kid": "did:key:z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd"}]
)
def test_headers_that_are_signed_and_yet_not_good(issued: Issued, tmp_path: Path, more: dict[str, Any]) -> None:
    """Signed with the issuer's own key, by hand."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

    from mcqms_kg.interop.signing.keys import load_key

    key = load_key(issued.p256)
    assert isinstance(key.private, ec.EllipticCurvePrivateKey)
    payload = issued.token.read_text().split(".")[1]
    header = {"alg": "ES256", "jwk": key.public.jwk, **more}
    signed = f"{base64url(json.dumps(header).encode())}.{payload}"
    r, s = decode_dss_signature(key.private.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    file = tmp_path / "badge.jwt"
    file.write_text(f"{signed}.{base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}")
    assert verified(file, issued).proof is not Proof.GOOD
    good = {"alg": "ES256", "jwk": key.public.jwk}
    signed = f"{base64url(json.dumps(good).encode())}.{payload}"
    r, s = decode_dss_signature(key.private.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    file.write_text(f"{signed}.{base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}")
    assert verified(file, issued).proof is Proof.GOOD
