"""Organisations and their licences, as the European Learning Model has them."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.elm import code_lists, phrases
from mcqms_kg.interop.elm.document import LABEL, NOTATION, Node, Writing, concept, without_gaps
from mcqms_kg.model import Term

IRI_SCHEME = "IRI; no registration number was stated"
"""What an identifier is said to be that stands in the place of a registration number."""


def organisation(writing: Writing, term: Term, *, legal: bool = False, licences: bool = False) -> Node:
    """An organisation with its name and country; with its legal identifier where `legal`, with its licences where `licences`."""
    names = writing.texts(term, LABEL)
    country = _country(writing, term)
    if not names:
        writing.lack(term, phrases.NO_NAME)
    if country is None:
        writing.lack(term, phrases.NO_COUNTRY)
    handled = (LABEL, mc("country"), mc("publicPage"), *([NOTATION] if legal else []))
    writing.unhandled(term, handled)
    for type_ in writing.graph.types(term):
        if type_ != mc("Organisation"):
            writing.lose(term, phrases.KIND_OF_ORGANISATION, type_)
    return without_gaps(
        id=writing.id_of(term),
        type="Organisation",
        legalName=names,
        location=_location(writing, term, country),
        homepage=writing.page(term),
        eIDASIdentifier=_identifier(writing, term, country) if legal else None,
        accreditation=_licences(writing, term) if licences else None,
    )


def _country(writing: Writing, term: Term) -> Node | None:
    """The country of its seat, or of the organisation that it is a unit of."""
    for at in (term, *writing.things(term, mc("isUnitOf"))):
        codes = writing.graph.objects(at, mc("country"))
        found = {code: iri for code in codes if (iri := code_lists.country(terms.lexical(code)))}
        chosen = next(iter(found), None)
        for code in codes:
            if code != chosen:
                writing.lose(
                    at, phrases.second(mc("country")) if code in found else phrases.not_in_list(mc("country")), code
                )
        if chosen:
            return concept(found[chosen], code_lists.COUNTRIES)
    return None


def _location(writing: Writing, term: Term, country: Node | None) -> Node | None:
    if country is None:
        return None
    address = {"id": writing.part(term, "address"), "type": "Address", "countryCode": country}
    return {"id": writing.part(term, "location"), "type": "Location", "address": address}


def _identifier(writing: Writing, term: Term, country: Node | None) -> Node:
    """The registration number; where none is stated the IRI, which says that it is one."""
    number = writing.one(term, NOTATION)
    if number is None:
        writing.lose(term, phrases.IRI_AS_IDENTIFIER)
    return without_gaps(
        id=writing.part(term, "identifier"),
        type="LegalIdentifier",
        notation=terms.lexical(number) if number else writing.id_of(term),
        schemeName=None if number else IRI_SCHEME,
        spatial=country,
    )


def _licences(writing: Writing, holder: Term) -> list[Node]:
    """The licences that were in force on the day, each as an accreditation; one that lacks its name or grantor is lost."""
    found = (_licence(writing, licence, holder) for licence in writing.graph.subjects(mc("isGrantedTo"), holder))
    return [node for node in found if node]


def _licence(writing: Writing, licence: Term, holder: Term) -> Node | None:
    own = Writing(writing.graph, writing.wanted)
    grantor = own.one_thing(licence, mc("isGrantedBy"))
    title, begins, ends = (
        own.texts(licence, LABEL),
        *(own.day(licence, mc(f"{name}Date")) for name in ("effective", "expiry")),
    )
    if not title:
        own.lack(licence, phrases.NO_NAME)
    node = without_gaps(
        id=own.id_of(licence),
        type="Accreditation",
        title=title,
        dcType=concept(code_lists.INSTITUTIONAL_LICENCE, code_lists.ACCREDITATIONS),
        accreditingAgent=organisation(own, grantor) if grantor else None,
        organisation={"id": own.id_of(holder), "type": "Organisation"},
        valid=begins,
        expiryDate=ends,
    )
    handled = ("isGrantedTo", "isGrantedBy", "effectiveDate", "expiryDate")
    own.unhandled(licence, (LABEL, *map(mc, handled)))
    day = writing.wanted.as_of.isoformat()
    if own.lacking or grantor is None or (ends and ends[:10] < day) or (begins and begins[:10] > day):
        writing.lose(licence, phrases.not_carried(mc("isGrantedTo")))
        return None
    writing.take(own)
    return node
