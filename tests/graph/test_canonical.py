"""The canonical form: the same for the same dataset, another for another, whatever nodes are called and in whatever order they stand."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from mcqms_kg.graph.canonical import canonical_digest, canonical_nquads
from mcqms_kg.model import Quad, Term

NODES = [Term(f"_:b{n}") for n in range(4)]
_node = st.sampled_from([*NODES, Term("<http://e/a>"), Term("<http://e/b>")])
_value = st.one_of(_node, st.sampled_from([Term('"x"'), Term('"01"^^<http://www.w3.org/2001/XMLSchema#integer>')]))
_predicate = st.sampled_from([Term("<http://e/p>"), Term("<http://e/q>")])
_quads = st.lists(st.tuples(_node, _predicate, _value, st.one_of(st.none(), _node)), max_size=8)


@given(_quads, st.permutations(range(4)), st.randoms())
def test_names_and_order_change_nothing(quads: list[Quad], order: list[int], shuffler: random.Random) -> None:
    names = {node: Term(f"_:other{order[n]}") for n, node in enumerate(NODES)}
    other = [(names.get(s, s), p, names.get(o, o), names.get(g, g) if g else None) for s, p, o, g in quads]
    shuffler.shuffle(other)
    assert canonical_nquads(other) == canonical_nquads(quads)


@given(_quads, _quads)
def test_one_text_is_one_dataset(one: list[Quad], other: list[Quad]) -> None:
    """Without blank nodes the text is the set of statements; so it is equal only where they are."""
    ground = [[q for q in quads if not any((term or "").startswith("_:") for term in q)] for quads in (one, other)]
    assert (canonical_digest(ground[0]) == canonical_digest(ground[1])) == (set(ground[0]) == set(ground[1]))


def test_literals_stay_as_written_and_few_or_many_blank_nodes_go_one_way() -> None:
    chain: list[Quad] = [(Term(f"_:n{n}"), Term("<http://e/p>"), Term(f"_:n{n + 1}"), None) for n in range(9)]
    written = (Term("_:n0"), Term("<http://e/p>"), Term('"01"'), None)
    text = canonical_nquads([*chain, written])
    assert '"01"' in text
    assert text.count("_:c14n") == 19
    assert canonical_nquads([]) == ""
