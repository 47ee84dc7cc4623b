"""What of CTDL is used here: how its context types our terms, its codes beside ours, and identifiers of its registry.

Facts from the Credential Transparency Description Language of Credential Engine (CC BY 4.0).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping

from mcqms_kg.graph.vocabulary import code
from mcqms_kg.model import Term

CONTEXT = "https://credreg.net/ctdl/schema/context/json"
RESOURCES = "https://credentialengineregistry.org/resources/"
TITLE = {"en": "CTDL", "id": "CTDL"}

_REF, _MAP = {"@type": "@id"}, {"@container": "@language"}
TERMS: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(
        (
            *("ceterms:address", "ceterms:agentSectorType", "ceterms:agentType", "ceterms:assesses"),
            *("ceterms:assessmentMethodType", "ceterms:atLevel", "ceterms:availabilityListing"),
            *("ceterms:credentialStatusType", "ceterms:creditValue", "ceterms:deliveryType"),
            *("ceterms:estimatedDuration", "ceterms:framework", "ceterms:hasCondition"),
            *("ceterms:hasDestinationComponent", "ceterms:hasPart", "ceterms:isPartOf", "ceterms:isPreparationFor"),
            *("ceterms:lifeCycleStatusType", "ceterms:offeredBy", "ceterms:ownedBy", "ceterms:proxyFor"),
            *("ceterms:requires", "ceterms:sameAs", "ceterms:subjectWebpage", "ceterms:targetAssessment"),
            *("ceterms:targetCompetency", "ceterms:targetComponent", "ceterms:targetCredential"),
            *("ceterms:targetLearningOpportunity", "ceterms:targetNode", "ceterms:teaches", "ceterms:transferValue"),
            *("ceterms:transferValueFor", "ceterms:transferValueFrom", "ceasn:alignTo", "ceasn:hasTopChild"),
            *("ceasn:identifier", "ceasn:isPartOf", "ceasn:isTopChildOf", "ceasn:publisher"),
        ),
        _REF,
    ),
    **dict.fromkeys(
        (
            *("ceterms:addressCountry", "ceterms:description", "ceterms:frameworkName", "ceterms:name"),
            *("ceterms:scoringMethodDescription", "ceterms:targetNodeName", "schema:description"),
            *("ceasn:competencyText", "ceasn:description", "ceasn:name", "ceasn:publisherName"),
        ),
        _MAP,
    ),
    "ceterms:codedNotation": {"@type": "xsd:string"},
    "ceterms:ctid": {"@type": "xsd:string"},
    "ceterms:dateEffective": {"@type": "xsd:date"},
    "ceterms:endDate": {"@type": "xsd:date"},
    "ceterms:expirationDate": {"@type": "xsd:date"},
    "ceterms:inLanguage": {"@type": "xsd:language"},
    "ceterms:isProctored": {"@type": "xsd:boolean"},
    "ceterms:requiredNumber": {"@type": "xsd:integer"},
    "ceterms:startDate": {"@type": "xsd:date"},
    "ceterms:timeRequired": {"@type": "schema:Duration"},
    "ceasn:codedNotation": {"@type": "xsd:string"},
    "ceasn:inLanguage": {"@type": "xsd:language"},
    "schema:value": {"@type": "xsd:float"},
}
"""Every property that is written, as the official context has it; a test holds them equal."""

CODES: Mapping[str, tuple[str, str]] = {
    "agentSector": ("https://credreg.net/ctdl/terms/AgentSector", "Agent Sector"),
    "assessMethod": ("https://credreg.net/ctdl/terms/AssessmentMethod", "Assessment Method"),
    "credentialStat": ("https://credreg.net/ctdl/terms/CredentialStatus", "Credential Status"),
    "deliveryType": ("https://credreg.net/ctdl/terms/Delivery", "Delivery"),
    "lifeCycle": ("https://credreg.net/ctdl/terms/LifeCycleStatus", "Life Cycle Status"),
    "orgType": ("https://credreg.net/ctdl/terms/OrganizationType", "Organization Type"),
}
"""Prefix of a code list to its address and name."""
METHODS = {
    "method-observation": "assessMethod:Performance",
    "method-portfolio": "assessMethod:PortfolioEvaluation",
    "method-written-test": "assessMethod:Exam",
    "method-project": "assessMethod:Artifact",
}
"""Our code to theirs. Oral questioning has none that would come back as it is."""
PARTICIPATION = {
    "participation-online": "deliveryType:OnlineOnly",
    "participation-on-site": "deliveryType:InPerson",
    "participation-blended": "deliveryType:BlendedDelivery",
}
SECTORS = {
    "public": "agentSector:Public",
    "private-for-profit": "agentSector:PrivateForProfit",
    "private-non-profit": "agentSector:PrivateNonProfit",
}
_CTID = re.compile(r"ce-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def back(codes: Mapping[str, str], theirs: str) -> Term | None:
    """Our code for one of theirs."""
    return next((code(ours) for ours, found in codes.items() if found == theirs), None)


def ctid_of(iri: str) -> str:
    """The identifier of what has this IRI: the same for ever, and in the registry's form.

    It is the UUID (version 5) of the IRI with the digit of version 4, which the registry asks for. An IRI of the registry has its own.
    """
    inside = iri.removeprefix(RESOURCES)
    if inside != iri and _CTID.fullmatch(inside):
        return inside
    made = uuid.uuid5(uuid.NAMESPACE_URL, iri)
    return f"ce-{uuid.UUID(bytes=made.bytes, version=4)}"


def resource(iri: str) -> str:
    """The address in the registry of what has this IRI."""
    return RESOURCES + ctid_of(iri)
