"""Ways to make a badge say more than was signed that are not found by changing one place: none of them is good."""

from __future__ import annotations

import base64
import copy
import datetime as dt
import gzip
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from interop.openbadges.badges import BASE, DAY, chunk, read, tiny_png, written
from interop.openbadges.conftest import Issued
from mcqms_kg import operations
from mcqms_kg.errors import McqmsError
from mcqms_kg.interop.openbadges.baking import baked
from mcqms_kg.interop.signing import eddsa_rdfc_2022
from mcqms_kg.interop.signing.keys import SigningKey, load_key, new_key
from mcqms_kg.interop.signing.multibase import base58, base64url
from mcqms_kg.interop.signing.status_list import encoded
from mcqms_kg.model import Proof

Json = dict[str, Any]
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)


def proof_of(path: Path, issued: Issued, lists: tuple[Path, ...] | None = None) -> Proof | None:
    """What verifying comes to; nothing where the file is refused."""
    try:
        given = issued.lists if lists is None else lists
        return operations.verify(path, as_of=DAY, trust=[issued.trust], lists=given).proof
    except McqmsError:
        return None


def signed(document: Json, key: SigningKey, **more: Any) -> Json:
    """Signed by the issuer's own key, with more in the proof than we write."""
    made = eddsa_rdfc_2022.sign(document, key, NOW)
    if not more:
        return made
    proof = {**made["proof"][0], **more}
    unsigned = {k: v for k, v in document.items() if k != "proof"}
    value = {k: v for k, v in proof.items() if k != "proofValue"}
    assert isinstance(key.private, ed25519.Ed25519PrivateKey)
    signature = key.private.sign(eddsa_rdfc_2022.signed_bytes(unsigned, value))
    return {**unsigned, "proof": [{**value, "proofValue": "z" + base58(signature)}]}


def subject_of(badge: Json) -> Json:
    found: Json = badge["credentialSubject"]
    return found


def _look_alike(badge: Json) -> None:
    badge["issuer"]["name"] = badge["issuer"]["name"].replace("a", "\u0430")


def _decomposed(badge: Json) -> None:
    subject_of(badge)["achievement"]["name"] += "\u0301"


def _invisible(badge: Json) -> None:
    subject_of(badge)["achievement"]["name"] += "\u200b"


def _dot_segments(badge: Json) -> None:
    achievement = subject_of(badge)["achievement"]
    achievement["id"] = achievement["id"].replace("example.org/", "example.org/./")


def _upper_scheme(badge: Json) -> None:
    badge["id"] = badge["id"].replace("https", "HTTPS").replace("urn", "URN")


def _own_terms(badge: Json) -> None:
    badge["@context"].append({"honours": "https://schema.org/honorificSuffix"})
    badge["honours"] = "with distinction"


def _remapped(badge: Json) -> None:
    badge["@context"].append({"name": "https://schema.org/alternateName", "description": "https://schema.org/name"})


def _inner_context(badge: Json) -> None:
    subject_of(badge)["achievement"]["@context"] = {"name": "https://schema.org/alternateName"}


def _vocabulary(badge: Json) -> None:
    badge["@context"].append({"@vocab": "https://evil.example/"})
    badge["rank"] = "first"


def _older_context(badge: Json) -> None:
    badge["@context"].append("https://w3id.org/openbadges/v2")
    badge["type"].append("Assertion")


def _record(badge: Json) -> None:
    badge["type"].append("ClrCredential")
    subject_of(badge)["verifiableCredential"] = []


def _reversed_claim(badge: Json) -> None:
    badge["@reverse"] = {"https://schema.org/recognizedBy": {"id": "https://ministry.example/"}}


def _included(badge: Json) -> None:
    badge["@included"] = [{"id": "https://ministry.example/", "name": "Ministry"}]


def _same_thing_elsewhere(badge: Json) -> None:
    badge["evidence"] = [{"id": badge["id"], "type": ["Evidence"], "name": "More"}]


def _no_type(badge: Json) -> None:
    subject_of(badge)["achievement"]["type"] = ["Achievement", "urn:evil:Doctorate"]


def _proof_of_another(badge: Json) -> None:
    badge["proof"][0]["proofValue"] = badge["proof"][0]["proofValue"][::-1].replace("z", "", 1)


def _two_proofs(badge: Json) -> None:
    other = copy.deepcopy(badge["proof"][0])
    other["created"] = "2026-01-01T00:00:00Z"
    badge["proof"].append(other)


def _unknown_second_proof(badge: Json) -> None:
    badge["proof"].append({"type": "DataIntegrityProof", "cryptosuite": "bbs-2023", "proofValue": "u00"})


def _proof_without_purpose(badge: Json) -> None:
    badge["proof"][0]["proofPurpose"] = "authentication"


def _proof_in_proof(badge: Json) -> None:
    badge["proof"][0]["proof"] = {"type": "DataIntegrityProof"}


def _chained(badge: Json) -> None:
    badge["proof"][0]["previousProof"] = "urn:a"


def _fragment(badge: Json) -> None:
    badge["proof"][0]["verificationMethod"] += "x"


def _padded_signature(badge: Json) -> None:
    badge["proof"][0]["proofValue"] += "="


def _zeros(badge: Json) -> None:
    badge["proof"][0]["proofValue"] = "z1" + badge["proof"][0]["proofValue"][1:]


CHANGES: dict[str, Callable[[Json], None]] = {
    name.lstrip("_").replace("_", " "): change
    for name, change in list(globals().items())
    if name.startswith("_") and callable(change) and not name.startswith("__")
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_badge_is_not_good(issued: Issued, tmp_path: Path, name: str) -> None:
    badge = read(issued.badge)
    CHANGES[name](badge)
    assert badge != read(issued.badge)
    assert proof_of(written(tmp_path / "b.json", badge), issued) is not Proof.GOOD


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"name":', '"name": "Other", "name":'),
        ('"name":', '"n\\u0061me": "Other", "name":'),
        ('{"@context"', '\ufeff{"@context"'),
        ('{"@context"', '{"credentialStatus": [], "@context"'),
    ],
    ids=["a key twice", "a key twice, once escaped", "a mark in front", "a status in front"],
)
def test_the_same_key_twice_is_not_good(issued: Issued, tmp_path: Path, old: str, new: str) -> None:
    text = json.dumps(read(issued.badge))
    assert old in text
    (tmp_path / "b.json").write_text(text.replace(old, new, 1), "utf-8")
    found = proof_of(tmp_path / "b.json", issued)
    assert found is not Proof.GOOD or new.startswith("\ufeff")


@pytest.mark.parametrize("behind", ["{}", "\n[1]", "\x00", "/* */", "eyJ.e.e"])
def test_what_stands_behind_the_json_is_not_good(issued: Issued, tmp_path: Path, behind: str) -> None:
    (tmp_path / "b.json").write_text(json.dumps(read(issued.badge)) + behind, "utf-8")
    assert proof_of(tmp_path / "b.json", issued) is not Proof.GOOD


def test_the_proof_of_another_badge_is_not_good(issued: Issued, tmp_path: Path) -> None:
    key, badge = load_key(issued.key), read(issued.badge)
    other = signed({**badge, "id": "urn:uuid:00000000-0000-4000-8000-00000000000a"}, key)
    assert proof_of(written(tmp_path / "a.json", other), issued) is Proof.GOOD
    assert proof_of(written(tmp_path / "b.json", {**badge, "proof": other["proof"]}), issued) is not Proof.GOOD
    both = {**badge, "proof": [*badge["proof"], *other["proof"]]}
    assert proof_of(written(tmp_path / "c.json", both), issued) is not Proof.GOOD


def test_a_proof_that_has_run_out_is_not_good(issued: Issued, tmp_path: Path) -> None:
    key, badge = load_key(issued.key), read(issued.badge)
    for expires, good in (("2027-01-01T00:00:00Z", True), ("2026-06-02T00:00:00Z", False), ("never", False)):
        made = signed(badge, key, expires=expires)
        assert (proof_of(written(tmp_path / "b.json", made), issued) is Proof.GOOD) is good, expires


def test_another_key_in_the_issuers_name_is_not_good(issued: Issued, tmp_path: Path) -> None:
    new_key(tmp_path / "other.pem", "Ed25519")
    other = load_key(tmp_path / "other.pem")
    badge = read(issued.badge)
    for document in (badge, {**badge, "issuer": {**badge["issuer"], "id": f"{issued.did}#{issued.did[8:]}"}}):
        assert proof_of(written(tmp_path / "b.json", signed(document, other)), issued) is not Proof.GOOD
    public = load_key(issued.key).public.key
    assert isinstance(public, ed25519.Ed25519PublicKey)
    spelled = "did:key:u" + base64url(b"\xed\x01" + public.public_bytes_raw())
    named = {**badge, "issuer": {**badge["issuer"], "id": spelled}}
    made = signed(named, load_key(issued.key))
    assert proof_of(written(tmp_path / "c.json", made), issued) is not Proof.GOOD  # that name is not in the trust list


def token(issued: Issued, payload: bytes | None = None, **header: Any) -> str:
    """A token signed by the issuer's own key, by hand."""
    key = load_key(issued.p256)
    assert isinstance(key.private, ec.EllipticCurvePrivateKey)
    own = issued.token.read_text().split(".")[1]
    told = {"alg": "ES256", "jwk": key.public.jwk, **header}
    text = f"{base64url(json.dumps(told).encode())}.{base64url(payload) if payload else own}"
    r, s = decode_dss_signature(key.private.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
    return f"{text}.{base64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def _of(text: str) -> str:
    """The last letter of a part, changed in the bits that are not used."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return text[:-1] + alphabet[alphabet.index(text[-1]) ^ 1]


def test_tokens_that_are_nearly_good(issued: Issued, tmp_path: Path) -> None:
    good = token(issued)
    header, payload, signature = good.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    rsa = {"kty": "RSA", "n": base64url(b"\xff" * 256), "e": "AQAB"}
    ways = {
        "more behind": f"{good}.{payload}",
        "a point behind": f"{good}.",
        "padding": f"{header}.{payload}.{signature}==",
        "the other alphabet": f"{header}.{payload}.{signature.replace('-', '+').replace('_', '/')}=",
        "unused bits": f"{header}.{payload}.{_of(signature)}",
        "a line inside": f"{header}.{payload[:9]}\n{payload[9:]}.{signature}",
        "disclosures": f"{good}~WyJzYWx0IiwibmFtZSIsIkFuYSJd~",
        "critical": token(issued, crit=["b64"], b64=False),
        "another kind of key": token(issued, alg="RS256"),
        "a key of another kind": token(issued, jwk=rsa),
        "small letters": token(issued, alg="es256"),
        "a key that is another": token(issued, kid=issued.did),
        "another credential beside": token(issued, json.dumps({"vc": {**claims, "id": "urn:b"}, **claims}).encode()),
        "sub is another": token(issued, json.dumps({**claims, "sub": "did:example:other"}).encode()),
        "exp is another": token(issued, json.dumps({**claims, "exp": 4102444800}).encode()),
        "exp is no number": token(issued, json.dumps({**claims, "exp": "2100"}).encode()),
        "a key twice": token(issued, json.dumps(claims).replace("{", '{"id": "urn:b", ', 1).encode()),
        "a null": token(issued, json.dumps({**claims, "credentialStatus": None, "validUntil": None}).encode()),
    }
    (tmp_path / "good.jwt").write_text(good)
    assert proof_of(tmp_path / "good.jwt", issued) is Proof.GOOD
    found = {}
    for name, text in ways.items():
        (tmp_path / "b.jwt").write_text(text)
        found[name] = proof_of(tmp_path / "b.jwt", issued)
    assert [name for name, proof in found.items() if proof is Proof.GOOD] == []


def status_list(issued: Issued, **change: Any) -> Json:
    """The list of revocations, with something else in it, signed again by the issuer."""
    path = next(p for p in issued.lists if "revocation" in p.name)
    document = read(path)
    document["credentialSubject"] |= change.pop("subject", {})
    return signed({**document, **change}, load_key(issued.key))


def test_status_lists_that_say_nothing_of_the_badge(issued: Issued, tmp_path: Path) -> None:
    others = tuple(p for p in issued.lists if "revocation" not in p.name)
    short = "u" + base64url(gzip.compress(bytes(100), mtime=0))
    ways = {
        "run out": status_list(issued, validUntil="2026-06-29T00:00:00Z"),
        "of tomorrow": status_list(issued, validFrom="2026-07-02T00:00:00Z"),
        "for another purpose": status_list(issued, subject={"statusPurpose": "message"}),
        "too short": status_list(issued, subject={"encodedList": short}),
        "no list": status_list(issued, subject={"encodedList": "u"}),
        "packed in another way": status_list(
            issued, subject={"encodedList": "u" + base64url(zlib.compress(bytes(16384)))}
        ),
        "revoked": status_list(issued, subject={"encodedList": encoded(range(131072), 131072)}),
        "of another address": status_list(issued, id=f"{BASE}other"),
        "by another": {**status_list(issued), "issuer": "did:example:other"},
        "not signed": {k: v for k, v in status_list(issued).items() if k != "proof"},
        "of another kind": status_list(issued, type=["VerifiableCredential"]),
    }
    assert proof_of(issued.badge, issued, (written(tmp_path / "own.json", status_list(issued)), *others)) is Proof.GOOD
    found = {
        name: proof_of(issued.badge, issued, (written(tmp_path / "l.json", d), *others)) for name, d in ways.items()
    }
    assert [name for name, proof in found.items() if proof is Proof.GOOD] == []
    twice = written(tmp_path / "twice.json", status_list(issued))
    assert proof_of(issued.badge, issued, (twice, *issued.lists)) is not Proof.GOOD


@pytest.mark.parametrize("index", ["131072", "99999999999", "-1", "1e3", "\u0661", "0x10", " 7", True, 1.5, None])
def test_places_that_no_list_has(issued: Issued, tmp_path: Path, index: Any) -> None:
    badge = read(issued.badge)
    entries = badge["credentialStatus"]
    for entry in entries if isinstance(entries, list) else [entries]:
        entry["statusListIndex"] = index
    try:
        made = signed(badge, load_key(issued.key))
    except McqmsError:  # what cannot be signed cannot be good
        return
    assert proof_of(written(tmp_path / "b.json", made), issued) is not Proof.GOOD


def test_images_that_hold_two(issued: Issued, tmp_path: Path) -> None:
    good = issued.badge.read_text("utf-8")
    other = json.dumps({**json.loads(good), "name": "Somebody else's"})
    image = baked(tiny_png(), good, "p.png")
    end = image.rindex(b"IEND") - 4
    keyword = b"openbadgecredential\0"
    ways = {
        "two of a kind": chunk(b"iTXt", keyword + b"\0\0\0\0" + other.encode()),
        "plain text": chunk(b"tEXt", keyword + other.encode()),
        "packed text": chunk(b"zTXt", keyword + b"\0" + zlib.compress(other.encode())),
        "an older one": chunk(b"tEXt", b"openbadges\0" + other.encode()),
    }
    (tmp_path / "good.png").write_bytes(image)
    assert proof_of(tmp_path / "good.png", issued) is Proof.GOOD
    for name, more in ways.items():
        (tmp_path / "b.png").write_bytes(image[:end] + more + image[end:])
        assert proof_of(tmp_path / "b.png", issued) is not Proof.GOOD, name
        (tmp_path / "b.png").write_bytes(image + more)
        assert proof_of(tmp_path / "b.png", issued) is not Proof.GOOD, f"{name} behind the end"


def test_drawings_that_hold_two(issued: Issued, tmp_path: Path) -> None:
    good = issued.badge.read_text("utf-8")
    own = issued.token.read_text().strip()
    picture = b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>'
    image = baked(picture, good, "p.svg").decode()
    (tmp_path / "good.svg").write_text(image, "utf-8")
    assert proof_of(tmp_path / "good.svg", issued) is Proof.GOOD
    ways = {
        "an attribute beside": image.replace("<openbadges:credential ", f'<openbadges:credential verify="{own}" ', 1),
        "an older one": image.replace("</svg>", f'<o:assertion xmlns:o="http://openbadges.org" verify="{own}"/></svg>'),
        "declared": '<!DOCTYPE svg [<!ENTITY a "b">]>' + image,
        "a name of others": '<!DOCTYPE svg SYSTEM "svg.dtd">' + image.replace("<![CDATA[", "&nbsp;<![CDATA[", 1),
        "more behind": image + image,
    }
    for name, text in ways.items():
        (tmp_path / "b.svg").write_text(text, "utf-8")
        assert proof_of(tmp_path / "b.svg", issued) is not Proof.GOOD, name
    typed = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + image
    (tmp_path / "typed.svg").write_text(typed, "utf-8")
    assert proof_of(tmp_path / "typed.svg", issued) is Proof.GOOD
