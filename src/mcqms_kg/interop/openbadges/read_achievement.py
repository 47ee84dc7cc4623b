"""An Achievement and a Profile of Open Badges 3.0 in our terms."""

from __future__ import annotations

import re
from collections import Counter

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.json_object import says
from mcqms_kg.interop.openbadges.achievement import COMPETENCY, CONSIDERED, KINDS, LEVEL, OUTCOME
from mcqms_kg.interop.openbadges.badge_source import DESCRIPTION, LABEL, NOTATION, decimal, is_page
from mcqms_kg.interop.openbadges.taking import Part, Taking, iri
from mcqms_kg.model import Term, Texts
from mcqms_kg.namespaces import HOME, XSD

_CLASSES = {kind: class_ for class_, kind in KINDS} | dict.fromkeys(
    (
        "Degree",
        "AssociateDegree",
        "BachelorDegree",
        "MasterDegree",
        "DoctoralDegree",
        "Diploma",
        "ProfessionalDoctorate",
    ),
    "Qualification",
)
_UNITS = frozenset({COMPETENCY, "CFItem", "ext:SKKNI", "ext:CompetencyUnit"})
_SKKNI = re.compile(r"[A-Z]\.[0-9A-Z]{6,9}\.\d{3}\.\d{1,2}", re.ASCII)
_LEVELS = frozenset({LEVEL, "ext:KKNI", "ext:AQRF", "ext:EQF"})
_LEVEL_CODE = re.compile(r"(?:(?:KKNI|AQRF|EQF)\s*)?([1-9])", re.IGNORECASE | re.ASCII)
_EQF = "http://data.europa.eu/snb/eqf/"
_ESCO_SKILL = "http://data.europa.eu/esco/skill/"
_COUNTRY = re.compile(r"[A-Z]{2}")
_CREDITS: Texts = {
    "en": "Open Badges 3.0 does not say of which system these credits are; they are taken for national ones.",
    "id": "Open Badges 3.0 tidak menyebut sistem kreditnya; kredit ini dianggap kredit nasional.",
}
_KIND: Texts = {
    "en": "Our terms have no class for this kind.",
    "id": "Istilah kami tidak memiliki kelas untuk jenis ini.",
}
_TARGET: Texts = {
    "en": "It is not known here what is pointed at.",
    "id": "Tidak diketahui di sini apa yang ditunjuk.",
}
_MAIL: Texts = {"en": "Addresses are not taken over.", "id": "Alamat kontak tidak diambil alih."}
_ENDORSED: Texts = {"en": "Endorsements are not taken over.", "id": "Dukungan (endorsement) tidak diambil alih."}
_DESCRIBED = ("targetName", "targetCode", "targetFramework")
"""What an alignment says of a thing that our own data describes."""
_PRIVATE = (
    "email",
    "phone",
    "telephone",
    "familyName",
    "givenName",
    "additionalName",
    "patronymicName",
    "dateOfBirth",
    "honorificPrefix",
)


def read_achievement(taking: Taking, part: Part, offering: Term | None = None, at: str = "/issuer") -> Term:
    """States what the achievement says; it is offered by its creator, else by the issuer, who is given and stands at `at`."""
    credential = taking.named(part.get("id"))
    _kind(taking, credential, part)
    taking.done(f"{part.at}/type")
    creator = part.get("creator")
    if creator and isinstance(creator.value, dict):
        offering = offering or taking.named(creator.get("id"))
        taking.state(credential, mc("isOfferedBy"), offering, f"{creator.at}/id")
        read_profile(taking, offering, creator, "Provider")
    elif offering:
        taking.state(credential, mc("isOfferedBy"), offering, at)
    taking.text(part.get("name"), credential, LABEL)
    taking.text(part.get("description"), credential, DESCRIPTION)
    taking.plain(part.get("humanCode"), credential, NOTATION)
    if taking.language:
        taking.done(f"{part.at}/inLanguage")
    _criteria(taking, credential, part)
    _credits(taking, credential, part.get("creditsAvailable"))
    _alignments(taking, credential, part)
    for kind in part.parts("resultDescription"):
        _result_description(taking, kind)
    _endorsements(taking, part)
    return credential


def read_profile(taking: Taking, organisation: Term, part: Part, class_: str) -> None:
    """States what the profile says of an organisation. Addresses of people and their names are left behind."""
    taking.type_is(organisation, class_, part.at)
    taking.done(f"{part.at}/type")
    taking.done(f"{part.at}/id")
    taking.text(part.get("name"), organisation, LABEL)
    taking.text(part.get("description"), organisation, DESCRIPTION)
    url, address = part.get("url"), part.get("address")
    if url and isinstance(url.value, str) and is_page(url.value):
        taking.plain(url, organisation, mc("publicPage"), XSD + "anyURI")
    if address and address.value is not None:
        taking.done(f"{address.at}/type")
    for country in (address.get("addressCountryCode"), address.get("addressCountry")) if address else ():
        if country and isinstance(country.value, str) and _COUNTRY.fullmatch(country.value):
            taking.state(organisation, mc("country"), terms.literal(country.value), country.at)
    for name in _PRIVATE:
        if private := part.get(name):
            taking.lose(private.at, _MAIL)
    _endorsements(taking, part)


def _endorsements(taking: Taking, part: Part) -> None:
    for name in ("endorsement", "endorsementJwt"):
        if found := part.get(name):
            taking.lose(found.at, _ENDORSED)


def _kind(taking: Taking, credential: Term, part: Part) -> None:
    kind = part.get("achievementType")
    class_ = _CLASSES.get(kind.value) if kind and isinstance(kind.value, str) else None
    taking.type_is(credential, class_ or "Credential", kind.at if kind else part.at)
    if kind and class_:
        taking.done(kind.at)
    elif kind:
        taking.lose(kind.at, _KIND, kind.value)


def _criteria(taking: Taking, credential: Term, part: Part) -> None:
    criteria = part.get("criteria")
    if criteria is None:
        return
    page = criteria.get("id") or (criteria if isinstance(criteria.value, str) else None)
    if page and isinstance(page.value, str) and is_page(page.value):
        taking.plain(page, credential, mc("publicPage"), XSD + "anyURI")
    narrative = criteria.get("narrative")
    if narrative and isinstance(narrative.value, str) and says(narrative.value):
        scheme = taking.named(None)
        taking.state(credential, mc("hasAssessmentScheme"), scheme, criteria.at)
        taking.type_is(scheme, "AssessmentScheme", criteria.at)
        taking.text(narrative, scheme, mc("assessmentCriteria"))
    if kind := criteria.get("type"):
        taking.done(kind.at)


def _credits(taking: Taking, credential: Term, part: Part | None) -> None:
    if part and isinstance(part.value, int | float) and not isinstance(part.value, bool) and abs(part.value) < 2**53:
        taking.lose(part.at, _CREDITS, part.value)
        taking.state(credential, mc("credits"), decimal(part.value), part.at)


def _alignments(taking: Taking, credential: Term, part: Part) -> None:
    alignments = [a for a in part.parts("alignment") if isinstance(a.value, dict)]
    targets = Counter({(_said(a, "targetUrl"), _said(a, "targetCode")) for a in alignments})
    shared = Counter(url for url, _ in targets)
    outcomes: dict[str, Term] = {}
    for alignment in alignments:
        if target := _alignment(taking, credential, alignment, outcomes, shared):
            known = terms.iri_text(target).startswith(HOME) if terms.is_iri(target) else False
            for form in ("type", "targetType", "targetUrl", *(_DESCRIBED if known else ())):
                taking.done(f"{alignment.at}/{form}")


def _alignment(
    taking: Taking, credential: Term, part: Part, outcomes: dict[str, Term], shared: Counter[str]
) -> Term | None:
    """What an alignment points at, which it says by an IRI; a name alone means nothing."""
    url, kind = part.get("targetUrl"), _said(part, "targetType")
    target = iri(url.value) if url else None
    if url is None or target is None:
        return None
    if kind in _LEVELS:
        target = _level(part, kind, target)
        taking.state(credential, mc("hasLevel"), target, url.at)
        if not terms.iri_text(target).startswith(HOME):
            taking.type_is(target, "QualificationLevel", part.at)
            taking.text(part.get("targetName"), target, LABEL)
            taking.plain(part.get("targetCode"), target, NOTATION)
    elif kind == OUTCOME:
        taking.state(credential, mc("hasOutcome"), target, url.at)
        taking.type_is(target, "LearningOutcome", part.at)
        taking.text(part.get("targetName"), target, LABEL)
    elif kind == CONSIDERED or terms.iri_text(target).startswith(_ESCO_SKILL):
        taking.state(credential, mc("takesIntoAccount"), target, url.at)
    elif kind in _UNITS or not kind:
        target = _unit(taking, part, target, shared)
        _competency(taking, credential, part, target, outcomes)
    else:
        taking.lose(part.at, _TARGET, f"{kind} {terms.iri_text(target)}")
        return None
    return target


def _level(part: Part, kind: str, target: Term) -> Term:
    """A level of a framework that we describe, by its code or by the European address; else what is pointed at."""
    if terms.iri_text(target).startswith(HOME):
        return target
    code = _LEVEL_CODE.fullmatch(_said(part, "targetCode").strip())
    european = re.fullmatch(re.escape(_EQF) + "([1-8])", terms.iri_text(target))
    if european:
        return terms.iri(f"{HOME}eqf/{european[1]}")
    framework = kind.removeprefix("ext:").lower()
    highest = {"kkni": 9, "aqrf": 8, "eqf": 8}.get(framework, 0)
    return terms.iri(f"{HOME}{framework}/{code[1]}") if code and int(code[1]) <= highest else target


def _competency(taking: Taking, credential: Term, part: Part, unit: Term, outcomes: dict[str, Term]) -> None:
    """An outcome that is tied to a unit; alignments with one description are one outcome that is tied to several."""
    told, at = part.get("targetDescription"), f"{part.at}/targetUrl"
    text = _said(part, "targetDescription")
    outcome = outcomes.get(text) if text else None
    if outcome is None:
        outcome = taking.named(None)
        outcomes[text or part.at] = outcome
        taking.state(credential, mc("hasOutcome"), outcome, at)
        taking.type_is(outcome, "LearningOutcome", part.at)
    taking.text(told if text else part.get("targetName"), outcome, LABEL)
    taking.state(outcome, mc("isTiedTo"), unit, at)


def _unit(taking: Taking, part: Part, target: Term, shared: Counter[str]) -> Term:
    """The unit that is pointed at. One of SKKNI is named by its code; an address that stands for several units names none."""
    code = _said(part, "targetCode")
    if _said(part, "targetType") == "ext:SKKNI" and _SKKNI.fullmatch(code):
        return terms.iri(f"{HOME}skkni/unit/{code}")
    if terms.iri_text(target).startswith(HOME):
        return target
    unit = target if shared[terms.iri_text(target)] == 1 else taking.named(None)
    taking.type_is(unit, "CompetencyUnit", part.at)
    taking.plain(part.get("targetCode"), unit, NOTATION)
    taking.text(part.get("targetName"), unit, LABEL)
    return unit


def _result_description(taking: Taking, part: Part) -> None:
    """Its name in the file is a form; what the result is called and what it must reach is lost."""
    for form in ("id", "type"):
        if found := part.get(form):
            taking.done(found.at)


def _said(part: Part, name: str) -> str:
    found = part.get(name)
    return found.value if found and isinstance(found.value, str) else ""
