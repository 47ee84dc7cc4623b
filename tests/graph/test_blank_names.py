"""Blank nodes keep their names however a file is written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mcqms_kg.graph.blank_names import stable_names
from mcqms_kg.model import Term, Triple

NODES = st.sampled_from([*(f"_:b{n}" for n in range(5)), "<http://e/x>", "<http://e/y>"]).map(Term)
PREDICATES = st.sampled_from(["<http://e/p>", "<http://e/q>"]).map(Term)
GRAPHS = st.lists(st.tuples(NODES, PREDICATES, NODES), max_size=12)


@given(GRAPHS, st.permutations(range(5)))
def test_renaming_and_reordering_change_no_name(triples: list[Triple], order: list[int]) -> None:
    other = {Term(f"_:b{n}"): Term(f"_:other{order[n]}") for n in range(5)}
    renamed = [(other.get(s, s), p, other.get(o, o)) for s, p, o in reversed(triples)]
    before, after = stable_names(triples), stable_names(renamed)
    assert {other[node]: name for node, name in before.items()} == after


def test_different_nodes_get_different_names() -> None:
    triples = [
        (Term("_:a"), Term("<http://e/p>"), Term('"1"')),
        (Term("_:b"), Term("<http://e/p>"), Term('"2"')),
        (Term("<http://e/x>"), Term("<http://e/p>"), Term("_:c")),
    ]
    assert len(set(stable_names(triples).values())) == 3
