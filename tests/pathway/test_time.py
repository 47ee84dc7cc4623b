"""The time that is allowed is heeded from the first variable of a model on, and an answer that it cut short says so."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from ortools.sat.python import cp_model

from mcqms_kg.graph.terms import iri
from mcqms_kg.model import Term
from mcqms_kg.pathway.planning.answers import ORDERS, Question
from mcqms_kg.pathway.planning.cone import cone, goal_of
from mcqms_kg.pathway.planning.encoding import Encoding, OutOfTime
from mcqms_kg.pathway.planning.plans import answer, resolver_of
from mcqms_kg.pathway.planning.reachable import report
from mcqms_kg.pathway.planning.solving import Search
from mcqms_kg.pathway.projection.reading import Projection
from mcqms_kg.pathway.telling.written import as_text
from pathway.asking import DAY, EX, certificate, micro, projection

HARD = certificate("mc:hasOption ex:a , ex:b ; mc:minimumCount 2") + micro("a", "b", hours=15)
LACKING = certificate("mc:hasOption ex:a , ex:gone ; mc:minimumCount 2") + micro("a") + "ex:gone a mc:Credential ."
CERT = iri(EX + "cert")


def encoding(known: Projection, deadline: float) -> Encoding:
    resolver = resolver_of(known, Question((), CERT, DAY))
    inside = cone(known, resolver, goal_of(known, resolver, CERT), resolver.eligible.held)
    usable: dict[Term, None] = dict.fromkeys(inside.members)
    return Encoding(inside, {}, usable, deadline=deadline)


def test_a_model_is_not_made_after_the_deadline() -> None:
    with pytest.raises(OutOfTime):
        encoding(projection(HARD), time.monotonic() - 1)


def test_an_answer_that_was_cut_short_says_so() -> None:
    known = projection(HARD)
    asked = Question((), CERT, DAY, seconds=1e-9)
    assert not answer(known, asked).plans[0].proven
    assert "Work stopped after 0.000000001 seconds" in as_text(report(known, asked), "en")
    assert "Pencarian berhenti setelah" in as_text(report(known, asked), "id")
    whole = as_text(report(known, Question((), CERT, DAY, seconds=60)), "en")
    assert "Work stopped" not in whole and "Proven" in whole


def test_so_does_a_no_whose_gap_was_not_found() -> None:
    known = projection(LACKING)
    asked = Question((), CERT, DAY, seconds=1e-9)
    found = answer(known, asked)
    assert (found.status, found.plans) == ("unreachable", ()) or found.status == "undecided"
    assert "Work stopped after" in as_text(report(known, asked), "en")


@pytest.mark.parametrize(("order", "least"), [("shortest", ("steps", 3)), ("workload", ("hours", 30))])
def test_a_bound_is_told_in_what_is_kept_small_first(order: str, least: tuple[str, int]) -> None:
    known = projection(HARD)
    search = Search(encoding(known, float("inf")), known.credentials, ORDERS[order], float("inf"))
    found = search.best()
    assert found is not None and found.proven and found.bound is None
    solver = cp_model.CpSolver()
    search.encoding.model.minimize(search._chunks()[0])
    solver.solve(search.encoding.model)
    assert search._bound(solver.best_objective_bound) == (least[0], Decimal(least[1]))
