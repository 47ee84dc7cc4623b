"""GraphML and GEXF: credentials, rules, units, job titles and levels as a network for tools that draw and measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import networkx as nx

from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.network import TIES
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Loss, Term, Wanted, Written

_LOST = {
    "en": "A network has names, kinds and ties; nothing else of the data is in it.",
    "id": "Jaringan hanya memuat nama, jenis, dan hubungan; selebihnya dari data tidak termuat.",
}


def network(graph: GraphIndex, wanted: Wanted) -> nx.MultiDiGraph[str]:
    """Every tie once, awards and learners left out; with things named, what they lead to and what leads to them directly."""
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for source, target, type_ in _ties(graph):
        if _is_wanted(source, target, wanted):
            found.add_edge(source, target, key=type_)
    for term in found:
        kinds = [terms.local_name(kind) for kind in graph.types(Term(term)) if terms.is_iri(kind)]
        label = graph.name(Term(term), wanted.language)
        found.nodes[term].update(label=_plain(label), kind=kinds[0] if kinds else "")
    if not found:
        raise EmptyInput("The data ties no credentials", remedy="Give credentials with units, rules or progressions.")
    return found


def _ties(graph: GraphIndex) -> Iterator[tuple[Term, Term, str]]:
    for source in sorted(graph.all_subjects()):
        for name, type_ in TIES.items():
            yield from ((source, o, type_) for o in graph.objects(source, mc(name)) if not terms.is_literal(o))
        for outcome in graph.objects(source, mc("hasOutcome")):
            yield from ((source, unit, "covers") for unit in graph.objects(outcome, mc("isTiedTo")))
        for progression in graph.objects(source, mc("hasProgression")):
            yield from ((source, o, "counts-towards") for o in graph.objects(progression, mc("leadsTo")))


def _is_wanted(source: Term, target: Term, wanted: Wanted) -> bool:
    if wanted.about:
        return source in wanted.about or target in wanted.about
    return source in wanted.given


def _plain(text: str) -> str:
    """Without characters that XML cannot have."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


def written(
    graph: GraphIndex, wanted: Wanted, name: str, serialized: Callable[[nx.MultiDiGraph[str]], bytes]
) -> Written:
    """The network in a file; that it is no more than a network is told once."""
    return Written({name: serialized(network(graph, wanted))}, (Loss("", _LOST),))
