"""The W3C's vectors of eddsa-rdfc-2022: canonical form, hashes and proof value, to the byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from interop.openbadges.badges import read, standards
from mcqms_kg import resources
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


@pytest.fixture(autouse=True)
def examples_context(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The vectors use a context of examples, which is not shipped: its only entry is this vocabulary."""
    file = tmp_path / "examples.json"
    file.write_text(json.dumps({"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}))
    shipped: Mapping[str, Path] = {**resources.context_files(), EXAMPLES: file}
    monkeypatch.setattr(resources, "context_files", lambda: shipped)


def text(name: str) -> str:
    return (VECTORS / name).read_text("utf-8")


def test_canonical_forms_and_hashes() -> None:
    document = canonical_nquads(dataset(read(VC / "unsigned.json"), "vector"))
    proof = canonical_nquads(dataset(read(VECTORS / "proofConfigDataInt.json"), "vector"))
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
    signature = private.sign(eddsa_rdfc_2022.signed_bytes(signed, proof))
    assert signature.hex() == text("sigHexDataInt.txt").strip()
    assert "z" + base58(signature) == text("sigBTC58DataInt.txt").strip() == proof["proofValue"]


def test_the_signed_credential_verifies_and_a_changed_one_does_not() -> None:
    signed = read(VECTORS / "signedDataInt.json")
    key = resolved(signed["proof"]["verificationMethod"])
    assert eddsa_rdfc_2022.verifies(signed, signed["proof"], key)
    signed["credentialSubject"]["alumniOf"] = "Another School"
    assert not eddsa_rdfc_2022.verifies(signed, signed["proof"], key)
