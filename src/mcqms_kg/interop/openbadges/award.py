"""An award of ours as a credential of Open Badges 3.0, ready to be signed."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.interop.openbadges.achievement import Object, achievement, profile
from mcqms_kg.interop.openbadges.carried import DESCRIPTION, LABEL, Carried, mc
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


def award_credential(carried: Carried, award: Term) -> Object:
    """The award as an OpenBadgeCredential without proof; what the data lacks is left out."""
    carried.visit(award)
    carried.type_is(award, "Award")
    issued = carried.plain(award, mc("issueDate"), _DATE)
    begins = carried.plain(award, mc("effectiveDate"), _DATE) or issued
    ends = carried.plain(award, mc("expiryDate"), _DATE)
    credential = next(iter(carried.things(award, "awardsCredential")), None)
    found: Object = {
        "@context": list(CONTEXTS),
        "id": terms.iri_text(award),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": carried.text(award, LABEL) or (carried.text(credential, LABEL) if credential else None),
        "description": carried.text(award, DESCRIPTION),
        "issuer": _issuer(carried, award),
        "validFrom": f"{begins}T00:00:00Z" if begins else None,
        "validUntil": f"{ends}T23:59:59Z" if ends else None,
        "awardedDate": f"{issued}T00:00:00Z" if issued else None,
        "credentialSubject": _subject(carried, award, credential),
        "evidence": [_evidence(carried, award, document) for document in carried.things(award, "isEvidencedBy")],
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


def _issuer(carried: Carried, award: Term) -> Object | None:
    for issuer in carried.things(award, "isIssuedBy")[:1]:
        carried.taken(award, mc("isIssuedBy"), issuer)
        return profile(carried, issuer, "Organisation")
    return None


def _subject(carried: Carried, award: Term, credential: Term | None) -> Object:
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


def _belongs(carried: Carried, award: Term, credential: Term) -> None:
    """Who reads the badge takes the award for a record of whoever offers the credential."""
    for provider in carried.things(credential, "isOfferedBy")[:1]:
        carried.taken(award, mc("belongsTo"), provider)


def _evidence(carried: Carried, award: Term, document: Term) -> Object:
    carried.visit(document)
    carried.taken(award, mc("isEvidencedBy"), document)
    carried.type_is(document, "Evidence")
    found = {"id": terms.iri_text(document), "type": ["Evidence"], "name": carried.text(document, LABEL)}
    found["description"] = carried.text(document, DESCRIPTION)
    return {name: value for name, value in found.items() if value is not None}
