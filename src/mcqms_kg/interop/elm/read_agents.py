"""Organisations and their licences, taken over."""

from __future__ import annotations

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.elm import code_lists, phrases
from mcqms_kg.interop.elm.agents import IRI_SCHEME
from mcqms_kg.interop.elm.document import LABEL, NOTATION
from mcqms_kg.interop.elm.mapping import Understanding, day
from mcqms_kg.model import Term

_LICENCES = (code_lists.INSTITUTIONAL_LICENCE, "http://data.europa.eu/snb/accreditation/e57dddfcf3")


def organisation(known: Understanding, thing: Term, at: str, type_: str = "Organisation") -> Term:
    """Takes an organisation over, and says of which type it is to us."""
    if known.is_a(thing, "Person"):
        known.lose(at, phrases.PERSONAL)
        return thing
    known.typed(thing, type_, at)
    if not known.reach(thing):
        return thing
    known.texts(thing, "legalName", thing, LABEL)
    known.page(thing, thing)
    _country(known, thing)
    _identifier(known, thing)
    for accreditation, place in known.values(thing, "accreditation"):
        licence(known, accreditation, place, thing)
    return thing


def _country(known: Understanding, thing: Term) -> None:
    for location, _ in known.values(thing, "location"):
        known.reach(location)
        for address, _ in known.values(location, "address"):
            known.reach(address)
            for country, at in known.values(address, "countryCode"):
                letters = code_lists.two_letters(terms.lexical(country))
                if letters:
                    known.say(thing, mc("country"), terms.literal(letters), at)
                else:
                    known.lose(at, phrases.UNKNOWN_CODE, country)


def _identifier(known: Understanding, thing: Term) -> None:
    """The registration number, else another identifier; what stands in the place of one is none."""
    legal = [identifier for identifier, _ in known.values(thing, "eIDASIdentifier")]
    registered = legal or [number for number, _ in known.values(thing, "registration")]
    for identifier in registered or [other for other, _ in known.values(thing, "identifier")]:
        known.reach(identifier)
        scheme = [terms.lexical(name) for name, _ in known.values(identifier, "schemeName")]
        list(known.values(identifier, "spatial"))
        for notation, at in known.values(identifier, "notation"):
            if IRI_SCHEME not in scheme:
                known.say(thing, NOTATION, notation, at)


def licence(known: Understanding, thing: Term, at: str, holder: Term | None = None) -> None:
    """Takes an accreditation over that is a licence; one of another kind is lost."""
    kinds = [terms.lexical(kind) for kind in known.graph.objects(thing, terms.iri(_DC_TYPE))]
    if not set(kinds) & set(_LICENCES):
        known.lose(at, phrases.UNKNOWN_CODE, thing)
        return
    if not known.reach(thing):
        return
    known.typed(thing, "Licence", at)
    list(known.values(thing, "dcType"))
    known.texts(thing, "title", thing, LABEL)
    for agent, place in known.values(thing, "accreditingAgent"):
        known.say(thing, mc("isGrantedBy"), organisation(known, agent, place), place)
    for body, place in known.values(thing, "organisation"):
        known.say(thing, mc("isGrantedTo"), organisation(known, body, place, "CertificationBody"), place)
    if holder:
        known.say(thing, mc("isGrantedTo"), holder, at)
    known.literal(thing, "valid", thing, mc("effectiveDate"), day)
    known.literal(thing, "expiryDate", thing, mc("expiryDate"), day)


_DC_TYPE = "http://purl.org/dc/terms/type"
