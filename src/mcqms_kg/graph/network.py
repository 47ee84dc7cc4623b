"""The projection of statements to a network: what ties credentials, rules, units, job titles, levels and bodies together, by kind."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping

import networkx as nx

from mcqms_kg.graph import terms
from mcqms_kg.graph.locate import Lines
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term, Triple

TIES: Mapping[str, str] = {
    "requires": "prerequisite",
    "requiresRule": "prerequisite",
    "isStackedBy": "stacked-by",
    "hasOption": "option",
    "hasExemption": "exemption",
    "exemptsFrom": "exempts-from",
    "isEarnedBy": "earned-by",
    "substitutes": "substitute",
    "hasOffRamp": "off-ramp",
    "coversUnit": "covers",
    "countsTowards": "counts-towards",
    "requiresUnit": "requires-unit",
    "requiresSkill": "requires-skill",
    "hasUnit": "has-unit",
    "isOfferedBy": "offered-by",
    "isCertifiedBy": "certified-by",
    "hasLevel": "at-level",
    "isLevelOf": "level-of",
}
"""Property of ours to the kind of its edges; an edge runs as its statement does."""
OVER: Mapping[tuple[str, str], str] = {
    ("hasOutcome", "isTiedTo"): "covers",
    ("hasProgression", "leadsTo"): "counts-towards",
}
"""Two statements, one after the other, to the kind of the edge that they are together."""
BETWEEN: Mapping[tuple[str, str], str] = {
    ("hasSourceConcept", "hasTargetConcept"): "aligned-with",
    ("hasSourceLevel", "hasTargetLevel"): "referenced-to",
    ("recognisesAwardsOf", "isHonouredBy"): "honoured-by",
}
"""Two statements of one record to the kind of the edge from one end to the other."""

Network = nx.MultiDiGraph
"""Nodes are terms. An edge has its kind as key and as `kind`, and its `statements`; one of a kind at most runs from one node to another."""


def network(statements: Iterable[Triple], lines: Lines | None = None) -> Network[Term]:
    """The statements as a network with typed edges, each with the statements that say it and, from `lines`, their `place`."""
    found: Network[Term] = nx.MultiDiGraph()
    for source, target, kind, said in _edges(list(statements)):
        if found.has_edge(source, target, kind):
            before = found.edges[source, target, kind]["statements"]
            said = tuple(dict.fromkeys((*before, *said)))
        found.add_edge(source, target, kind, kind=kind, statements=said)
        place = lines and next((at for s, p, _ in said if (at := lines.of(s, p))), None)
        if place:
            found.edges[source, target, kind]["place"] = str(place)
    return found


def _edges(statements: list[Triple]) -> Iterator[tuple[Term, Term, str, tuple[Triple, ...]]]:
    kinds = {mc(name): kind for name, kind in TIES.items()}
    after: dict[Term, list[Triple]] = {mc(second): [] for _, second in (*OVER, *BETWEEN)}
    for triple in statements:
        if triple[1] in kinds and not terms.is_literal(triple[2]):
            yield triple[0], triple[2], kinds[triple[1]], (triple,)
        if triple[1] in after and not terms.is_literal(triple[2]):
            after[triple[1]].append(triple)
    by_subject = {name: _by_subject(each) for name, each in after.items()}
    for (first, second), kind in (*OVER.items(), *BETWEEN.items()):
        is_record = (first, second) in BETWEEN
        for triple in (t for t in statements if t[1] == mc(first)):
            for other in by_subject[mc(second)].get(triple[0 if is_record else 2], ()):
                yield triple[2 if is_record else 0], other[2], kind, (triple, other)


def _by_subject(statements: Iterable[Triple]) -> Mapping[Term, list[Triple]]:
    found: dict[Term, list[Triple]] = {}
    for triple in statements:
        found.setdefault(triple[0], []).append(triple)
    return found


def as_graphml(found: Network[str]) -> str:
    """A network of texts and numbers as GraphML."""
    return "\n".join(nx.generate_graphml(found)) + "\n"


def as_gexf(found: Network[str]) -> str:
    """The same as GEXF 1.2, without the date of today that the library writes, so that the same network is the same text."""
    numbered: Network[str] = nx.MultiDiGraph()
    numbered.add_nodes_from(found.nodes(data=True))
    for number, (source, target, kind, more) in enumerate(
        sorted(found.edges(keys=True, data=True), key=lambda e: e[:3])
    ):
        numbered.add_edge(source, target, number, **{**more, "kind": kind})
    out = io.BytesIO()
    nx.write_gexf(numbered, out, version="1.2draft")
    return re.sub(r' lastmodifieddate="[^"]*"', "", out.getvalue().decode()) + "\n"
