"""The W3C's vectors of eddsa-rdfc-2022: canonical form, hashes and proof value, to the byte."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from interop.openbadges.badges import Done, mcqms, points, read, standards, written
from mcqms_kg.graph.canonical import canonical_nquads
from mcqms_kg.interop.signing import eddsa_rdfc_2022
from mcqms_kg.interop.signing.did_key import ED25519, PublicKey, resolved
from mcqms_kg.interop.signing.jsonld import dataset
from mcqms_kg.interop.signing.keys import SigningKey
from mcqms_kg.interop.signing.multibase import base58, from_multibase

ROOT = standards()
pytestmark = pytest.mark.skipif(ROOT is None, reason="the W3C's vectors are not here; set MCQMS_SUITES")
VC = (ROOT or Path()) / "vc"
VECTORS = VC / "eddsa-rdfc-2022"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"


GIVEN = {EXAMPLES: {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
"""The vectors use a context of examples, which is not shipped: its only entry is this vocabulary."""


def text(name: str) -> str:
    return (VECTORS / name).read_text("utf-8")


def test_canonical_forms_and_hashes() -> None:
    document = canonical_nquads(dataset(read(VC / "unsigned.json"), "vector", GIVEN))
    proof = canonical_nquads(dataset(read(VECTORS / "proofConfigDataInt.json"), "vector", GIVEN))
    assert document.strip() == text("canonDocDataInt.txt").strip()
    assert proof.strip() == text("proofCanonDataInt.txt").strip()
    hashes = [hashlib.sha256(part.encode()).hexdigest() for part in (proof, document)]
    assert hashes == [text("proofHashDataInt.txt").strip(), text("docHashDataInt.txt").strip()]
    assert "".join(hashes) == text("combinedHashDataInt.txt").strip()


def test_proof_value_byte_for_byte() -> None:
    pair = read(VC / "keyPair.json")
    private = Ed25519PrivateKey.from_private_bytes(from_multibase(pair["privateKeyMultibase"])[2:])
    key = SigningKey(PublicKey(ED25519, private.public_key()), private)
    assert key.public.multikey == pair["publicKeyMultibase"]
    signed = read(VECTORS / "signedDataInt.json")
    proof = signed.pop("proof")
    signature = private.sign(eddsa_rdfc_2022.signed_bytes(signed, proof, GIVEN))
    assert signature.hex() == text("sigHexDataInt.txt").strip()
    assert "z" + base58(signature) == text("sigBTC58DataInt.txt").strip() == proof["proofValue"]


def test_the_signed_credential_verifies_and_a_changed_one_does_not() -> None:
    signed = read(VECTORS / "signedDataInt.json")
    key = resolved(signed["proof"]["verificationMethod"])
    assert eddsa_rdfc_2022.verifies(signed, signed["proof"], key, GIVEN)
    signed["credentialSubject"]["alumniOf"] = "Another School"
    assert not eddsa_rdfc_2022.verifies(signed, signed["proof"], key, GIVEN)


def verify(file: Path, *more: object) -> Done:
    return mcqms("verify", file, "--as-of", "2026-06-30", "--format", "json", *more)


def test_on_the_command_line_with_the_context_that_is_not_shipped(tmp_path: Path) -> None:
    context = written(tmp_path / "examples.json", {"@context": GIVEN[EXAMPLES]})
    signed = VECTORS / "signedDataInt.json"
    without = points(verify(signed))
    assert without["signature"] == "could not check"
    document = read(signed)
    listed = {
        "issuers": [{"id": document["issuer"], "keys": [document["proof"]["verificationMethod"].partition("#")[0]]}]
    }
    trust = written(tmp_path / "trust.json", listed)
    given = ("--context", f"{EXAMPLES}={context}", "--trust", trust)
    done = verify(signed, *given)
    assert done.code == 0 and set(points(done).values()) == {"good"}, done.out
    assert "with the contexts that you gave" in done.out
    document["credentialSubject"]["alumniOf"] = "Another School"
    done = verify(written(tmp_path / "changed.json", document), *given)
    assert done.code == 1 and points(done)["signature"] == "failed"


@pytest.mark.parametrize(
    ("context", "says"),
    [
        ({"@context": "https://example.org/other"}, "no context of its own"),
        ({"a": 1}, "no context of its own"),
        ({"@context": [{"a": {"@id": "urn:a", "@context": "https://example.org/other"}}]}, "names another one"),
        ({"@context": {"@import": "https://example.org/other"}}, "names another one"),
        ({"@context": {"a": "x" * (1 << 20)}}, "larger than"),
    ],
    ids=["address", "none", "inside", "import", "large"],
)
def test_contexts_that_cannot_be_given(context: object, says: str, tmp_path: Path) -> None:
    file = written(tmp_path / "context.json", context)
    done = mcqms("verify", VECTORS / "signedDataInt.json", "--context", f"{EXAMPLES}={file}")
    assert done.code == 2 and says in done.err, done.err


def test_no_other_context_is_taken_for_one_that_is_shipped(tmp_path: Path) -> None:
    file = written(tmp_path / "context.json", {"@context": {"@vocab": "urn:mine:"}})
    done = mcqms("verify", VECTORS / "signedDataInt.json", "--context", f"https://www.w3.org/ns/credentials/v2={file}")
    assert done.code == 2 and "is shipped" in done.err
    done = mcqms("verify", VECTORS / "signedDataInt.json", "--context", str(file))
    assert done.code == 2 and "URL=FILE" in done.err
