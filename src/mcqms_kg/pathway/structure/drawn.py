"""What questions about structure find, as a small graph to draw: the things found, and the statements between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.shown import place
from mcqms_kg.pathway.projection.vocabulary import TYPE
from mcqms_kg.pathway.structure.observations import Observation, Observations
from mcqms_kg.pathway.telling.drawing import Drawing, Edge, Node, depths

MOST = 120
"""Things in one drawing; more nobody can read, and the other formats have all."""
LOST = frozenset(
    {
        *("withdrawn", "no-longer-earnable", "skill-set-short", "job-uncovered", "stopped", "no-longer-set-against"),
        *("recognition-lost", "not-covered", "unreachable", "required-not-taught"),
    }
)
_TOWARDS = frozenset(map(mc, ("requires", "requiresRule", "hasOption", "isStackedBy", "requiresUnit", "hasUnit")))
"""Statements whose object helps towards their subject."""
_FIRST = frozenset(map(mc, ("requires", "requiresRule")))
TITLE = ("{shown} of {all} that were found", "{shown} dari {all} yang ditemukan")


def draw(facts: Facts, found: Observations, language: str) -> tuple[Drawing, ...]:
    """One drawing of as many observations as have room in it; none where nothing was found."""
    chosen = list(_with_room(found))
    states = _states(chosen)
    edges = tuple(edge for each in chosen for edge in _edges(each) if edge.source in states and edge.target in states)
    if not states:
        return ()
    title = TITLE[language == "id"].format(shown=len(chosen), all=len(found.found))
    return (Drawing(title, tuple(_nodes(facts, states, tuple(dict.fromkeys(edges)), language)), edges, ()),)


def _with_room(found: Observations) -> Iterator[Observation]:
    things: set[Term] = set()
    for each in found.found:
        things |= set(_things(each))
        if len(things) > MOST:
            return
        yield each


def _things(each: Observation) -> Iterator[Term]:
    yield each.about
    yield from each.others
    yield from (term for s, _, o in _between(each) for term in (s, o))


def _between(each: Observation) -> Iterator[Triple]:
    """The statements that relate two things."""
    return ((s, p, o) for s, p, o in each.triples if p != TYPE and not terms.is_literal(o))


def _states(chosen: list[Observation]) -> Mapping[Term, str]:
    states: dict[Term, str] = {}
    for each in chosen:
        state = "lost" if each.kind in LOST else "found"
        states[each.about] = "lost" if "lost" in (state, states.get(each.about)) else state
    for each in chosen:
        for term in _things(each):
            states.setdefault(term, "named")
    return states


def _edges(each: Observation) -> Iterator[Edge]:
    related = {(s, o) for s, _, o in _between(each)}
    for s, p, o in _between(each):
        ends = (o, s) if p in _TOWARDS else (s, o)
        yield Edge(*ends, "first" if p in _FIRST else "counts")
    touched = {term for pair in related for term in pair}
    yield from (Edge(each.about, other, "counts") for other in each.others if other not in touched)


def _nodes(facts: Facts, states: Mapping[Term, str], edges: tuple[Edge, ...], language: str) -> Iterator[Node]:
    depth, rows = depths(states, edges), dict[int, int]()
    for term in sorted(states, key=lambda term: (depth[term], term)):
        column = depth[term]
        rows[column] = rows.get(column, -1) + 1
        label = place(facts, term, language)
        yield Node(term, label, states[term], "", column, rows[column], False)
