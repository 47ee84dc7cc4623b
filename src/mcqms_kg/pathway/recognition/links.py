"""The next links from a place on the way of a credential: to bodies, agreements, levels, frameworks and countries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.model.countries import country_code
from mcqms_kg.pathway.projection.standing import NAMES
from mcqms_kg.pathway.projection.values import as_date
from mcqms_kg.pathway.projection.vocabulary import TYPE
from mcqms_kg.pathway.recognition import scope
from mcqms_kg.pathway.recognition.known import Known, is_true
from mcqms_kg.pathway.recognition.lapsing import validity
from mcqms_kg.pathway.recognition.level_links import frameworks, referencings
from mcqms_kg.pathway.recognition.model import Fault, Link, Node, Status


def next_links(known: Known, node: Node) -> Iterator[Link]:
    """Every link that starts at the place, sound or not."""
    for links in _FROM.get(node.kind, ()):
        yield from links(known, node)


def _of_award(known: Known, node: Node) -> Iterator[Link]:
    issued, expires = known.all(node.term, "issueDate"), known.all(node.term, "expiryDate")
    faults = [Fault("unreadable", (day,), decided=False) for day in (*issued, *expires) if as_date(day) is None]
    faults += [Fault("not-yet", (day,)) for day in issued if (when := as_date(day)) and when > known.as_of]
    faults += [Fault("expired", (day,)) for day in expires if (when := as_date(day)) and when < known.as_of]
    triples = known.statements(node.term, "awardsCredential", "issueDate", "expiryDate", *NAMES)
    faults += validity(known, node.term)
    faults += [Fault("contradictory", days, decided=False) for days in (issued, expires) if len(days) > 1]
    yield Link("award", node, Node("credential", known.credential), node.term, triples, faults=tuple(faults))


def _of_credential(known: Known, node: Node) -> Iterator[Link]:
    """To whoever awards it, which is the provider where no certification body is named, and to its levels."""
    name = "isCertifiedBy" if known.all(node.term, "isCertifiedBy") else "isOfferedBy"
    for body in known.bodies(node.term, name):
        yield Link("awarded", node, Node("body", body), node.term, ((node.term, mc(name), body),))
    levels = known.all(node.term, "hasLevel")
    for level in levels:
        mine = set(known.all(level, "isLevelOf"))
        others = tuple(x for x in levels if x != level and mine & set(known.all(x, "isLevelOf")))
        faults = (Fault("contradictory", (level, *others), decided=False),) if others else ()
        triples = tuple((node.term, mc("hasLevel"), x) for x in (level, *others))
        yield Link("level", node, Node("level", level), node.term, triples, faults=faults)


def _of_unit(known: Known, node: Node) -> Iterator[Link]:
    """What a unit awards, its organisation awards."""
    for above in known.bodies(node.term, "isUnitOf"):
        yield Link("unit", node, Node("body", above), node.term, ((node.term, mc("isUnitOf"), above),))


def _licences(known: Known, node: Node) -> Iterator[Link]:
    """To the authorities that license the body for all units of the credential."""
    for licence in known.records("isGrantedTo", node.term):
        for authority in known.bodies(licence, "isGrantedBy"):
            triples = known.statements(licence, "isGrantedTo", "isGrantedBy", "effectiveDate", "expiryDate")
            faults = (
                *known.period(licence, needs_start=True, day=known.licensed_on),
                *_licensed(known, licence, authority, node.term),
            )
            link = Link("licence", node, Node("authority", authority), licence, triples, faults=faults)
            yield _vouched(known, link, (authority,))


def _licensed(known: Known, licence: Term, authority: Term, body: Term) -> Iterator[Fault]:
    allowed = set(known.all(licence, "licensesUnit"))
    if authority == body:
        yield Fault("own-word", (body,))
    if not known.units:
        yield Fault("not-said", (mc("coversUnit"),), decided=False)
    elif not known.units <= allowed:
        yield Fault("out-of-scope", tuple(sorted(known.units - allowed)))


def _agreements(known: Known, node: Node) -> Iterator[Link]:
    """To agreements that recognise the awards of the body, and, the wrong way round, to those by which it honours others."""
    for agreement in known.records("recognisesAwardsOf", node.term):
        yield from _covered(known, node, agreement, "agreement", ())
    if node.kind == "body":
        for agreement in known.records("isHonouredBy", node.term):
            wrong = (Fault("wrong-direction", known.all(agreement, "recognisesAwardsOf")),)
            yield from _covered(known, node, agreement, "reversed", wrong)


def _extended(known: Known, node: Node) -> Iterator[Link]:
    """To agreements that take over what this body honours, where they say so."""
    for agreement in known.records("recognisesAwardsOf", node.term):
        says = known.all(agreement, "isExtendedToHonouredAwards")
        wrong = () if says and all(map(is_true, says)) else (Fault("not-extended", (node.term,)),)
        yield from _covered(known, node, agreement, "agreement", wrong)


_TERMS_OF_AGREEMENT = (
    "recognisesAwardsOf",
    "isHonouredBy",
    "coversCredential",
    "coversLevel",
    "coversField",
    "effectiveDate",
    "expiryDate",
)


def _covered(known: Known, node: Node, agreement: Term, kind: str, wrong: tuple[Fault, ...]) -> Iterator[Link]:
    relevant = {node.term, known.credential}
    every = known.statements(agreement, *_TERMS_OF_AGREEMENT)
    triples = tuple(t for t in every if t[1] != mc("coversCredential") or t[2] in relevant)
    faults = (*wrong, *known.period(agreement, needs_start=True), *scope.faults(known, agreement))
    yield Link(
        "covered", node, Node(kind, agreement), agreement, triples, faults=faults, sources=known.sources(agreement)
    )


def _honouring(known: Known, node: Node) -> Iterator[Link]:
    """From an agreement to who honours it, and to the level it grants."""
    concluded = known.all(node.term, "isConcludedBy")
    honouring = known.bodies(node.term, "isHonouredBy")
    for body in honouring:
        outside = (Fault("not-concluded", (body,)),) if concluded and body not in concluded else ()
        if body in known.awarding:
            outside = (*outside, Fault("own-award", (body,)))
        triples: tuple[Triple, ...] = ((node.term, mc("isHonouredBy"), body),)
        yield _vouched(
            known, Link("honoured", node, Node("honoured", body), node.term, triples, faults=outside), (body,)
        )
    for level in known.all(node.term, "grantsLevel") if honouring else ():
        triples = ((node.term, mc("grantsLevel"), level),)
        yield _vouched(known, Link("granted", node, Node("level", level), node.term, triples), honouring)


def _honoured_the_other_way(known: Known, node: Node) -> Iterator[Link]:
    for body in known.all(node.term, "recognisesAwardsOf"):
        yield Link(
            "honoured", node, Node("honoured", body), node.term, known.statements(node.term, "recognisesAwardsOf")
        )


def _vouched(known: Known, link: Link, bodies: tuple[Term, ...]) -> Link:
    """The link with its status: whether one of the bodies shows by its own document that it honours."""
    record, showing = link.record, [body for body in bodies if known.vouched_for(link.record, body)]
    status = Status.VERIFIED if showing else Status.UNVERIFIED
    documents = known.all(record, "isEvidencedBy")
    evidence = tuple((record, mc("isEvidencedBy"), document) for document in documents if showing)
    issued = tuple(
        (d, mc("isIssuedBy"), body) for d in documents for body in known.all(d, "isIssuedBy") if body in showing
    )
    sources = known.sources(record) or tuple(documents if showing else ())
    return Link(
        link.kind, link.start, link.end, record, (*link.triples, *evidence, *issued), status, link.faults, sources
    )


def _country(known: Known, node: Node) -> Iterator[Link]:
    """From a body that honours, or an authority that licenses, to its country, or that of the organisation that it is a unit of."""
    seat, triples = _seat(known, node.term)
    told = known.all(seat, "country")
    codes = {value: country_code(terms.lexical(value)) for value in told}
    wrong = (Fault("contradictory", told, decided=False),) if len(set(codes.values())) > 1 else ()
    regulator = (node.term, TYPE, mc("Regulator"))
    if node.kind == "authority" and not known.graph.has(regulator):
        wrong = (*wrong, Fault("no-authority", (node.term,)))
    if known.graph.has(regulator):
        triples = (*triples, regulator)
    for value, code in codes.items():
        shown = (*triples, (seat, mc("country"), value))
        if code:
            yield Link("country", node, Node("country", terms.literal(code)), node.term, shown, faults=wrong)
        elif known.place and known.place.kind == "country":
            unread = (*wrong, Fault("no-country", (value,), decided=False))
            yield Link("country", node, known.place, node.term, shown, faults=unread)


def _seat(known: Known, body: Term) -> tuple[Term, tuple[Triple, ...]]:
    """Whose country it is: its own, else that of the nearest organisation above that states one; and how it is led to."""
    led: dict[Term, tuple[Triple, ...]] = {body: ()}
    for term in (waiting := [body]):
        if known.all(term, "country"):
            return term, led[term]
        for above in known.all(term, "isUnitOf"):
            if above not in led:
                led[above] = (*led[term], (term, mc("isUnitOf"), above))
                waiting.append(above)
    return body, ()


_FROM: Mapping[str, tuple[Callable[[Known, Node], Iterator[Link]], ...]] = {
    "award": (_of_award,),
    "credential": (_of_credential,),
    "body": (_of_unit, _licences, _agreements),
    "authority": (_agreements, _country),
    "agreement": (_honouring,),
    "reversed": (_honoured_the_other_way,),
    "honoured": (_extended, _country),
    "level": (referencings, frameworks),
}
"""Kind of place to what may lead on from it."""
