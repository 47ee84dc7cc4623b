"""The words of the European Learning Model that are read and written here: each key of its JSON-LD with its IRI and what its values are.

These are facts of the context `edc-ap` of the European Commission and of the context of Verifiable Credentials 1.1; the tests hold them
against both.
"""

from __future__ import annotations

from enum import Enum

from mcqms_kg.namespaces import DCTERMS, FOAF, RDF, SKOS, XSD

ELM = "http://data.europa.eu/snb/model/elm/"
CREDENTIALS = "https://www.w3.org/2018/credentials#"
ADMS = "http://www.w3.org/ns/adms#"
ROV = "http://www.w3.org/ns/regorg#"
VC_1 = "https://www.w3.org/2018/credentials/v1"
EDC = "http://data.europa.eu/snb/model/context/edc-ap"
CONTEXTS = (VC_1, EDC, EDC.replace("http:", "https:"), "https://www.w3.org/ns/credentials/v2")
"""The contexts by which files are known; none is ever fetched."""


class Values(Enum):
    """What stands behind a key: things, texts by language, or literals of a datatype."""

    THINGS = "@id"
    TEXTS = "@language"
    PLAIN = ""
    DAY = XSD + "dateTime"
    DURATION = XSD + "duration"
    ADDRESS = XSD + "anyURI"
    STRING = XSD + "string"
    BOOLEAN = XSD + "boolean"
    COUNT = XSD + "positiveInteger"


_OF_ELM = {
    Values.THINGS: (
        "accreditation accreditingAgent additionalNote address awardedBy awardingBody awardingOpportunity contentEncoding contentType "
        "countryCode creditPoint credentialProfiles defaultLanguage displayDetail displayParameter educationLevel entryRequirement "
        "framework grade hasClaim idVerification image individualDisplay learningAchievementSpecification learningOpportunity "
        "learningOutcome location mode organisation primaryLanguage providedBy provenBy relatedESCOSkill relatedSkill specifiedBy"
    ),
    Values.TEXTS: "noteLiteral",
    Values.DAY: "awardingDate endDate expiryDate startDate",
    Values.DURATION: "volumeOfLearning",
    Values.STRING: "content point schemeName",
    Values.BOOLEAN: "isPartialQualification",
    Values.COUNT: "page",
}
_ELSEWHERE = {
    "contentURL": (ELM + "contentUrl", Values.ADDRESS),
    "eIDASIdentifier": (ELM + "eidasLegalIdentifier", Values.THINGS),
    "eqfLevel": (ELM + "EQFLevel", Values.THINGS),
    "nqfLevel": (ELM + "NQFLevel", Values.THINGS),
    "thematicArea": (ELM + "ISCEDFCode", Values.THINGS),
    "hasPart": (ELM + "hasPart", Values.THINGS),
    "legalName": (ROV + "legalName", Values.TEXTS),
    "registration": (ROV + "registration", Values.THINGS),
    "identifier": (ADMS + "identifier", Values.THINGS),
    "homepage": (FOAF + "homepage", Values.THINGS),
    "dateIssued": (DCTERMS + "issued", Values.DAY),
    "dcType": (DCTERMS + "type", Values.THINGS),
    "description": (DCTERMS + "description", Values.TEXTS),
    "language": (DCTERMS + "language", Values.THINGS),
    "publisher": (DCTERMS + "publisher", Values.THINGS),
    "spatial": (DCTERMS + "spatial", Values.THINGS),
    "subject": (DCTERMS + "subject", Values.THINGS),
    "temporal": (DCTERMS + "temporal", Values.THINGS),
    "title": (DCTERMS + "title", Values.TEXTS),
    "valid": (DCTERMS + "valid", Values.DAY),
    "inScheme": (SKOS + "inScheme", Values.THINGS),
    "notation": (SKOS + "notation", Values.PLAIN),
    "prefLabel": (SKOS + "prefLabel", Values.TEXTS),
    **{
        name: (CREDENTIALS + name, Values.THINGS)
        for name in ("credentialSchema", "credentialStatus", "credentialSubject", "issuer")
    },
    **{
        name: (CREDENTIALS + name, Values.DAY)
        for name in ("expirationDate", "issuanceDate", "issued", "validFrom", "validUntil")
    },
}
KEYS = {name: (ELM + name, kind) for kind, names in _OF_ELM.items() for name in names.split()} | _ELSEWHERE
"""Each key with its IRI and what its values are."""
OF_OFFERS_ONLY = {"defaultLanguage"}
"""Keys that the context of credentials lacks: what is offered is RDF, and brings its own."""
_ELM_TYPES = (
    "Accreditation Address AwardingOpportunity AwardingProcess CreditPoint DisplayDetail DisplayParameter EuropeanDigitalCredential "
    "Identifier IndividualDisplay LearningAchievement LearningAchievementSpecification LearningActivity "
    "LearningAssessment "
    "LearningAssessmentSpecification LearningEntitlement LearningOpportunity LearningOutcome LegalIdentifier "
    "MediaObject Note Organisation Person "
    "Qualification ShaclValidator2017 WebResource"
)
TYPES = {name: ELM + name for name in _ELM_TYPES.split()} | {
    "Concept": SKOS + "Concept",
    "ConceptScheme": SKOS + "ConceptScheme",
    "Location": DCTERMS + "Location",
    "PeriodOfTime": DCTERMS + "PeriodOfTime",
    "VerifiableCredential": CREDENTIALS + "VerifiableCredential",
}
"""Each type with its IRI."""
_QL = "http://data.quality-link.eu/ontology/v1#"
QUALITY_LINK = {
    _QL + name: TYPES[wider]
    for name, wider in (
        ("HigherEducationInstitution", "Organisation"),
        ("LearningOpportunitySpecification", "LearningAchievementSpecification"),
        ("LearningOpportunityInstance", "LearningOpportunity"),
    )
}
"""The types of the profile of QualityLink, each with the type of the model that is wider."""
PREFIXES = {
    "elm": ELM,
    "dcterms": DCTERMS,
    "skos": SKOS,
    "foaf": FOAF,
    "adms": ADMS,
    "rov": ROV,
    "xsd": XSD,
    "rdf": RDF,
}


def context() -> dict[str, object]:
    """A JSON-LD context that says all of it, for files that stand by themselves."""
    return {"id": "@id", "type": "@type", **TYPES, **{key: _defined(iri, kind) for key, (iri, kind) in KEYS.items()}}


def _defined(iri: str, kind: Values) -> dict[str, str]:
    if kind is Values.TEXTS:
        return {"@id": iri, "@container": "@language"}
    return {"@id": iri} if kind is Values.PLAIN else {"@id": iri, "@type": kind.value}
