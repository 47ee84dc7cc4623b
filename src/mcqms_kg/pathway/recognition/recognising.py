"""Whether a credential is recognised in a framework, a country or by a body: by which chains, at which level, or what is missing."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.model.countries import COUNTRIES
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.marks import is_credential
from mcqms_kg.pathway.projection.vocabulary import AWARD, NOTATION, TYPE
from mcqms_kg.pathway.recognition import chains
from mcqms_kg.pathway.recognition.chains import Way, Web
from mcqms_kg.pathway.recognition.known import Known
from mcqms_kg.pathway.recognition.model import Chain, Gap, Link, Node, Recognition, Status, Verdict

_ASSIGNED_BY_USERS = re.compile("AA|Q[M-Z]|X[A-Z]|ZZ")
"""The codes that ISO 3166-1 leaves to whoever uses them."""


def recognise(
    graph: Facts, thing: Term, place: str, as_of: dt.date, without: frozenset[Term] = frozenset()
) -> Recognition:
    """The answer for a credential, or an award of one, and a framework, a country or an organisation, on a day.

    Records and bodies `without` which it is asked are as if they were not there.

    Raises `UnknownName` for a credential or place that the data does not know, and `BadValue` for a text that names no place.
    """
    start, credential = _start(graph, thing)
    goal = _place(graph, place)
    known = Known(graph, as_of, credential, thing if start.kind == "award" else None, goal, without)
    web = Web(known, start)
    ways, every = chains.best(web, goal)
    found = tuple(_chain(known, way) for way in ways)
    levels = _levels(web, goal)
    verdict = _verdict(web, goal, levels)
    gaps = () if verdict is Verdict.RECOGNISED else _gaps(known, web, goal)
    return Recognition(
        credential, goal, as_of, verdict, found, gaps, chains.reasons(web, goal), levels, whole=web.whole and every
    )


def _start(graph: Facts, thing: Term) -> tuple[Node, Term]:
    awarded = graph.objects(thing, mc("awardsCredential"))
    if len(awarded) > 1:
        raise BadValue(f"{terms.short(thing)} awards more than one credential", remedy="Name one of them.")
    if awarded:
        return Node("award", thing), awarded[0]
    if not graph.knows(thing):
        raise UnknownName(f"Nothing is said of {terms.short(thing)}", remedy="Give data that describes it.")
    if not is_credential(graph, thing):
        what = "an award of no credential" if AWARD in graph.objects(thing, TYPE) else "no credential and no award"
        raise UnknownName(f"{terms.short(thing)} is {what}", remedy="Name a credential.")
    return Node("credential", thing), thing


def _place(graph: Facts, text: str) -> Node:
    """A framework or body by its IRI, a framework by its notation, or a country by its two letters."""
    iri = terms.expand(text)
    frameworks = graph.instances(mc("QualificationFramework"))
    if iri is None:
        named = [f for f in frameworks if text in map(terms.lexical, graph.objects(f, NOTATION))]
        if len(named) == 1:
            return Node("framework", named[0])
        if text.upper() in COUNTRIES or _ASSIGNED_BY_USERS.fullmatch(text.upper()):
            return Node("country", terms.literal(text.upper()))
        raise BadValue(
            f"{text!r} names no framework and no country",
            remedy="Give an IRI, the notation of a framework such as AQRF, or two letters of ISO 3166-1 such as MY.",
        )
    if iri in frameworks or graph.subjects(mc("isLevelOf"), iri):
        return Node("framework", iri)
    if graph.subjects(mc("isHonouredBy"), iri) or graph.objects(iri, mc("country")):
        return Node("honoured", iri)
    raise UnknownName(
        f"{terms.short(iri)} is no framework and no body with a country", remedy="Give data that describes it."
    )


def _verdict(web: Web, goal: Node, levels: tuple[Term, ...]) -> Verdict:
    def without(*wrong: str) -> bool:
        good = {"undecided": lambda link: not link.undecided, "unverified": _vouched}
        return bool(web.reaches([goal], lambda link: not link.broken and all(good[w](link) for w in wrong)))

    if not without():
        return Verdict.NOT_RECOGNISED if web.whole else Verdict.UNDECIDED
    if goal.kind == "framework" and len(levels) > 1:
        return Verdict.UNDECIDED
    if without("undecided", "unverified"):
        return Verdict.RECOGNISED
    if not without("undecided") or without("unverified"):
        return Verdict.UNDECIDED
    return Verdict.UNVERIFIED if web.whole else Verdict.UNDECIDED


def _vouched(link: Link) -> bool:
    return link.status is not Status.UNVERIFIED


def _levels(web: Web, goal: Node) -> tuple[Term, ...]:
    """The levels of the framework that the surest chains arrive at: more than one is a contradiction."""
    if goal.kind != "framework":
        return ()
    of_it = {link.start for link in web.links() if link.kind == "framework" and link.end == goal}
    goals = [node for node in web.places("level") if node in of_it]
    for good in (lambda link: link.sound, lambda link: not link.faults, lambda link: not link.broken):
        found = web.reaches(goals, good)
        if found:
            return tuple(node.term for node in found)
    return ()


def _chain(known: Known, way: Way) -> Chain:
    levels = [link.end.term for link in way if link.end.kind == "level"]
    bodies = [link.end.term for link in way if link.end.kind in ("honoured", "authority")]
    agreements = [link.record for link in way if link.kind == "covered"]
    level = levels[-1] if levels else _granted(known, agreements) or _own(known, way)
    by = bodies[-1] if bodies else None
    national = by is not None and mc("Regulator") in known.graph.objects(by, TYPE)
    credits = _credits(known, agreements)
    unknown = credits is None and _counting(known, agreements)
    return Chain(way, level, credits, by, national, unknown)


def _granted(known: Known, agreements: list[Term]) -> Term | None:
    """The level that the last agreement grants, where it is one."""
    granted = known.all(agreements[-1], "grantsLevel") if agreements else ()
    return granted[0] if len(granted) == 1 else None


def _own(known: Known, way: Way) -> Term | None:
    """Under a licence the credential keeps the one level that it is offered at."""
    levels = known.all(known.credential, "hasLevel")
    return levels[0] if len(levels) == 1 and any(link.kind == "licence" for link in way) else None


def _credits(known: Known, agreements: list[Term]) -> Decimal | None:
    """The credits left after every agreement on the way has counted them; nothing where none says how, or a number is not known."""
    count = known.number(known.credential, "credits")
    for agreement in agreements:
        rate, cap = known.number(agreement, "transferRate"), known.number(agreement, "transferCap")
        for number, name in ((rate, "transferRate"), (cap, "transferCap")):
            if number is None and known.all(agreement, name):
                return None
        if count is not None:
            count = count if rate is None else count * rate
            count = count if cap is None else min(count, cap)
    return count if _counting(known, agreements) else None


def _counting(known: Known, agreements: list[Term]) -> bool:
    """Whether some agreement says how credits count."""
    return any(known.all(agreement, name) for agreement in agreements for name in ("transferRate", "transferCap"))


def _gaps(known: Known, web: Web, goal: Node) -> tuple[Gap, ...]:
    """The smallest changes of what is there; where no change of it would do, what would have to be new."""
    gaps = tuple(Gap(links) for links in chains.smallest_gaps(web, goal) if links)
    return gaps or (_new(known, web, goal),)


def _new(known: Known, web: Web, goal: Node) -> Gap:
    if goal.kind == "framework":
        return Gap((), "referencing" if web.places("level") else "level")
    at_home = any(goal.term in known.graph.objects(body.term, mc("country")) for body in web.places("body"))
    return Gap((), "licence" if goal.kind == "country" and at_home else "agreement")
