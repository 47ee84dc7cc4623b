"""Open Badges 2.0 and 1.1 in our terms: assertions, badge classes and profiles, alone or one inside the other.

Most of them stand at addresses and name each other by these; nothing is fetched, so what is not in the file is told as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.json_read import Json
from mcqms_kg.interop.openbadges import edubadges
from mcqms_kg.interop.openbadges.evidence import evidence
from mcqms_kg.interop.openbadges.learner import awarded, personal
from mcqms_kg.interop.openbadges.read_achievement import read_achievement, read_profile
from mcqms_kg.interop.openbadges.structure import VC_1, VC_2, several
from mcqms_kg.interop.openbadges.taking import Part, Taking, iri
from mcqms_kg.model import Term, Texts

_CONTEXT = re.compile(r"https?://(w3id\.org/openbadges/v[12]|openbadgespec\.org/v2/context\.json)/?")
KINDS = ("Assertion", "BadgeClass", "Profile", "Issuer")
_ELSEWHERE: Texts = {
    "en": "What it is stands at this address, and nothing is fetched: give that file too.",
    "id": "Penjelasannya berada di alamat ini, dan tidak ada yang diunduh: berikan juga berkasnya.",
}
_HOSTED: Texts = {
    "en": "The badge is not verified here; `mcqms verify` says what can be.",
    "id": "Lencana tidak diverifikasi di sini; `mcqms verify` menyebut apa yang dapat diperiksa.",
}
_REVOKED: Texts = {
    "en": "It says that it was revoked, but not when; our terms ask for the day.",
    "id": "Dinyatakan dicabut, tetapi tanpa tanggal; istilah kami meminta tanggalnya.",
}


def is_older(document: Mapping[str, Json]) -> bool:
    """Whether the document is of Open Badges 2.0 or 1.1, by its context; a verifiable credential is not, whatever else it names."""
    contexts = several(document.get("@context"))
    if VC_1 in contexts or VC_2 in contexts:
        return False
    return any(isinstance(named, str) and _CONTEXT.fullmatch(named) for named in contexts)


def kind_of(document: Mapping[str, Json], called: str) -> str:
    """What the document is; raises `UnreadableInput` for what is no badge, such as a list of revocations."""
    types = several(document.get("type"))
    for kind in KINDS:
        if kind in types:
            return kind
    named = next((t for t in types if isinstance(t, str)), "none")
    raise UnreadableInput(
        f"The document is of the type {named[:60]!r} of Open Badges 2.0, which is no badge",
        place=Place(called, at="/type"),
        remedy="Give an Assertion, a BadgeClass or a Profile.",
    )


def language_of(document: Mapping[str, Json]) -> str:
    """The language that the badge, or the badge class in it, says it is in; none where it says none."""
    badge = document.get("badge")
    for thing in (document, badge if isinstance(badge, dict) else {}):
        for said in (thing.get("@language"), edubadges.language(thing)):
            if isinstance(said, str) and re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", said):
                return said.replace("_", "-")
    return ""


def read_older(taking: Taking, document: Mapping[str, Json], called: str) -> None:
    """States what the document says."""
    root, kind = Part(dict(document), ""), kind_of(document, called)
    for form in ("@context", "@language", "type"):
        taking.done(f"/{form}")
    if kind == "Assertion":
        _assertion(taking, root)
    elif kind == "BadgeClass":
        _badge_class(taking, root)
    else:
        read_profile(taking, taking.named(root.get("id")), root, "Provider")


def _assertion(taking: Taking, root: Part) -> None:
    award, badge = taking.named(root.get("id")), root.get("badge")
    taking.type_is(award, "Award", root.at)
    if badge and isinstance(badge.value, dict):
        credential, offering, at = _badge_class(taking, badge)
        taking.state(award, mc("awardsCredential"), credential, f"{badge.at}/id")
        if offering:
            taking.state(award, mc("isIssuedBy"), offering, at)
            taking.state(award, mc("belongsTo"), offering, at)
    elif badge and (named := iri(badge.value)):
        taking.state(award, mc("awardsCredential"), named, badge.at)
        taking.type_is(named, "Credential", badge.at)
        taking.lose(badge.at, _ELSEWHERE, badge.value)
    _recipient(taking, award, root.get("recipient"))
    taking.date(root.get("issuedOn"), award, mc("issueDate"))
    taking.date(root.get("expires"), award, mc("expiryDate"))
    for document in root.parts("evidence"):
        evidence(taking, award, document)
    for name, what in (("verification", _HOSTED), ("verify", _HOSTED), ("revoked", _REVOKED)):
        if part := root.get(name):
            taking.lose(part.at, what)
    for name in ("narrative", "image"):  # both are of the one person
        if part := root.get(name):
            personal(taking, part.at)


def _badge_class(taking: Taking, part: Part) -> tuple[Term, Term | None, str]:
    """The credential, who offers it, and where that is said."""
    issuer, at = part.get("issuer"), f"{part.at}/issuer"
    offering = None
    if issuer and isinstance(issuer.value, dict):
        offering = taking.named(issuer.get("id"))
        read_profile(taking, offering, issuer, "Provider")
    elif issuer and (offering := iri(issuer.value)):
        taking.type_is(offering, "Provider", at)
        taking.lose(at, _ELSEWHERE, issuer.value)
    credential = read_achievement(taking, part, offering, at)
    edubadges.read(taking, credential, part)
    return credential, offering, at


def _recipient(taking: Taking, award: Term, part: Part | None) -> None:
    identity = part.get("identity") if part else None
    if part and identity and isinstance(identity.value, str) and identity.value.strip():
        awarded(taking, award, part, identity)
    if part:
        personal(taking, part.at)
