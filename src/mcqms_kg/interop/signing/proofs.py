"""Whether what a credential says was signed, and by whose key: of one with proofs inside, and of one that is a token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mcqms_kg.errors import BadValue, McqmsError, Unsupported
from mcqms_kg.interop.json_read import Json
from mcqms_kg.interop.signing import eddsa_rdfc_2022, vc_jwt
from mcqms_kg.interop.signing.did_key import PublicKey, resolved
from mcqms_kg.interop.signing.given_contexts import Contexts
from mcqms_kg.interop.signing.jsonld import NotCovered
from mcqms_kg.interop.signing.trust import Known, Trust
from mcqms_kg.model import Point, Proof, Texts

_MOST_PROOFS = 10


@dataclass(frozen=True)
class Held:
    """A credential as it came: its JSON, and the token where it is one. Nothing of it is verified."""

    document: Mapping[str, Json]
    token: vc_jwt.Token | None = None

    @property
    def issuer(self) -> str:
        """The id of the issuer; empty where there is none."""
        issuer = self.document.get("issuer")
        found = issuer.get("id") if isinstance(issuer, dict) else issuer
        return found if isinstance(found, str) else ""


@dataclass(frozen=True)
class Signed:
    """What became of the signatures: the points, and the keys of those that are good."""

    points: tuple[Point, ...]
    keys: tuple[PublicKey, ...] = ()

    @property
    def good(self) -> bool:
        return bool(self.points) and all(point.proof is Proof.GOOD for point in self.points)


def signatures(held: Held, trust: Trust) -> Signed:
    """Whether the credential was signed whole, one point for each proof."""
    known = trust.issuers.get(held.issuer, Known(""))
    around = _of_token(held.token, known) if held.token is not None else Signed(())
    proofs = held.document.get("proof")
    listed = proofs if isinstance(proofs, list) else [] if proofs is None else [proofs]
    if held.token is not None and not listed:
        return around
    if not 0 < len(listed) <= _MOST_PROOFS:
        why = "unsigned" if not listed else "many"
        return Signed((Point("signature", Proof.FAILED if not listed else Proof.UNCHECKED, _SAID[why], "/proof"),))
    found = [
        around,
        *(_of_proof(held.document, proof, f"/proof/{n}", known, trust.contexts) for n, proof in enumerate(listed)),
    ]
    return Signed(
        tuple(point for one in found for point in one.points), tuple(key for one in found for key in one.keys)
    )


def owned(held: Held, signed: Signed, trust: Trust) -> Point:
    """Whether the keys of all proofs are the issuer's: its DID is the issuer, or the trust list gives them to the issuer."""
    if not signed.keys:
        return Point("key", Proof.UNCHECKED, _SAID["no-key"])
    known = trust.issuers.get(held.issuer)
    theirs = [key.jwk for key in signed.keys]
    if known and known.keys:
        listed = all(jwk in [key.jwk for key in known.keys.values()] for jwk in theirs)
        return Point("key", Proof.GOOD if listed else Proof.FAILED, _SAID["listed" if listed else "other-key"])
    if held.issuer.startswith(("did:key:", "did:jwk:")):
        try:
            own = resolved(held.issuer).jwk
        except McqmsError as problem:
            return Point("key", Proof.UNCHECKED, _because(problem), "/issuer")
        same = all(jwk == own for jwk in theirs)
        return Point(
            "key", Proof.GOOD if same else Proof.FAILED, _SAID["own-key" if same else "not-own-key"], "/issuer"
        )
    return Point("key", Proof.UNCHECKED, _SAID["whose"], "/issuer")


def _of_token(token: vc_jwt.Token, known: Known) -> Signed:
    refused = vc_jwt.refused(token)
    if refused:
        return Signed(
            (Point("signature", Proof.FAILED, {tag: f"{text} ({refused})." for tag, text in _SAID["token"].items()}),)
        )
    try:
        key = vc_jwt.named_key(token) or _trusted(str(token.header.get("kid", "")), known)
        if vc_jwt.verifies(token, key):
            return Signed((Point("signature", Proof.GOOD, _SAID["good"]),), (key,))
    except Unsupported as problem:
        return Signed((Point("signature", Proof.UNCHECKED, _because(problem)),))
    except BadValue as problem:
        return Signed((Point("signature", Proof.FAILED, _because(problem)),))
    return Signed((Point("signature", Proof.FAILED, _SAID["changed"]),))


def _of_proof(document: Mapping[str, Json], proof: Json, at: str, known: Known, given: Contexts) -> Signed:
    try:
        method = _method(proof)
        named = method.startswith(("did:key:", "did:jwk:"))
        key = resolved(method) if named else _trusted(method, known)
        if eddsa_rdfc_2022.verifies(document, proof, key, given):
            return Signed((Point("signature", Proof.GOOD, _SAID["good-given" if given else "good"], at),), (key,))
    except (NotCovered, BadValue) as problem:
        return Signed((Point("signature", Proof.FAILED, _because(problem), at),))
    except McqmsError as problem:
        return Signed((Point("signature", Proof.UNCHECKED, _because(problem), at),))
    return Signed((Point("signature", Proof.FAILED, _SAID["changed"], at),))


def _method(proof: Json) -> str:
    """The verification method of a proof that could make a credential good."""
    if not isinstance(proof, dict):
        raise BadValue("A proof is an object", remedy="Ask for the credential again.")
    kind, suite = proof.get("type"), proof.get("cryptosuite")
    if not isinstance(kind, str) or not isinstance(suite, str | None) or (kind, suite) not in eddsa_rdfc_2022.SUITES:
        named = "proof" if not isinstance(kind, str) else f"proof {kind} {suite or ''}".strip()
        raise Unsupported(
            f"The {named[:100]} is of a kind that is not known here", remedy="Verify it where it is known."
        )
    if proof.get("proofPurpose") != "assertionMethod":
        raise BadValue("The proof was made for another purpose", remedy="Ask for a credential that is signed as one.")
    if "previousProof" in proof:
        raise Unsupported("The proof is one of a chain, which is not read here", remedy="Verify it where it is known.")
    method = proof.get("verificationMethod")
    if not isinstance(method, str):
        raise Unsupported(
            "The proof names its key in another way than by its id", remedy="Verify it where it is known."
        )
    return method


def _trusted(method: str, known: Known) -> PublicKey:
    """The key that a trust list gives the issuer under the name that the proof uses; raises `Unsupported` for another name."""
    if method in known.keys:
        return known.keys[method]
    resolved(method)
    raise Unsupported("The key is not in the trust list", remedy="Give the issuer's keys in a trust list.")


def _because(problem: McqmsError) -> Texts:
    """The error in words; its own are English, so the Indonesian sentence says so before it."""
    where = f" ({problem.place.at})" if problem.place and problem.place.at else ""
    told = f"{problem.what}{where}. {problem.remedy}".strip()
    return {"en": told, "id": f"Alasan (dalam bahasa Inggris): {told}"}


_SAID: Mapping[str, Texts] = {
    "good": {"en": "It was signed as it stands.", "id": "Ditandatangani sesuai isinya sekarang."},
    "good-given": {
        "en": "It was signed as it stands, with the contexts that you gave.",
        "id": "Ditandatangani sesuai isinya sekarang, menurut konteks yang Anda berikan.",
    },
    "changed": {
        "en": "The signature is not that of this content by this key.",
        "id": "Tanda tangan tidak cocok dengan isi dan kunci ini.",
    },
    "unsigned": {"en": "It is not signed.", "id": "Tidak ditandatangani."},
    "many": {"en": "It has more proofs than are looked at.", "id": "Jumlah buktinya melebihi batas yang diperiksa."},
    "token": {"en": "No key can make this token good", "id": "Tidak ada kunci yang dapat membuat token ini sah"},
    "no-key": {
        "en": "No signature is good, so no key is known.",
        "id": "Tidak ada tanda tangan yang sah, sehingga kunci tidak diketahui.",
    },
    "listed": {
        "en": "The trust list gives this key to the issuer.",
        "id": "Daftar kepercayaan mencantumkan kunci ini bagi penerbit.",
    },
    "other-key": {
        "en": "It is signed by a key that the trust list does not give to the issuer.",
        "id": "Ditandatangani dengan kunci yang tidak dicantumkan bagi penerbit dalam daftar kepercayaan.",
    },
    "own-key": {"en": "The issuer is named by this key.", "id": "Penerbit disebut dengan kunci ini."},
    "not-own-key": {
        "en": "It is signed by a key that is not the one by which the issuer is named.",
        "id": "Ditandatangani dengan kunci yang bukan kunci penerbit.",
    },
    "whose": {
        "en": "Whose key it is could only be looked up elsewhere, and nothing is fetched. A trust list can say it.",
        "id": "Pemilik kunci hanya dapat dicari di tempat lain, dan tidak ada yang diunduh. Daftar kepercayaan dapat menyatakannya.",
    },
}
