"""SPARQL-based constraint components (SHACL section 6): parameters and validators that a shapes graph declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term
from mcqms_kg.namespaces import SH
from mcqms_kg.shacl.components.component import Reading
from mcqms_kg.shacl.components.sparql_constraint import SparqlConstraint, constants, either
from mcqms_kg.shacl.paths import read_path
from mcqms_kg.shacl.plans.plan import Answers, Drop, Plan, Select, pick
from mcqms_kg.shacl.shapes import Scope
from mcqms_kg.shacl.sparql.prefixes import query_text
from mcqms_kg.shacl.vocabulary import TRUE, sh
from mcqms_kg.values import Value

_CORE = f"<{SH}"


class SparqlAsk(SparqlConstraint):
    """Each value node for which an ASK query answers no is wrong."""

    def violations(self, scope: Scope) -> Plan:
        seed = scope.named("seed", pick(scope.values, this="focus", value="value"))
        right = either(
            scope, lambda computes: self._said_yes(scope, seed, computes), lambda: self._store_said_yes(scope, seed)
        )
        told = {f"told_{name}": name for name in self.placeholders if name in ("this", "value")}
        return pick(Drop(seed, right), focus="this", value="value", **told)

    def _store_said_yes(self, scope: Scope, seed: Plan) -> Plan:
        from mcqms_kg.shacl.embedded.judged import ask_question

        question = ask_question(self.query, self._bound(), self.seeds("this", "value"))
        answers = scope.named("answers", Answers(question, self.with_constants(seed, question)))
        return pick(answers, this="this", value="value")

    def _bound(self) -> frozenset[str]:
        return super()._bound() | {"value"}

    def _said_yes(self, scope: Scope, seed: Plan, computes: bool) -> Plan:
        # imported only where there is SPARQL
        from mcqms_kg.shacl.sparql.patterns import Translation
        from mcqms_kg.shacl.sparql.queries import parsed

        query = parsed(self.query, self._bound(), "ASK")
        known = constants(self.shape, self.parameters)
        translation = Translation(seed, known, name=scope.named, computes=computes)
        found = translation.pattern(query)
        shared = tuple((c, c) for c in found.plan.columns if c in ("this", "value") and c in found.certain)
        return Select(found.plan, shared)


class Declared(Value):
    """A constraint component as declared: its parameters by name, and which of them may be left out."""

    name: Term
    parameters: tuple[tuple[str, Term], ...]
    optional: frozenset[str]


class SparqlComponents(Value):
    """The constraint components that a shapes graph declares; those of SHACL's own namespace are built in."""

    declared: tuple[Declared, ...]

    @classmethod
    def read(cls, graph: GraphIndex) -> SparqlComponents:
        names = {owner for _, owner in _objects(graph, sh("parameter")) if not owner.startswith(_CORE)}
        return cls(tuple(_declared(graph, name) for name in sorted(names)))

    def constraints(self, reading: Reading) -> Iterator[SparqlConstraint]:
        """The constraints of a shape that has values for all parameters that must be there."""
        for component in self.declared:
            choices = [_choices(reading, name, parameter) for name, parameter in component.parameters]
            for chosen in product(*choices):
                given = tuple((name, value) for name, value in chosen if value is not None)
                lacking = {name for name, value in chosen if value is None}
                if given and lacking <= component.optional:
                    yield from _constraint(reading, component, given)


def _choices(reading: Reading, name: str, parameter: Term) -> list[tuple[str, Term | None]]:
    return [(name, value) for value in reading.all(parameter)] or [(name, None)]


def _objects(graph: GraphIndex, predicate: Term) -> Iterator[tuple[Term, Term]]:
    for subject in graph.all_subjects():
        for value in graph.objects(subject, predicate):
            yield value, subject


def _declared(graph: GraphIndex, name: Term) -> Declared:
    nodes = graph.objects(name, sh("parameter"))
    paths = [(node, path) for node in nodes if (path := graph.value(node, sh("path")))]
    optional = {terms.local_name(path) for node, path in paths if TRUE in graph.objects(node, sh("optional"))}
    return Declared(name, tuple((terms.local_name(path), path) for _, path in paths), frozenset(optional))


def _constraint(
    reading: Reading, component: Declared, given: tuple[tuple[str, Term], ...]
) -> Iterator[SparqlConstraint]:
    """The constraint; none where the component has no validator for this kind of shape (section 6.2.3)."""
    graph = reading.graph
    where = reading.one("path")
    kinds = ("propertyValidator", "validator") if where else ("nodeValidator", "validator")
    found = _query(graph, [node for kind in kinds for node in graph.objects(component.name, sh(kind))])
    if found is None:
        return
    validator, asks, text = found
    path = read_path(graph, where) if where else None
    yield (SparqlAsk if asks else SparqlConstraint)(
        component=component.name,
        source=None,
        query=query_text(graph, validator, terms.lexical(text), path),
        path=path,
        shape=reading.shape,
        messages=graph.objects(validator, sh("message")) or reading.all(sh("message")),
        parameters=given,
    )


def _query(graph: GraphIndex, validators: Iterable[Term]) -> tuple[Term, bool, Term] | None:
    """The first validator that is a query, whether it asks, and its text; scripts are not for us."""
    for validator in validators:
        for form in ("ask", "select"):
            text = graph.value(validator, sh(form))
            if text:
                return validator, form == "ask", text
    return None
