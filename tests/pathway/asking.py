"""Questions over a text of Turtle, with short names for what lies at example.org."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pyoxigraph as ox

from mcqms_kg.graph.terms import iri
from mcqms_kg.model import Term, Triple
from mcqms_kg.pathway.planning.answers import Answer, Plan, Question
from mcqms_kg.pathway.planning.plans import answer
from mcqms_kg.pathway.projection.reading import Projection, project

EX = "https://example.org/"
DAY = dt.date(2026, 6, 30)
PREFIXES = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix code: <https://w3id.org/mcqms/code/> . @prefix ex: <https://example.org/> .
ex:l4 mc:isLevelOf ex:f ; mc:levelNumber 4 . ex:l5 mc:isLevelOf ex:f ; mc:levelNumber 5 . ex:x9 mc:isLevelOf ex:other ; mc:levelNumber 9 .
"""


def triples(text: str) -> list[Triple]:
    quads = ox.parse(input=PREFIXES + text, format=ox.RdfFormat.TURTLE)
    return [(Term(str(q.subject)), Term(str(q.predicate)), Term(str(q.object))) for q in quads]


def projection(text: str) -> Projection:
    return project(triples(text))


def ask(text: str, holds: str, to: str, best: str = "shortest", count: int = 1, day: dt.date = DAY) -> Answer:
    """`holds` are names with spaces between."""
    held: Sequence[Term] = [iri(EX + name) for name in holds.split()]
    return answer(projection(text), Question(held, iri(EX + to), day, best, count, seconds=20))


def steps(plan: Plan) -> str:
    """The credentials of a plan by name, in order."""
    return " ".join(name(s.credential) for s in plan.proof.steps)


def missing(plan: Plan) -> set[str]:
    return {f"{m.kind} {name(m.term)}" + (f" {m.amount}" if m.amount is not None else "") for m in plan.missing}


def name(term: Term) -> str:
    return term[len(EX) + 1 : -1]


def micro(*names: str, hours: int = 10, credits: int = 1, more: str = "") -> str:
    """Micro-credentials on offer."""
    return "\n".join(
        f"ex:{n} a mc:MicroCredential ; mc:workloadHours {hours} ; mc:credits {credits} {more} ." for n in names
    )


def certificate(rule: str, more: str = "") -> str:
    """A certificate `ex:cert` by one rule."""
    return f"ex:cert a mc:Certification ; mc:isStackedBy ex:rule {more} . ex:rule a mc:StackingRule ; {rule} ."
