"""An award of ours as a credential of Open Badges 3.0, ready to be signed."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.openbadges.achievement import Object, achievement, profile
from mcqms_kg.interop.openbadges.badge_source import DESCRIPTION, LABEL, BadgeSource
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
GRADE = {"en": "Grade", "id": "Nilai"}
_DATE = XSD + "date"


def award_credential(carried: BadgeSource, award: Term) -> Object:
    """The award as an OpenBadgeCredential without proof; what the data lacks is left out."""
    carried.visit(award)
    carried.type_is(award, "Award")
    issued, begins, ends = _days(carried, award)
    credential = next(iter(carried.things(award, "awardsCredential")), None)
    found: Object = {
        "@context": list(CONTEXTS),
        "id": terms.iri_text(award),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _name(carried, award, credential),
        "description": carried.text(award, DESCRIPTION),
        "issuer": _issuer(carried, award, credential),
        "validFrom": f"{begins}T00:00:00Z" if begins else None,
        "validUntil": f"{ends}T23:59:59Z" if ends else None,
        "awardedDate": f"{issued}T00:00:00Z" if issued else None,
        "credentialSubject": _subject(carried, award, credential),
        "evidence": [_evidence(carried, award, document) for document in carried.things(award, "isEvidencedBy")],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


def _name(carried: BadgeSource, award: Term, credential: Term | None) -> str | None:
    """The name of the award, else that of the credential; whoever reads a badge takes the same name for the credential's alone."""
    own, achieved = carried.text(award, LABEL), carried.text(credential, LABEL) if credential else None
    if own == achieved:
        carried.lost(award, LABEL)
    return own or achieved


def _days(carried: BadgeSource, award: Term) -> tuple[str | None, str | None, str | None]:
    """The days on which the award was issued, from which it is in force, and until which."""
    issued, begins, ends = (carried.day(award, name) for name in ("issueDate", "effectiveDate", "expiryDate"))
    said = {"issueDate": issued, "effectiveDate": begins if issued and begins != issued else None, "expiryDate": ends}
    for name, day in said.items():
        if day:
            carried.taken(award, mc(name), terms.literal(day, datatype=_DATE))
    return issued, begins or issued, ends


def _issuer(carried: BadgeSource, award: Term, credential: Term | None) -> Object | None:
    """Who reads the badge takes the issuer for a provider where nobody else offers the credential."""
    offering = carried.things(credential, "isOfferedBy")[:1] if credential else ()
    for issuer in carried.things(award, "isIssuedBy")[:1]:
        carried.taken(award, mc("isIssuedBy"), issuer)
        return profile(carried, issuer, "Organisation" if offering and offering[0] != issuer else "Provider")
    return None


def _subject(carried: BadgeSource, award: Term, credential: Term | None) -> Object:
    found: Object = {"type": ["AchievementSubject"]}
    for learner in carried.things(award, "isAwardedTo")[:1]:
        carried.visit(learner)
        carried.taken(award, mc("isAwardedTo"), learner)
        carried.type_is(learner, "Learner")
        found["id"] = terms.iri_text(learner)
    grade = carried.text(award, mc("awardGrade"))
    if credential:
        carried.taken(award, mc("awardsCredential"), credential)
        found["achievement"] = achievement(carried, credential)
        _belongs(carried, award, credential)
    if credential and grade:
        named = f"{terms.iri_text(credential)}{'.' if '#' in credential else '#'}grade"
        kind = {"id": named, "type": ["ResultDescription"], "name": GRADE[carried.language], "resultType": "Result"}
        found["achievement"]["resultDescription"] = [kind]
        found["result"] = [{"type": ["Result"], "resultDescription": named, "value": grade}]
    return found


def _belongs(carried: BadgeSource, award: Term, credential: Term) -> None:
    """Who reads the badge takes the award for a record of whoever offers the credential."""
    for provider in carried.things(credential, "isOfferedBy")[:1]:
        carried.taken(award, mc("belongsTo"), provider)


def _evidence(carried: BadgeSource, award: Term, document: Term) -> Object:
    carried.visit(document)
    carried.taken(award, mc("isEvidencedBy"), document)
    carried.type_is(document, "Evidence")
    found = {"id": terms.iri_text(document), "type": ["Evidence"], "name": carried.text(document, LABEL)}
    found["description"] = carried.text(document, DESCRIPTION)
    return {name: value for name, value in found.items() if value is not None}
