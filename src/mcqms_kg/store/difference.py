"""What one set of statements has and another has not, exact also for blank nodes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from mcqms_kg.graph import terms
from mcqms_kg.graph.canonical import canonical_texts
from mcqms_kg.model import Difference, Term, Triple


def difference(old: Iterable[Triple], new: Iterable[Triple], seconds: int) -> Difference:
    """What was added and what was removed, literals compared as written.

    Statements with blank nodes are compared in clusters, a cluster being what hangs together by blank nodes.
    Two clusters are the same where they say the same, whatever the nodes are called.
    A cluster that changed is shown whole, once as removed and once as added.
    Raises `Unsupported` where it cannot be told in time which are the same.
    """
    old, new = set(old), set(new)
    plain_old, plain_new = ({t for t in side if not _has_blank(t)} for side in (old, new))
    old_clusters, new_clusters = _clusters(old - plain_old), _clusters(new - plain_new)
    texts = canonical_texts([*old_clusters, *new_clusters], seconds)
    before, after = Counter(texts[: len(old_clusters)]), Counter(texts[len(old_clusters) :])
    return Difference(
        added=(*sorted(plain_new - plain_old), *_named(after - before, "n")),
        removed=(*sorted(plain_old - plain_new), *_named(before - after, "o")),
    )


def _has_blank(triple: Triple) -> bool:
    return terms.is_blank(triple[0]) or terms.is_blank(triple[2])


def _clusters(triples: Iterable[Triple]) -> Sequence[Sequence[Triple]]:
    """Statements that share a blank node, directly or over others, together (union-find)."""
    leader: dict[Term, Term] = {}

    def lead(node: Term) -> Term:
        while leader.setdefault(node, node) != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    found = list(triples)
    for s, _, o in found:
        if terms.is_blank(s) and terms.is_blank(o):
            leader[lead(s)] = lead(o)
    clusters: dict[Term, list[Triple]] = defaultdict(list)
    for triple in found:
        clusters[lead(triple[0] if terms.is_blank(triple[0]) else triple[2])].append(triple)
    return list(clusters.values())


def _named(clusters: Counter[tuple[str, ...]], side: str) -> Iterator[Triple]:
    """The statements of the clusters; each cluster has a number, so that nodes of different ones have different names."""
    for number, lines in enumerate(sorted(clusters.elements()), start=1):
        for line in lines:
            s, p, o = line.split(" ", 2)
            yield _renamed(s, side, number), Term(p), _renamed(o, side, number)


def _renamed(text: str, side: str, number: int) -> Term:
    return Term(f"_:{side}{number}-{text.removeprefix('_:')}" if terms.is_blank(text) else text)
