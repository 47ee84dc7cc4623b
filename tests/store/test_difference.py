"""Differences: exact for names and literals, and for blank nodes up to what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import canonical
from mcqms_kg.graph.canonical import _canonical
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Term, Triple
from mcqms_kg.store.difference import difference
from store.workspaces import turtle

SECONDS = 60


def triples(tmp_path: Path, text: str) -> tuple[Triple, ...]:
    return read_triples([turtle(tmp_path / "x.ttl", text)])


def test_names_and_literals_are_compared_as_written(tmp_path: Path) -> None:
    old = triples(tmp_path, 'ex:a ex:p 1 , "x"@en .')
    new = triples(tmp_path, 'ex:a ex:p 01 , "x"@en .')
    found = difference(old, new, SECONDS)
    assert [o for _, _, o in found.added] == ['"01"^^<http://www.w3.org/2001/XMLSchema#integer>']
    assert [o for _, _, o in found.removed] == ['"1"^^<http://www.w3.org/2001/XMLSchema#integer>']
    assert not difference(old, old, SECONDS)


def test_what_blank_nodes_are_called_makes_no_difference(tmp_path: Path) -> None:
    old = triples(tmp_path, "ex:a ex:p [ ex:q 1 ; ex:r [ ex:q 2 ] ] , [ ex:q 3 ] .")
    new = triples(tmp_path, "_:z ex:q 3 . _:y ex:q 2 . _:x ex:r _:y ; ex:q 1 . ex:a ex:p _:z , _:x .")
    assert not difference(old, new, SECONDS)


def test_only_the_cluster_that_changed_is_shown(tmp_path: Path) -> None:
    old = triples(tmp_path, "ex:a ex:p [ ex:q 1 ] , [ ex:q 2 ] , [ ex:q 3 ] .")
    new = triples(tmp_path, "ex:a ex:p [ ex:q 1 ] , [ ex:q 9 ] , [ ex:q 3 ] .")
    found = difference(old, new, SECONDS)
    assert len(found.added) == len(found.removed) == 2
    assert {o[:3] for _, _, o in found.added} == {"_:n", '"9"'}
    assert {o[:3] for _, _, o in found.removed} == {"_:o", '"2"'}


def test_one_of_two_that_say_the_same_is_counted(tmp_path: Path) -> None:
    once, twice = triples(tmp_path, "ex:a ex:p [] ."), triples(tmp_path, "ex:a ex:p [] , [] .")
    assert len(difference(once, twice, SECONDS).added) == 1
    assert not difference(once, twice, SECONDS).removed


def test_literals_with_spaces_in_blank_clusters_stay_whole(tmp_path: Path) -> None:
    found = difference((), triples(tmp_path, 'ex:a ex:p [ ex:q "two words . and _:more" ] .'), SECONDS)
    assert '"two words . and _:more"' in {o for _, _, o in found.added}


def test_it_is_said_when_it_cannot_be_told() -> None:
    nodes = [Term(f"_:b{n}") for n in range(14)]
    clique = [(a, Term("<http://e/p>"), b) for a in nodes for b in nodes if a != b]
    with pytest.raises(Unsupported, match="too many alike"):
        difference(clique, (), 1)


_node = st.sampled_from([Term(f"_:b{n}") for n in range(4)] + [Term("<http://e/a>"), Term("<http://e/b>")])
_triples = st.lists(st.tuples(_node, st.sampled_from([Term("<http://e/p>"), Term("<http://e/q>")]), _node), max_size=7)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_triples, st.permutations(range(4)), st.randoms())
def test_renaming_never_makes_a_difference(
    monkeypatch: pytest.MonkeyPatch, old: list[Triple], order: list[int], random: object
) -> None:
    class InProcess:
        def __init__(self, *_: object, **__: object) -> None: ...
        def __enter__(self) -> InProcess:
            return self

        def __exit__(self, *_: object) -> None: ...
        def call(self, request: tuple[list[str], str], _: float) -> list[list[str]]:
            return _canonical(request)

    monkeypatch.setattr(canonical, "Child", InProcess)
    names = {f"_:b{n}": Term(f"_:c{m}") for n, m in enumerate(order)}
    new = [(names.get(s, s), p, names.get(o, o)) for s, p, o in old]
    random.shuffle(new)  # type: ignore[attr-defined]  # of hypothesis, with the methods of random
    assert not difference(old, new, SECONDS)
    more = [*new, (Term("_:c0"), Term("<http://e/new>"), Term("<http://e/a>"))]
    assert difference(old, more, SECONDS).added
