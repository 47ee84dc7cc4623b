"""Keys that stand elsewhere are given as a file: a DID document is a list of one issuer that is trusted, and of its keys."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from interop.openbadges.badges import DAY, mcqms, points, read, written
from interop.openbadges.conftest import Issued
from interop.openbadges.test_forgeries import signed
from interop.openbadges.test_forgeries import token as by_hand
from mcqms_kg.interop.signing.keys import load_key, new_key

DID = "did:web:badges.example.org"


def document(issued: Issued, **change: Any) -> dict[str, Any]:
    """The DID document of an institute with one key of ours for statements, and one of another kind for something else."""
    key = {"id": "#key-1", "type": "Multikey", "controller": DID, "publicKeyMultibase": issued.did[8:]}
    other = {
        "id": f"{DID}#key-2",
        "type": "X25519KeyAgreementKey2020",
        "controller": DID,
        "publicKeyMultibase": "z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc",
    }
    made = {"@context": ["https://www.w3.org/ns/did/v1"], "id": DID, "verificationMethod": [key, other]}
    return {**made, "assertionMethod": ["#key-1"], "keyAgreement": [f"{DID}#key-2"], **change}


def named(issued: Issued, method: str = f"{DID}#key-1") -> dict[str, Any]:
    """The badge by an issuer that is named by its web site, signed by our key under the name that it has there."""
    badge = read(issued.badge)
    badge.pop("credentialStatus", None)
    badge["issuer"]["id"] = DID
    return signed(badge, load_key(issued.key), verificationMethod=method)


def verified(path: Path, *more: Any) -> tuple[int, dict[str, str]]:
    done = mcqms("verify", path, "--as-of", DAY, "--format", "json", *more)
    return done.code, points(done)


def test_with_the_document_it_is_good_and_without_it_could_not_be_checked(issued: Issued, tmp_path: Path) -> None:
    badge = written(tmp_path / "badge.json", named(issued))
    code, found = verified(badge)
    assert (code, found["signature"]) == (2, "could not check")
    told = mcqms("verify", badge, "--as-of", DAY).out
    assert "is not in the file, and nothing is fetched" in told and "or its DID document, with --trust" in told
    did = written(tmp_path / "did.json", document(issued))
    assert verified(badge, "--trust", did) == (0, dict.fromkeys(found, "good"))
    answer = written(tmp_path / "answer.json", {"didDocument": document(issued), "didDocumentMetadata": {}})
    assert verified(badge, "--trust", answer)[0] == 0


CHANGES: dict[str, tuple[dict[str, Any], int]] = {
    "another name for the key": ({"assertionMethod": [f"{DID}#key-9"]}, 2),
    "no key for statements": ({"assertionMethod": [], "authentication": ["#key-1"]}, 2),
    "only a key of another kind": ({"assertionMethod": [f"{DID}#key-2"]}, 2),
    "another institute": ({"id": "did:web:other.example.org"}, 2),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_document_that_does_not_give_the_key_to_the_issuer(issued: Issued, tmp_path: Path, case: str) -> None:
    badge = written(tmp_path / "badge.json", named(issued))
    change, code = CHANGES[case]
    did = written(tmp_path / "did.json", document(issued, **change))
    assert mcqms("verify", badge, "--as-of", DAY, "--trust", did).code == code


def test_a_key_of_somebody_else(issued: Issued, tmp_path: Path) -> None:
    badge = written(tmp_path / "badge.json", named(issued))
    new_key(tmp_path / "other.pem", "Ed25519")
    whole = document(issued)
    whole["verificationMethod"][0]["publicKeyMultibase"] = load_key(tmp_path / "other.pem").public.multikey
    assert verified(badge, "--trust", written(tmp_path / "did.json", whole))[1]["signature"] == "failed"
    whole = document(issued)
    whole["verificationMethod"][0]["controller"] = "did:web:other.example.org"
    done = mcqms("verify", badge, "--as-of", DAY, "--trust", written(tmp_path / "did.json", whole))
    assert done.code == 2 and "gives no key for statements" in done.err


def test_a_token_whose_key_stands_in_the_document(issued: Issued, tmp_path: Path) -> None:
    public = load_key(issued.p256).public
    method = {"id": f"{DID}#jwk", "type": "JsonWebKey", "controller": DID, "publicKeyJwk": public.jwk}
    did = written(tmp_path / "did.json", {"id": DID, "assertionMethod": [method]})
    badge = copy.deepcopy(read(issued.badge))
    for name in ("proof", "credentialStatus"):
        badge.pop(name)
    badge["issuer"]["id"] = DID
    payload = {**badge, "iss": DID, "jti": badge["id"], "sub": badge["credentialSubject"]["id"]}
    (tmp_path / "badge.jwt").write_text(by_hand(issued, json.dumps(payload).encode(), kid=f"{DID}#jwk", jwk=None))
    code, found = verified(tmp_path / "badge.jwt", "--trust", did)
    assert (code, found["signature"], found["key"]) == (0, "good", "good")


def test_credentials_of_other_kinds_are_verified_too(issued: Issued, tmp_path: Path) -> None:
    """A status list is one, and so is whatever has contexts that are known."""
    code, found = verified(issued.lists[0], "--trust", issued.trust)
    assert (code, set(found.values())) == (0, {"good"})
    credential = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": issued.did,
        "credentialSubject": {"id": "urn:uuid:3f0e0c7e-0000-4000-8000-000000000005"},
    }
    made = signed(credential, load_key(issued.key))
    assert verified(written(tmp_path / "a.json", made), "--trust", issued.trust)[0] == 0
    changed = {**made, "credentialSubject": {"id": "urn:uuid:3f0e0c7e-0000-4000-8000-000000000006"}}
    assert verified(written(tmp_path / "b.json", changed), "--trust", issued.trust)[0] == 1
    for lacking in ("issuer", "credentialSubject"):
        broken = {name: value for name, value in made.items() if name != lacking}
        assert verified(written(tmp_path / "c.json", broken))[1]["structure"] == "failed"
    over = signed({**credential, "validUntil": "2020-01-01T00:00:00Z"}, load_key(issued.key))
    assert verified(written(tmp_path / "d.json", over))[1]["validity"] == "failed"


def test_a_european_seal_is_not_verified_and_says_so(tmp_path: Path) -> None:
    sealed = {
        "@context": ["http://data.europa.eu/snb/model/context/edc-ap"],
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
    }
    done = mcqms("verify", written(tmp_path / "e.json", sealed))
    assert done.code == 2 and "seal of a European Digital Credential" in done.err and "mcqms import" in done.err
