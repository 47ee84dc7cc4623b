"""Badges in our terms: credentials of Open Badges 3.0, as JSON, as JWT or baked into an image, single achievements, and badges
in learner records and presentations; badges of Open Badges 2.0 are read in `version_2.py`.

Nothing is verified here: what is read is what the badge says, and `mcqms verify` says whether to believe it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.json_read import Json
from mcqms_kg.interop.openbadges.badge_source import DESCRIPTION, LABEL
from mcqms_kg.interop.openbadges.evidence import evidence
from mcqms_kg.interop.openbadges.learner import learner, personal, tells_who
from mcqms_kg.interop.openbadges.read_achievement import read_achievement, read_profile
from mcqms_kg.interop.openbadges.structure import BADGE_TYPES, several
from mcqms_kg.interop.openbadges.taking import Part, Taking, iri
from mcqms_kg.interop.openbadges.unwrapping import badge_in, holds_badges, opened
from mcqms_kg.interop.openbadges.version_2 import is_older, language_of, read_older
from mcqms_kg.model import Taken, Term
from mcqms_kg.settings import Settings

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
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
_COVER = {
    "en": "This is said of the collection as a whole, which our terms have no place for.",
    "id": "Ini menyangkut kumpulan secara keseluruhan, yang tidak mempunyai tempat dalam istilah kami.",
}
_SEVERAL_RESULTS = {
    "en": "There are several results; which of them is the grade of the award is not said.",
    "id": "Ada beberapa hasil; tidak disebutkan mana yang merupakan nilai kelulusan.",
}
_OTHER = {
    "en": "Credentials of other kinds than badges are not taken over.",
    "id": "Kredensial selain lencana tidak diambil alih.",
}


def read(path: Path, called: str, settings: Settings) -> Taken:
    """What the badge says, with JSON pointers as places; raises `UnreadableInput` for what is no badge and holds none."""
    held = badge_in(path, called, settings)
    document = held.document
    if holds_badges(document):
        document = opened(dict(document), called, settings)
    older = is_older(document)
    taking = Taking(language_of(document) if older else _language(document))
    for claim in _CLAIMS if held.token else ():
        taking.done(f"/{claim}")
    if older:
        read_older(taking, document, called)
    elif "Achievement" in several(document.get("type")):
        read_achievement(taking, Part(document, ""))
        taking.done("/@context")
    elif holds_badges(document):
        _collection(taking, Part(document, ""))
    else:
        _credential(taking, Part(document, ""))
    return taking.taken(document)


def _collection(taking: Taking, root: Part) -> None:
    """The badges in a learner record (CLR 2.0) or a presentation, and achievements that stand there by themselves."""
    for name in _FORMS:
        taking.done(f"{root.at}/{name}")
    subjects = list(root.parts("credentialSubject"))
    for subject in subjects:
        taking.done(f"{subject.at}/type")
        for achieved in subject.parts("achievement"):
            taking.language = _language({"credentialSubject": {"achievement": achieved.value}})
            read_achievement(taking, achieved, _named_issuer(root), f"{root.at}/issuer")
    for holder in (root, *subjects):
        for part in holder.parts("verifiableCredential"):
            types = several(part.value.get("type")) if isinstance(part.value, dict) else []
            if isinstance(part.value, dict) and any(isinstance(kind, str) and kind in BADGE_TYPES for kind in types):
                taking.language = _language(part.value)
                _credential(taking, part)
            else:
                taking.lose(part.at, _OTHER)
    for name in root.value if isinstance(root.value, dict) else ():
        if name in ("proof", "credentialStatus"):
            taking.lose(f"{root.at}/{name}", _VERIFY if name == "proof" else _STATUS)
        elif name not in (*_FORMS, "credentialSubject", "verifiableCredential"):
            taking.lose(f"{root.at}/{name}", _COVER)
    for subject in subjects:
        for name in subject.value if isinstance(subject.value, dict) else ():
            if name not in ("type", "achievement", "verifiableCredential", "association"):
                personal(taking, f"{subject.at}/{name}")


def _named_issuer(root: Part) -> Term | None:
    issuer = root.get("issuer")
    return iri((issuer.get("id") or issuer).value) if issuer else None


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
        _subject(taking, award, subject, issuer, root.at)
    achieved = next((a for s in root.parts("credentialSubject") if (a := s.get("achievement"))), None)
    _name(taking, award, root, achieved)
    about = root.get("description")
    if about and isinstance(about.value, str) and tells_who(about.value, root):
        personal(taking, about.at)
    else:
        taking.text(about, award, DESCRIPTION)
    _dates(taking, award, root)
    for document in root.parts("evidence"):
        evidence(taking, award, document)
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


def _subject(taking: Taking, award: Term, subject: Part, issuer: tuple[Term, Part] | None, root_at: str) -> None:
    learner(taking, award, subject)
    achieved = subject.get("achievement")
    creator = achieved.get("creator") if achieved else None
    offering = taking.named(creator.get("id")) if creator and isinstance(creator.value, dict) else None
    if issuer:
        same = offering in (None, issuer[0])
        read_profile(taking, issuer[0], issuer[1], "Provider" if same else "Organisation")
        offering = offering or issuer[0]
    if achieved and isinstance(achieved.value, dict):
        credential = read_achievement(taking, achieved, offering, f"{root_at}/issuer")
        taking.state(award, mc("awardsCredential"), credential, f"{achieved.at}/id")
        if offering:
            taking.state(
                award, mc("belongsTo"), offering, f"{achieved.at}/creator/id" if creator else f"{root_at}/issuer"
            )
    _results(taking, award, list(subject.parts("result")))


def _results(taking: Taking, award: Term, results: list[Part]) -> None:
    """One result is the grade of the award; which of several is, and of what the others are, a badge does not say."""
    for result in results:
        if len(results) > 1:
            taking.lose(result.at, _SEVERAL_RESULTS)
        elif taking.text(result.get("value"), award, mc("awardGrade")):
            for form in ("type", "resultDescription"):
                taking.done(f"{result.at}/{form}")


def _dates(taking: Taking, award: Term, root: Part) -> None:
    begins = root.get("validFrom") or root.get("issuanceDate")
    ends = root.get("validUntil") or root.get("expirationDate")
    issued = root.get("awardedDate") or begins
    is_day = taking.date(issued, award, mc("issueDate"))
    if begins and issued and begins.value != issued.value:
        taking.date(begins, award, mc("effectiveDate"))
    elif begins and is_day:
        taking.done(begins.at)
    taking.date(ends, award, mc("expiryDate"))
