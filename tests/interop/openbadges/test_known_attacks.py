"""Ways by which other verifiers were led astray: none of them makes a badge good, and each comes out for the right reason."""

from __future__ import annotations

import copy
import gzip
import hashlib
import hmac
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from interop.openbadges.badges import DAY, STORY, chunk, mcqms, read, tiny_png, written
from interop.openbadges.conftest import Issued
from interop.openbadges.test_forgeries import signed, status_list, token
from mcqms_kg import operations
from mcqms_kg.errors import BadValue, McqmsError
from mcqms_kg.graph import canonical
from mcqms_kg.interop.openbadges.baking import baked
from mcqms_kg.interop.signing.did_key import PublicKey, from_jwk, from_multikey
from mcqms_kg.interop.signing.keys import SigningKey, load_key, new_key
from mcqms_kg.interop.signing.multibase import base58, base64url, from_base58, from_base64url

Json = dict[str, Any]
OTHER = "https://example.org/polytechnic-networks/award-2"
FAILED, UNCHECKED, REFUSED, GOOD = "failed", "could not check", "refused", "good"
ORDER_25519 = 2**252 + 27742317777372353535851937790883648493
ORDER_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@pytest.fixture(autouse=True)
def named_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blank nodes are named in this process: these badges take no time for it, and a process each does."""
    monkeypatch.setattr(canonical, "_FEW", 1000)


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    """The key of somebody else."""
    path = tmp_path_factory.mktemp("evil") / "key.pem"
    new_key(path, "Ed25519")
    return load_key(path)


@pytest.fixture(scope="module")
def other(issued: Issued, tmp_path_factory: pytest.TempPathFactory) -> Json:
    """Another badge of the same issuer."""
    path = tmp_path_factory.mktemp("other") / "badge.json"
    assert (
        mcqms("sign", STORY, "--award", OTHER, "--key", issued.key, "--register", issued.register, "-o", path).code == 0
    )
    return read(path)


def outcome(path: Path, issued: Issued, lists: tuple[Path, ...] | None = None) -> tuple[str, str]:
    """What verifying comes to, and the first point that is not good with what it says."""
    try:
        found = operations.verify(path, as_of=DAY, trust=[issued.trust], lists=issued.lists if lists is None else lists)
    except McqmsError as problem:
        return REFUSED, str(problem)
    worst = next((p for p in found.points if p.proof.value == found.proof.value and p.proof.value != GOOD), None)
    return found.proof.value, f"{worst.name}: {worst.why['en']}" if worst else ""


def of_text(issued: Issued, folder: Path, text: str | bytes) -> tuple[str, str]:
    path = folder / ("badge.jwt" if isinstance(text, str) and text[:3] == "eyJ" else "badge.json")
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return outcome(path, issued)


TEXTS: dict[str, tuple[Callable[[str], str | bytes], str, str]] = {
    "a key twice, once escaped": (lambda t: t.replace('"name":', '"n\\u0061me": "x", "name":', 1), REFUSED, "twice"),
    "a key with an invisible letter": (
        lambda t: t.replace('"validFrom"', '"valid\u200bFrom"'),
        FAILED,
        "must be there",
    ),
    "another encoding": (lambda t: t.encode("utf-16"), REFUSED, "nothing that can be verified"),
    "a list of one": (lambda t: f"[{t}]", REFUSED, "one JSON object"),
    "as uploaded for issuing": (lambda t: f'{{"credential": {t}}}', REFUSED, "neither a badge"),
}


@pytest.mark.parametrize("case", TEXTS)
def test_texts(issued: Issued, tmp_path: Path, case: str) -> None:
    change, comes_to, why = TEXTS[case]
    found, said = of_text(issued, tmp_path, change(issued.badge.read_text("utf-8")))
    assert found == comes_to and why in said, said


def _index(badge: Json) -> None:
    for entry in badge["credentialStatus"]:
        entry["statusListIndex"] = str(int(entry["statusListIndex"]) + 1)


def _in_subject(badge: Json) -> None:
    badge["credentialSubject"]["proof"] = badge.pop("proof")


def _malleable(badge: Json) -> None:
    value = from_base58(badge["proof"][0]["proofValue"][1:])
    moved = (int.from_bytes(value[32:], "little") + ORDER_25519).to_bytes(32, "little")
    badge["proof"][0]["proofValue"] = "z" + base58(value[:32] + moved)


def _neutral(badge: Json) -> None:
    """A key of small order, under which one signature is good for everything."""
    multikey = "z" + base58(b"\xed\x01\x01" + bytes(31))
    badge["issuer"]["id"] = f"did:key:{multikey}"
    badge["proof"][0] |= {
        "verificationMethod": f"did:key:{multikey}#{multikey}",
        "proofValue": "z" + base58(b"\x01" + bytes(63)),
    }


CHANGES: dict[str, tuple[Callable[[Json], object], str, str]] = {
    "a place of the list moved": (_index, FAILED, "signature"),
    "statuses emptied": (lambda b: b.update(credentialStatus=[]), FAILED, "signature"),
    "the moment in another zone": (
        lambda b: b.update(validFrom=b["validFrom"].replace("Z", "+00:00")),
        FAILED,
        "signature",
    ),
    "an older date beside it": (lambda b: b.update(issuanceDate="2020-01-01T00:00:00Z"), FAILED, "signature"),
    "an end that is null": (lambda b: b.update(validUntil=None), FAILED, "structure"),
    "the issuer by its id alone": (lambda b: b.update(issuer=b["issuer"]["id"]), FAILED, "signature"),
    "contexts in another order": (lambda b: b["@context"].reverse(), FAILED, "structure"),
    "a context twice": (lambda b: b["@context"].append(b["@context"][1]), FAILED, "twice"),
    "contexts unset": (lambda b: b["@context"].append(None), FAILED, "signature"),
    "a full-width letter": (lambda b: b["issuer"].update(name="\uff21" + b["issuer"]["name"]), FAILED, "signature"),
    "letters turned around": (lambda b: b["issuer"].update(name="\u202e" + b["issuer"]["name"]), FAILED, "signature"),
    "a proof inside the subject": (_in_subject, FAILED, "not signed"),
    "a proof in a list in a list": (lambda b: b.update(proof=[b["proof"]]), FAILED, "must be an object"),
    "no proof in the list": (lambda b: b.update(proof=[]), FAILED, "not signed"),
    "too many proofs": (lambda b: b.update(proof=b["proof"] * 11), UNCHECKED, "more proofs"),
    "the forerunner's suite": (
        lambda b: b["proof"][0].update(type="Ed25519Signature2020") or b["proof"][0].pop("cryptosuite"),
        FAILED,
        "signature",
    ),
    "another suite": (
        lambda b: b["proof"][0].update(cryptosuite="eddsa-jcs-2022"),
        UNCHECKED,
        "kind that is not known",
    ),
    "the key as an object": (lambda b: b["proof"][0].update(verificationMethod={"id": "urn:x"}), FAILED, "structure"),
    "fewer contexts in the proof": (
        lambda b: b["proof"][0].update({"@context": b["@context"][:1]}),
        FAILED,
        "signature",
    ),
    "a signature moved by the order": (_malleable, FAILED, "signature"),
    "a key of small order": (_neutral, FAILED, "signature"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_changed_badges(issued: Issued, tmp_path: Path, case: str) -> None:
    change, comes_to, why = CHANGES[case]
    badge = read(issued.badge)
    change(badge)
    found, said = outcome(written(tmp_path / "b.json", badge), issued)
    assert found == comes_to and why in said, said


@pytest.mark.parametrize("part", ["id", "credentialSubject", "credentialStatus", "proof"])
def test_parts_of_another_badge_of_the_same_issuer(issued: Issued, other: Json, tmp_path: Path, part: str) -> None:
    assert outcome(written(tmp_path / "other.json", other), issued)[0] == GOOD
    found, said = outcome(written(tmp_path / "b.json", {**read(issued.badge), part: other[part]}), issued)
    assert found == FAILED and said.startswith("signature"), said


def test_somebody_else_signs(issued: Issued, evil: SigningKey, tmp_path: Path) -> None:
    """Alone, beside the issuer before or after it, by the issuer's names, or in a key's name that mixes both."""
    badge = read(issued.badge)
    own, theirs = badge["proof"], signed(badge, evil)["proof"]
    issuer, stranger = issued.did.removeprefix("did:key:"), evil.public.multikey
    ways: dict[str, tuple[list[Json], str]] = {
        "alone": (theirs, "key"),
        "after": ([*own, *theirs], "key"),
        "before": ([*theirs, *own], "key"),
        "by the issuer's name": (
            signed(badge, evil, verificationMethod=f"did:key:{issuer}#{issuer}")["proof"],
            "signature",
        ),
        "a name below it": (
            signed(badge, evil, verificationMethod=f"did:key:{issuer}#{stranger}")["proof"],
            "signature",
        ),
        "the other way": (signed(badge, evil, verificationMethod=f"did:key:{stranger}#{issuer}")["proof"], "signature"),
    }
    for name, (proof, point) in ways.items():
        found, said = outcome(written(tmp_path / "b.json", {**badge, "proof": proof}), issued)
        assert found == FAILED and said.startswith(point), (name, said)
    forged = signed({**badge, "issuer": {**badge["issuer"], "id": evil.public.did}}, evil)
    assert outcome(written(tmp_path / "c.json", forged), issued)[0] == FAILED  # its issuer is nobody that is known


def test_lists_that_two_readers_would_read_in_two_ways(issued: Issued, evil: SigningKey, tmp_path: Path) -> None:
    named = status_list(issued)
    clear, full = gzip.compress(bytes(16384), mtime=0), gzip.compress(b"\xff" * 16384, mtime=0)
    ways = {
        "two packed one behind the other": status_list(issued, subject={"encodedList": "u" + base64url(clear + full)}),
        "packed in another way": status_list(
            issued, subject={"encodedList": "u" + base64url(zlib.compress(bytes(16384)))}
        ),
        "cut off": status_list(issued, subject={"encodedList": "u" + base64url(clear[:-9])}),
        "endless": status_list(issued, subject={"encodedList": "u" + base64url(gzip.compress(bytes(50_000_000)))}),
        "by somebody else": signed({**named, "issuer": evil.public.did}, evil),
        "by somebody else in its name": signed(named, evil),
    }
    rest = tuple(p for p in issued.lists if "revocation" not in p.name)
    assert outcome(issued.badge, issued, (written(tmp_path / "r.json", named), *rest))[0] == GOOD
    for name, changed in ways.items():
        found, said = outcome(issued.badge, issued, (written(tmp_path / "l.json", changed), *rest))
        assert found == UNCHECKED and said.startswith("status"), (name, said)


def test_tokens(issued: Issued, tmp_path: Path) -> None:
    header, payload, signature = issued.token.read_text().strip().split(".")
    claims, told = json.loads(from_base64url(payload)), json.loads(from_base64url(header))
    value = from_base64url(signature)
    r, s = int.from_bytes(value[:32], "big"), int.from_bytes(value[32:], "big")
    stranger = PublicKey("P-256", ec.generate_private_key(ec.SECP256R1()).public_key())

    def headed(**more: Any) -> str:
        return base64url(json.dumps({**told, **more}).encode())

    def claiming(**more: Any) -> bytes:
        return json.dumps({**claims, **more}).encode()

    hashed = f"{headed(alg='HS256')}.{payload}"
    secret = hmac.new(json.dumps(told["jwk"]).encode(), hashed.encode(), hashlib.sha256).digest()
    ways: dict[str, tuple[str, str, str]] = {
        "none, in other letters": (f"{headed(alg='nOnE')}.{payload}.", FAILED, "not signed"),
        "the public key as a secret": (f"{hashed}.{base64url(secret)}", FAILED, "secret"),
        "zeros": (f"{header}.{payload}.{base64url(bytes(64))}", FAILED, "signature"),
        "the order": (f"{header}.{payload}.{base64url(ORDER_P256.to_bytes(32, 'big') * 2)}", FAILED, "signature"),
        "the other form": (f"{header}.{payload}.{base64url(encode_dss_signature(r, s))}", FAILED, "signature"),
        "a stranger's key": (f"{headed(jwk=stranger.jwk)}.{payload}.{signature}", FAILED, "two different keys"),
        "b64": (token(issued, b64=False), UNCHECKED, "'b64'"),
        "crit": (token(issued, crit=["b64"], b64=False), UNCHECKED, "asks with"),
        "jku": (token(issued, jku="https://evil.example/keys"), UNCHECKED, "'jku'"),
        "x5u": (token(issued, x5u="https://evil.example/chain"), UNCHECKED, "'x5u'"),
        "x5c": (token(issued, x5c=["AAAA"]), UNCHECKED, "'x5c'"),
        "a token in a token": (token(issued, cty="JWT"), UNCHECKED, "another kind"),
        "selective disclosure": (f"{token(issued)}~WyJhIiwibmFtZSIsIngiXQ~", REFUSED, "selective disclosure"),
        "for others": (token(issued, claiming(aud="https://example.org/")), UNCHECKED, "aud"),
        "a second credential": (token(issued, claiming(vc={**claims, "name": "x"})), FAILED, "something else"),
        "credential and presentation": (token(issued, claiming(vc=claims, vp=claims)), FAILED, "something else"),
        "a proof of something else": (token(issued, claiming(proof=read(issued.badge)["proof"])), FAILED, "signature"),
        "a claim twice": (token(issued, json.dumps(claims)[:-1].encode() + b',"name":"x"}'), REFUSED, "twice"),
        "run out": (token(issued, claiming(exp=1_000_000_000)), FAILED, "something else"),
        "signed as JSON": (json.dumps({"payload": payload, "protected": header, "signature": signature}), REFUSED, ""),
    }
    assert of_text(issued, tmp_path, token(issued))[0] == GOOD
    for name, (text, comes_to, why) in ways.items():
        found, said = of_text(issued, tmp_path, text)
        assert found == comes_to and why in said, (name, found, said)


def test_images(issued: Issued, evil: SigningKey, tmp_path: Path) -> None:
    badge = read(issued.badge)
    forged = json.dumps(signed({**copy.deepcopy(badge), "issuer": {**badge["issuer"], "id": evil.public.did}}, evil))
    word, text = b"openbadgecredential", issued.badge.read_bytes()
    own = chunk(b"iTXt", word + b"\0\0\0\0\0" + text)
    drawn = baked(b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>', text.decode(), "b.svg").decode()
    pictures: dict[str, tuple[str, bytes, str]] = {
        "in capitals": (
            "png",
            tiny_png(own, chunk(b"iTXt", word.upper() + b"\0\0\0\0\0" + forged.encode())),
            "more than one",
        ),
        "with a blank": ("png", tiny_png(own, chunk(b"tEXt", word + b" \0" + forged.encode())), "more than one"),
        "packed": (
            "png",
            tiny_png(own, chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(forged.encode()))),
            "more than one",
        ),
        "unpacking without end": (
            "png",
            tiny_png(chunk(b"iTXt", word + b"\0\1\0\0\0" + zlib.compress(bytes(50_000_000)))),
            "larger than",
        ),
        "a note inside": ("svg", drawn.replace("<![CDATA[", "<!-- x --><![CDATA[").encode(), "not only text"),
        "an order inside": ("svg", drawn.replace("<![CDATA[", "<?x y?><![CDATA[").encode(), "not only text"),
        "an element inside": ("svg", drawn.replace("<![CDATA[", "<b/><![CDATA[").encode(), "not only text"),
        "another encoding": ("svg", b'<?xml version="1.0" encoding="iso-8859-1"?>' + drawn.encode(), "iso-8859-1"),
        "under another prefix": (
            "svg",
            re.sub(
                r"</svg>\s*$", '<z:assertion xmlns:z="http://openbadges.org">{}</z:assertion></svg>', drawn
            ).encode(),
            "more than one",
        ),
    }
    for name, (ending, content, why) in pictures.items():
        path = tmp_path / f"b.{ending}"
        path.write_bytes(content)
        found, said = outcome(path, issued)
        assert found == REFUSED and why in said, (name, said)
    for ending, content in {"png": tiny_png(own), "svg": drawn.encode()}.items():
        (tmp_path / f"b.{ending}").write_bytes(content)
        assert outcome(tmp_path / f"b.{ending}", issued)[0] == GOOD


@pytest.mark.parametrize("text", ["01" + "00" * 31, "00" * 32, "ec" + "ff" * 30 + "7f", "ed" + "ff" * 30 + "ff"])
def test_keys_under_which_one_signature_is_good_for_many_texts(text: str) -> None:
    """Points of small order, also where they are written larger than the field."""
    with pytest.raises(BadValue, match="no public key"):
        from_multikey("z" + base58(b"\xed\x01" + bytes.fromhex(text)))
    with pytest.raises(BadValue, match="no public key"):
        from_jwk({"kty": "OKP", "crv": "Ed25519", "x": base64url(bytes.fromhex(text))})
