"""GraphML and GEXF: credentials, rules, units, job titles and levels as a network for tools that draw and measure."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx

from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.network import network
from mcqms_kg.model import Loss, Term, Wanted, Written

_LOST = {
    "en": "A network has names, kinds and ties; nothing else of the data is in it.",
    "id": "Jaringan hanya memuat nama, jenis, dan hubungan; selebihnya dari data tidak termuat.",
}


def chosen(graph: GraphIndex, wanted: Wanted) -> nx.MultiDiGraph[str]:
    """Every tie of what is wanted once, awards and learners left out; with things named, what leads to them and what they lead to."""
    statements = ((s, p, o) for s in sorted(graph.all_subjects()) for p, o in graph.out(s))
    found: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for source, target, kind in network(statements).edges(keys=True):
        if _is_wanted(source, target, wanted):
            found.add_edge(source, target, kind, kind=kind)
    for term in found:
        kinds = [terms.local_name(kind) for kind in graph.types(Term(term)) if terms.is_iri(kind)]
        label = graph.name(Term(term), wanted.language)
        found.nodes[term].update(label=_plain(label), kind=kinds[0] if kinds else "")
    if not found:
        raise EmptyInput("The data ties no credentials", remedy="Give credentials with units, rules or progressions.")
    return found


def _is_wanted(source: Term, target: Term, wanted: Wanted) -> bool:
    if wanted.about:
        return source in wanted.about or target in wanted.about
    return source in wanted.given


def _plain(text: str) -> str:
    """Without characters that XML cannot have."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))


def written(graph: GraphIndex, wanted: Wanted, name: str, serialized: Callable[[nx.MultiDiGraph[str]], str]) -> Written:
    """The network in a file; that it is no more than a network is told once."""
    return Written({name: serialized(chosen(graph, wanted)).encode()}, (Loss("", _LOST),))
