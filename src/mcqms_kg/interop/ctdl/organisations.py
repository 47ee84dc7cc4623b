"""Organisations in CTDL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mcqms_kg.errors import BadValue
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import Carried
from mcqms_kg.interop.countries import country_named, name_of_country
from mcqms_kg.interop.ctdl.parts import DESCRIPTION, LABEL, coded, described, put
from mcqms_kg.interop.ctdl.terms import SECTORS
from mcqms_kg.model import Term

Node = dict[str, Any]
KINDS = {
    "Provider": "",
    "CertificationBody": "orgType:CertificationBody",
    "Regulator": "orgType:Regulator",
    "ProfessionalAssociation": "orgType:ProfessionalAssociation",
    "IndustryBody": "orgType:BusinessAssociation",
}
"""Our class to their type of organisation; of a provider nobody says more than that it is one."""
TYPES = (
    "Postsecondary",
    "FourYear",
    "TwoYear",
    "TrainingProvider",
    "Technical",
    "Business",
    "Government",
    "AssessmentBody",
)
_ENOUGH = (LABEL, DESCRIPTION, mc("publicPage"), mc("country"))
_SECTOR = {
    "en": "The registry asks for the sector of an organisation, which our data does not say; give it with --option sector=….",
    "id": "Registri meminta sektor organisasi, yang tidak disebut data kita; berikan dengan --option sector=….",
}
_TYPE = {
    "en": "The registry asks for the type of an organisation, which our data does not say; give it with --option type=….",
    "id": "Registri meminta jenis organisasi, yang tidak disebut data kita; berikan dengan --option type=….",
}


def organisations_of(credential: Term, graph: GraphIndex) -> Iterator[Term]:
    """Who offers the credential, and the bodies that certify for it where they say enough of themselves."""
    yield from (o for o in graph.objects(credential, mc("isOfferedBy")) if terms.is_iri(o) and o in graph)
    for body in graph.objects(credential, mc("isCertifiedBy")):
        if terms.is_iri(body) and all(graph.objects(body, predicate) for predicate in _ENOUGH):
            yield body


def organisation(term: Term, carried: Carried) -> Node:
    """An organisation that grants credentials."""
    own = [name for name in KINDS if mc(name) in carried.graph.types(term)]
    carried.thing(term, *(mc(name) for name in own[:1] if name in ("Provider", "CertificationBody")))
    node = described(term, "ceterms:CredentialOrganization", carried)
    put(node, "ceterms:subjectWebpage", carried.address(term, mc("publicPage")))
    country = next((name_of_country(terms.lexical(o)) for o in carried.graph.objects(term, mc("country"))), "")
    if country:
        code = country_named(country)
        carried.take(
            term, mc("country"), *(o for o in carried.graph.objects(term, mc("country")) if o == terms.literal(code))
        )
        node["ceterms:address"] = [{"@type": "ceterms:Place", "ceterms:addressCountry": {"en": country}}]
    _put_types(node, term, next((KINDS[name] for name in own if KINDS[name]), ""), carried)
    return node


def _put_types(node: Node, term: Term, type_: str, carried: Carried) -> None:
    options = carried.wanted.options
    sector, given = options.get("sector", ""), options.get("type", "")
    if sector and sector not in SECTORS:
        raise BadValue(f"{sector!r} is no sector", remedy=f"Known: {', '.join(SECTORS)}.")
    if given and given not in TYPES:
        raise BadValue(f"{given!r} is no type of organisation", remedy=f"Known: {', '.join(TYPES)}.")
    found = type_ or (f"orgType:{given}" if given else "")
    if found:
        node["ceterms:agentType"] = [coded(found)]
    else:
        carried.lose(term, _TYPE)
    if sector:
        node["ceterms:agentSectorType"] = coded(SECTORS[sector])
    else:
        carried.lose(term, _SECTOR)
