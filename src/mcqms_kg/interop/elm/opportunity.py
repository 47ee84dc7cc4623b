"""A micro-credential that is offered as a learning opportunity."""

from __future__ import annotations

from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.elm import code_lists, phrases
from mcqms_kg.interop.elm.agents import organisation
from mcqms_kg.interop.elm.document import LABEL, Node, Writing, concept, date_of, language_concepts, without_gaps
from mcqms_kg.interop.elm.specification import specification
from mcqms_kg.model import Term


def offered(graph: GraphIndex, day: str) -> tuple[Term, ...]:
    """The micro-credentials that are offered on the day: those whose first day has come, if one is stated, and whose last has not."""
    known = {
        *graph.instances(mc("MicroCredential")),
        *(s for s in graph.all_subjects() if graph.objects(s, mc("isOfferedBy"))),
    }
    return tuple(sorted(term for term in known if _is_offered(graph, term, day)))


def _is_offered(graph: GraphIndex, term: Term, day: str) -> bool:
    begins, ends = (
        [date_of(value) for value in graph.objects(term, mc(name))] for name in ("firstOfferDate", "withdrawalDate")
    )
    is_early = bool(begins) and all(first and first > day for first in begins)
    is_over = bool(ends) and all(last and last <= day for last in ends)
    return not is_early and not is_over


def opportunity(writing: Writing, term: Term) -> Node:
    """The offer, with what can be achieved by it; what the target asks for and is not there is noted as lacking."""
    names = writing.texts(term, LABEL)
    providers = writing.things(term, mc("isOfferedBy"), needed=True)
    if not providers:
        writing.lack(term, phrases.NO_PROVIDER)
    return without_gaps(
        id=writing.part(term, "opportunity"),
        type="LearningOpportunity",
        title=names,
        dcType=concept(code_lists.SHORT_PROGRAMME, code_lists.OPPORTUNITIES),
        defaultLanguage=language_concepts([writing.wanted.language]) or language_concepts(["en"]),
        providedBy=[organisation(writing, provider, licences=True) for provider in providers],
        homepage=_page(writing, term, providers),
        temporal=_period(writing, term),
        learningAchievementSpecification=specification(writing, term, of_offer=True),
    )


def _page(writing: Writing, term: Term, providers: tuple[Term, ...]) -> Node | None:
    """The public page of it, else that of its provider."""
    if page := writing.page(term):
        return page
    for provider in providers:
        if page := writing.page(provider):
            writing.lose(term, phrases.PAGE_OF_PROVIDER)
            return page
    writing.lack(term, phrases.NO_PAGE)
    return None


def _period(writing: Writing, term: Term) -> Node | None:
    begins, ends = writing.day(term, mc("firstOfferDate")), writing.day(term, mc("withdrawalDate"))
    if not begins and not ends:
        return None
    return without_gaps(id=writing.part(term, "period"), type="PeriodOfTime", startDate=begins, endDate=ends)
