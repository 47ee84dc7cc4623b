"""SPARQL-based constraints (SHACL section 5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.shacl.components.component import Reading
from mcqms_kg.shacl.messages import MESSAGE, placeholders
from mcqms_kg.shacl.paths import read_path
from mcqms_kg.shacl.plans.plan import Answers, Call, Const, Extend, Join, Plan, Select, Var, pick
from mcqms_kg.shacl.plans.question import Question
from mcqms_kg.shacl.shapes import Scope
from mcqms_kg.shacl.sparql.prefixes import query_text
from mcqms_kg.shacl.vocabulary import TRUE, sh
from mcqms_kg.sparql.paths import Path
from mcqms_kg.values import Value

if TYPE_CHECKING:
    from mcqms_kg.shacl.sparql.basic import Pattern

_SHAPES_GRAPH = terms.iri("urn:x-shacl:shapes-graph")
_SELECTS_MESSAGE = re.compile(rf"[?$]{MESSAGE}\b")
_VARIABLE = re.compile(r"[?$](\w+)")
ALWAYS_BOUND = ("this", "shapesGraph", "currentShape")


class SparqlConstraint(Value):
    """Every solution of a SELECT query is a result, also one that comes twice (section 5.3).

    `path` is the shape's own, `messages` the constraint's.
    """

    component: Term
    source: Term | None
    query: str
    path: Path | None
    shape: Term
    messages: tuple[Term, ...]
    parameters: tuple[tuple[str, Term], ...] = ()

    @property
    def needs(self) -> tuple[Term, ...]:
        return ()

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Variables that the messages name and only the data tell, and the one that is a message itself."""
        own = (MESSAGE,) if _SELECTS_MESSAGE.search(self.query) else ()
        named = (name for name in placeholders(self.messages) if name not in dict(self.parameters))
        return tuple(dict.fromkeys((*own, *named)))

    def violations(self, scope: Scope) -> Plan:
        seed = pick(scope.focus, this="focus")
        return either(
            scope,
            lambda computes: self._as_results(self.solutions(scope, seed, computes=computes)),
            lambda: self._as_results(self._by_store(scope, seed)),
        )

    def _by_store(self, scope: Scope, seed: Plan) -> Pattern:
        """The solutions as the embedded store has them. Raises `Unsupported` where they may not be exact."""
        from mcqms_kg.shacl.embedded.judged import select_question
        from mcqms_kg.shacl.sparql.basic import Pattern

        wanted = ("value", "path", "failure", *self.placeholders)
        question = select_question(self.query, self._bound(), self.seeds("this"), wanted)
        answers = scope.named("answers", Answers(question, self.with_constants(seed, question)))
        return Pattern(answers, frozenset({"this"}))

    def _bound(self) -> frozenset[str]:
        return frozenset((*ALWAYS_BOUND, *(name for name, _ in self.parameters)))

    def seeds(self, *always: str) -> tuple[str, ...]:
        """What is pre-bound in the embedded store: these, and the constants that the query mentions."""
        mentioned = set(_VARIABLE.findall(self.query))
        return (*always, *(name for name in constants(self.shape, self.parameters) if name in mentioned))

    def with_constants(self, seed: Plan, question: Question) -> Plan:
        known = constants(self.shape, self.parameters)
        for name in question.variables:
            if name in known:
                seed = Extend(seed, name, known[name])
        return seed

    def solutions(self, scope: Scope, seed: Plan, *, computes: bool = False) -> Pattern:
        """The solutions for all focus nodes, joined with them; with `computes` what is computed is a term."""
        # imported only where there is SPARQL
        from mcqms_kg.shacl.sparql.basic import Pattern
        from mcqms_kg.shacl.sparql.patterns import Translation
        from mcqms_kg.shacl.sparql.queries import parsed

        query = parsed(self.query, self._bound())
        known = constants(self.shape, self.parameters)
        translation = Translation(scope.named("seed", seed), known, name=scope.named, computes=computes)
        found = translation.pattern(query)
        if "this" not in found.certain:
            raise Unsupported("A solution that does not bind $this")
        return Pattern(Join(translation.seed, found.plan), found.certain, found.computed)

    def _as_results(self, found: Pattern) -> Plan:
        """What is bound first counts (section 5.3.2); a property shape lends its path, a node shape its focus node as the value."""
        columns = found.plan.columns
        if "failure" in {*columns, *found.computed}:
            raise Unsupported("A query that may report a failure")
        if {"path", "value", *self.placeholders} & set(found.computed):
            raise Unsupported("A computed value in a result")
        plan, picked = found.plan, {"focus": "this"}
        if "path" in columns:
            plan, picked["path"] = Extend(plan, "result_path", Call("iri_or_nothing", (Var("path"),))), "result_path"
        if "value" in found.certain or (self.path is not None and "value" in columns):
            picked["value"] = "value"
        elif self.path is None and "value" in columns:
            value = Call("coalesce", (Var("value"), Var("this")))
            plan, picked["value"] = Extend(plan, "result_value", value), "result_value"
        elif self.path is None:
            picked["value"] = "this"
        told = {f"told_{name}": name for name in self.placeholders if name in columns}
        return Select(plan, tuple((picked | told).items()))


def either(scope: Scope, planned: Callable[[bool], Plan], by_store: Callable[[], Plan]) -> Plan:
    """The plan without computed terms, else with them where the road has them, else by the store; in turn where the scope prefers that."""
    ways = [lambda: planned(False), *([lambda: planned(True)] if scope.computes else []), by_store]
    first, *others = reversed(ways) if scope.prefers_store else ways
    return _first(first, others)


def _first(way: Callable[[], Plan], others: list[Callable[[], Plan]]) -> Plan:
    """The plan of the first way that there is one on."""
    if not others:
        return way()
    try:
        return way()
    except Unsupported as problem:
        with both_reasons(problem):
            return _first(others[0], others[1:])


@contextmanager
def both_reasons(beyond_sql: Unsupported) -> Iterator[None]:
    """Why neither SQL nor the embedded store can be asked."""
    try:
        yield
    except Unsupported as problem:
        raise reasons(beyond_sql, problem) from beyond_sql


def reasons(*problems: Unsupported) -> Unsupported:
    """Several reasons as one, each told once."""
    return Unsupported("; ".join(dict.fromkeys(what for one in problems for what in one.what.split("; "))))


def constants(shape: Term, parameters: tuple[tuple[str, Term], ...]) -> Mapping[str, Const]:
    """What is pre-bound to one term for all focus nodes."""
    return {"currentShape": Const(shape), "shapesGraph": Const(_SHAPES_GRAPH)} | {n: Const(t) for n, t in parameters}


def sparql_constraints(reading: Reading) -> Iterator[SparqlConstraint]:
    """The constraints that a shape declares by `sh:sparql`."""
    for node in reading.all(sh("sparql")):
        selects = reading.graph.objects(node, sh("select"))
        if len(selects) != 1:
            raise reading.ill_formed(f"has a SPARQL constraint {node} without exactly one sh:select")
        if TRUE in reading.graph.objects(node, sh("deactivated")):
            continue
        where = reading.one("path")
        path = read_path(reading.graph, where) if where else None
        yield SparqlConstraint(
            component=sh("SPARQLConstraintComponent"),
            source=node,
            query=query_text(reading.graph, node, terms.lexical(selects[0]), path),
            path=path,
            shape=reading.shape,
            messages=reading.graph.objects(node, sh("message")) or reading.all(sh("message")),
        )
