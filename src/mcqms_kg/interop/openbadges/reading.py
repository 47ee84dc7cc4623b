"""Badges in our terms: credentials of Open Badges 3.0, as JSON, as JWT or baked into an image, and single achievements.

Nothing is verified here: what is read is what the badge says, and `mcqms verify` says whether to believe it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from mcqms_kg.graph import terms
from mcqms_kg.interop.json_read import Json
from mcqms_kg.interop.openbadges.carried import DESCRIPTION, LABEL, mc
from mcqms_kg.interop.openbadges.held import badge_in
from mcqms_kg.interop.openbadges.learner import learner, personal, tells_who
from mcqms_kg.interop.openbadges.read_achievement import read_achievement, read_profile
from mcqms_kg.interop.openbadges.structure import several
from mcqms_kg.interop.openbadges.taking import Part, Taking
from mcqms_kg.model import Taken, Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.settings import Settings

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(T.*)?")
_WHOLE_DAY = ("", "T00:00:00Z", "T23:59:59Z")
_CLAIMS = ("iss", "jti", "sub", "nbf", "exp", "iat")
_FORMS = ("@context", "type", "credentialSchema")
_VERIFY = {
    "en": "The proof is not verified here; `mcqms verify` does.",
    "id": "Bukti tidak diverifikasi di sini; gunakan `mcqms verify`.",
}
_STATUS = {
    "en": "The status is not looked up here; `mcqms verify` does.",
    "id": "Status tidak diperiksa di sini; gunakan `mcqms verify`.",
}
_ENDORSED = {"en": "Endorsements are not taken over.", "id": "Dukungan (endorsement) tidak diambil alih."}
_HOUR = {"en": "Only the day is taken over.", "id": "Hanya tanggalnya yang diambil alih."}


def read(path: Path, called: str, settings: Settings) -> Taken:
    """What the badge says, with JSON pointers as places; raises `UnreadableInput`, and `Unsupported` for Open Badges 2.0."""
    held = badge_in(path, called, settings)
    document = held.document
    taking = Taking(_language(document))
    for claim in _CLAIMS if held.token else ():
        taking.done(f"/{claim}")
    if "Achievement" in several(document.get("type")):
        read_achievement(taking, Part(document, ""))
        taking.done("/@context")
    else:
        _credential(taking, Part(document, ""))
    return taking.taken(document)


def _language(document: Mapping[str, Json]) -> str:
    """The language that the achievement says it is in; none where it says none."""
    root = Part(document, "")
    achieved = (subject.get("achievement") for subject in root.parts("credentialSubject"))
    for part in (*achieved, root):
        said = part.get("inLanguage") if part else None
        if said and isinstance(said.value, str) and _TAG.fullmatch(said.value):
            return said.value
    return ""


def _credential(taking: Taking, root: Part) -> None:
    award = taking.named(root.get("id"))
    taking.type_is(award, "Award", root.at)
    for name in _FORMS:
        if part := root.get(name):
            taking.done(part.at)
    issuer = _issuer(taking, award, root)
    for subject in root.parts("credentialSubject"):
        _subject(taking, award, subject, issuer)
    achieved = next((a for s in root.parts("credentialSubject") if (a := s.get("achievement"))), None)
    _name(taking, award, root, achieved)
    about = root.get("description")
    if about and isinstance(about.value, str) and tells_who(about.value, root):
        personal(taking, about.at)
    else:
        taking.text(about, award, DESCRIPTION)
    _dates(taking, award, root)
    for document in root.parts("evidence"):
        _evidence(taking, award, document)
    for name, what in (
        ("proof", _VERIFY),
        ("credentialStatus", _STATUS),
        ("endorsement", _ENDORSED),
        ("endorsementJwt", _ENDORSED),
    ):
        if part := root.get(name):
            taking.lose(part.at, what)


def _name(taking: Taking, award: Term, root: Part, achieved: Part | None) -> None:
    """Most badges are called as what was achieved: that says nothing of the award."""
    name, same = root.get("name"), achieved.get("name") if achieved else None
    if name and same and name.value == same.value:
        taking.done(name.at)
    elif name and isinstance(name.value, str) and tells_who(name.value, root):
        personal(taking, name.at)
    else:
        taking.text(name, award, LABEL)


def _issuer(taking: Taking, award: Term, root: Part) -> tuple[Term, Part] | None:
    part = root.get("issuer")
    if part is None:
        return None
    issuer = taking.named(part if isinstance(part.value, str) else part.get("id"))
    if terms.is_blank(issuer) and not isinstance(part.value, dict):
        return None
    taking.state(award, mc("isIssuedBy"), issuer, part.at if isinstance(part.value, str) else f"{part.at}/id")
    return issuer, part


def _subject(taking: Taking, award: Term, subject: Part, issuer: tuple[Term, Part] | None) -> None:
    learner(taking, award, subject)
    achieved = subject.get("achievement")
    creator = achieved.get("creator") if achieved else None
    offering = taking.named(creator.get("id")) if creator and isinstance(creator.value, dict) else None
    if issuer:
        same = offering in (None, issuer[0])
        read_profile(taking, issuer[0], issuer[1], "Provider" if same else "Organisation")
        offering = offering or issuer[0]
    if achieved and isinstance(achieved.value, dict):
        credential = read_achievement(taking, achieved, offering)
        taking.state(award, mc("awardsCredential"), credential, f"{achieved.at}/id")
        if offering:
            taking.state(award, mc("belongsTo"), offering, f"{achieved.at}/creator/id" if creator else "/issuer")
    for result in subject.parts("result"):
        if taking.text(result.get("value"), award, mc("awardGrade")):
            for form in ("type", "resultDescription"):
                taking.done(f"{result.at}/{form}")


def _dates(taking: Taking, award: Term, root: Part) -> None:
    begins = root.get("validFrom") or root.get("issuanceDate")
    ends = root.get("validUntil") or root.get("expirationDate")
    issued = root.get("awardedDate") or begins
    _date(taking, award, "issueDate", issued)
    if begins and issued and begins.value != issued.value:
        _date(taking, award, "effectiveDate", begins)
    elif begins:
        taking.done(begins.at)
    _date(taking, award, "expiryDate", ends)


def _date(taking: Taking, award: Term, name: str, part: Part | None) -> None:
    match = _DAY.fullmatch(part.value) if part and isinstance(part.value, str) else None
    if part and match:
        if (match[2] or "") not in _WHOLE_DAY:
            taking.lose(part.at, _HOUR, part.value)
        taking.state(award, mc(name), terms.literal(match[1], datatype=XSD + "date"), part.at)


def _evidence(taking: Taking, award: Term, part: Part) -> None:
    if not isinstance(part.value, dict | str):
        return
    document = taking.named(part if isinstance(part.value, str) else part.get("id"))
    taking.state(award, mc("isEvidencedBy"), document, part.at if isinstance(part.value, str) else f"{part.at}/id")
    taking.type_is(document, "Evidence", part.at)
    taking.done(f"{part.at}/type")
    taking.text(part.get("name"), document, LABEL)
    taking.text(part.get("description"), document, DESCRIPTION)
