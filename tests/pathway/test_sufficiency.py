"""The quick ways of counting say what the plain ones say, on small random problems with everything that rules know."""

from __future__ import annotations

from decimal import Decimal

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqms_kg.graph.terms import iri
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.counting import met
from mcqms_kg.pathway.planning.hinges import hinges
from mcqms_kg.pathway.planning.landscape import survey
from mcqms_kg.pathway.planning.needs import Excuse, Filler, Group, Shown, Slot
from mcqms_kg.pathway.planning.sufficiency import enough
from mcqms_kg.pathway.projection.circles import rings
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.reading import project
from mcqms_kg.pathway.projection.stacking import Leaf, Rule
from pathway.brute import Small, turtle
from pathway.test_brute_force import DAY, EX, problems, triples

NAMES = [iri(f"{EX}c{n}") for n in range(4)]
SOME = st.sets(st.sampled_from(NAMES), min_size=1)
AMOUNT = st.sampled_from([Decimal(n) / 2 for n in (0, 1, 2, 3, 6)])
MAYBE = st.none() | st.none() | st.none() | AMOUNT
FILLER = st.builds(Filler, st.sampled_from(NAMES), AMOUNT, AMOUNT)
SLOT = st.builds(
    Slot,
    st.sampled_from(NAMES),
    FILLER.map(lambda filler: (filler,))
    | st.lists(FILLER, max_size=2, unique_by=lambda filler: filler.credential).map(tuple),
)
SHOWN = st.builds(
    Shown,
    st.just(iri(EX + "u")),
    st.just("unit"),
    st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple),
    st.sampled_from([False, False, False, True]),
)


@st.composite
def groups(draw: st.DrawFn, depth: int = 2) -> Group:
    """Rules inside rules, over few credentials, so that these are often wanted in two places."""
    inner = [groups(depth - 1)] if depth > 1 else []
    parts = tuple(draw(st.lists(st.one_of(SLOT, SLOT, SLOT, SHOWN, *inner), min_size=2, max_size=4)))
    rule = Rule(
        iri(EX + "rule"),
        tuple(Leaf(iri(EX + "option"), "credential") for _ in parts),
        draw(st.none() | st.integers(0, len(parts))),
        draw(MAYBE),
        draw(MAYBE),
        draw(MAYBE),
        shared=draw(st.booleans()),
        undecided=draw(st.integers(0, 9)) == 9,
    )
    if draw(st.integers(0, 7)):
        return Group(rule, parts)
    excuse = st.builds(Excuse, st.just(iri(EX + "excuse")), st.one_of(SLOT, SHOWN), AMOUNT)
    return Group(rule, parts, tuple(tuple(draw(st.lists(excuse, max_size=1))) for _ in parts))


@settings(max_examples=500)
@given(groups(), SOME, st.booleans())
def test_enough_is_what_counting_every_way_says(need: Group, have: set[Term], optimistic: bool) -> None:
    assert enough(need, have, optimistic) == (met(need, have, optimistic) is not None)


@settings(max_examples=500)
@given(groups(), SOME)
def test_what_a_need_hangs_on_lies_between_what_is_certain_and_what_may(need: Group, have: set[Term]) -> None:
    found = hinges(need, have)
    assert (found is not None) == (met(need, have) is not None)
    if found:
        alone = {term for term in have if met(need, have - {term}) is None}
        assert found.certain <= alone <= found.may


def test_the_better_of_two_that_fill_a_slot_may_be_needed_for_its_credits() -> None:
    better, worse = NAMES[:2]
    slot = Slot(better, (Filler(better, Decimal(3)), Filler(worse, Decimal(1))))
    found = hinges(Group(Rule(iri(EX + "rule"), (), minimum_credit=Decimal(2)), (slot,)), {better, worse})
    assert found is not None and (found.certain, better in found.may) == (frozenset(), True)


@settings(max_examples=100)
@given(problems())
def test_what_a_credential_holds_up_is_what_is_lost_without_it(problem: Small) -> None:
    kept = survey(project(triples(turtle(problem))), DAY)
    lost = {term: kept.lost_without([term]).credentials - {term} for term in kept.earnable}
    assert kept.held_up is not None
    assert {term: set(held) for term, held in kept.held_up.items()} == {
        t: set(those) for t, those in lost.items() if those
    }


@settings(max_examples=100)
@given(st.lists(st.lists(st.tuples(*[st.integers(0, 9)] * 2), max_size=12), min_size=1, max_size=2))
def test_rings_are_the_strongly_connected_sets(pairs: list[list[tuple[int, int]]]) -> None:
    names = [iri(f"{EX}{number}") for number in range(10)]
    ties = (mc("requires"), mc("substitutes"))
    stated = [(names[s], tie, names[o]) for tie, some_of in zip(ties, pairs, strict=False) for s, o in some_of]
    whole = nx.DiGraph([(s, o) for s, _, o in stated])
    expected = [m for m in nx.strongly_connected_components(whole) if len(m) > 1 or whole.has_edge(*m, *m)]
    assert sorted(map(sorted, rings(Facts(stated), ties))) == sorted(map(sorted, expected))
