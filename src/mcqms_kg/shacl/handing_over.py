"""What is handed to the reference engine: whole target shapes, or only those SPARQL constraints of them that no other engine can run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from mcqms_kg.errors import RulebookError, Unsupported
from mcqms_kg.model import Term, Triple, ValidationReport
from mcqms_kg.namespaces import SH
from mcqms_kg.shacl.components.component import Component
from mcqms_kg.shacl.components.shape_based import Property
from mcqms_kg.shacl.components.sparql_constraint import SparqlConstraint
from mcqms_kg.shacl.parse import parse
from mcqms_kg.shacl.planning.planner import Beyond
from mcqms_kg.shacl.shapes import Constraint, Shape, Shapes
from mcqms_kg.shacl.vocabulary import CLASS, OWL_CLASS, TYPE, sh

Partly = Mapping[Term, tuple[Beyond, ...]]
"""Target shapes of which only some constraints are handed over."""
_TARGETS = {sh(kind) for kind in ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf", "target")}
_COPIED = tuple(map(sh, ("path", "severity", "message")))
_ASKS_FOR_ITS_NAME = re.compile(r"[?$]currentShape\b")


def refuse_beyond_reference(
    shapes: Shapes, shape: Shape, problem: Unsupported, only: tuple[Beyond, ...] | None = None
) -> None:
    """Raises `RulebookError` for what this engine knows and the other does not: nobody would notice what is left out.

    That is a target query and, unless only SPARQL constraints are handed over, a built-in component that is not of SHACL's own namespace.
    """
    if any(target.kind == "select" for target in shape.targets):
        raise RulebookError(
            f"The shape {shape.name}, which has a target query, cannot be run exactly: {problem.what}",
            remedy="Say it otherwise, or target by class or property.",
        ) from problem
    for constraint in () if only else _reached(shapes, shape.name):
        if isinstance(constraint, Component) and not constraint.component.startswith(f"<{SH}"):
            raise RulebookError(
                f"The shape {shape.name}, which needs {constraint.component}, cannot be run exactly: {problem.what}",
                remedy="Say it otherwise, or give the constraints to two shapes.",
            ) from problem


def _reached(shapes: Shapes, name: Term) -> list[Constraint]:
    """The constraints of a shape and of all that it leads to."""
    waiting, seen, found = [name], set[Term](), list[Constraint]()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            found += shapes.by_name[one].constraints
            waiting += (needed for constraint in shapes.by_name[one].constraints for needed in constraint.needs)
    return found


def by_reference(
    data: Callable[[], Iterable[Triple]],
    model: Shapes,
    whole: Iterable[Term],
    partly: Partly,
    triples: tuple[Triple, ...],
    progress: Callable[[int, int, Term], None],
) -> ValidationReport:
    """The report of the reference engine on these target shapes of the shapes `triples`, and on these constraints."""
    wanted = {*whole, *partly}
    if not wanted:
        return ValidationReport(True, ())
    from mcqms_kg.shacl.reference import pyshacl as reference  # pySHACL takes long to import: only where it is needed

    copies = Copies(model)
    given = (*targeting_only(set(whole), triples), *(copy for name in partly for copy in copies.of(partly[name])))

    def tell(done: int, total: int, shape: Term) -> None:
        progress(done, total, copies.original(shape))

    try:
        report = reference.validate(data(), given, progress=tell, only={*whole, *copies.names})
    except NotImplementedError as problem:  # pySHACL's word for what it cannot run
        names = ", ".join(sorted(wanted))
        raise Unsupported(f"No engine can run {names}: {problem}", remedy="Say it otherwise.") from problem
    return ValidationReport(
        report.conforms,
        tuple(replace(result, source_shape=copies.original(result.source_shape)) for result in report.results),
        {copies.original(name): count for name, count in report.focus_nodes.items()},
        {copies.original(name): engine for name, engine in report.engines.items()},
    )


def targeting_only(wanted: set[Term], shapes: tuple[Triple, ...]) -> tuple[Triple, ...]:
    """The shapes without the targets of the others, so that only the wanted ones are asked."""

    def targets(triple: Triple) -> bool:
        return triple[1] in _TARGETS or (triple[1] == TYPE and triple[2] in (CLASS, OWL_CLASS))

    return tuple(triple for triple in shapes if triple[0] in wanted or not targets(triple))


def can_stand_alone(model: Shapes, triples: tuple[Triple, ...], groups: Iterable[Beyond]) -> bool:
    """Whether copies with only these constraints report what the shapes would.

    They do not where a query asks for the shape's name or finds the targets, nor where a parameter of one component is another's too.
    """
    groups = tuple(groups)
    constraints = [constraint for group in groups for constraint in group.constraints]
    targets = (target for group in groups for target in model.by_name[group.above[0]].targets)
    if any(_ASKS_FOR_ITS_NAME.search(one.query) for one in constraints) or any(t.kind == "select" for t in targets):
        return False
    copies = Copies(model)
    read = parse((*targeting_only(set(), triples), *copies.of(groups)))
    found = (c for name in copies.names for c in read.by_name[name].constraints if not isinstance(c, Property))
    return Counter((c.component, c.source) for c in found) == Counter((c.component, c.source) for c in constraints)


@dataclass
class Copies:
    """Copies of target shapes, and of the property shapes below them, that have only some of their constraints."""

    model: Shapes
    names: dict[Term, Term] = field(default_factory=dict)
    _made: dict[tuple[Term, ...], Term] = field(default_factory=dict)

    def original(self, name: Term) -> Term:
        return self.names.get(name, name)

    def of(self, groups: Iterable[Beyond]) -> Iterator[Triple]:
        """The statements of the copies with these constraints."""
        for group in groups:
            for end in range(1, len(group.above) + 1):
                yield from self._copy(group.above[:end])
            for constraint in group.constraints:
                yield from self._constraint(self._made[group.above], group.above[-1], constraint)

    def _copy(self, above: tuple[Term, ...]) -> Iterator[Triple]:
        """A copy without constraints of the shape that one comes to in this way, unless it is made already."""
        if above in self._made:
            return
        shape = self.model.by_name[above[-1]]
        name = self._made[above] = Term(f"<urn:x-mcqms:part-of-a-shape-{len(self._made) + 1}>")
        self.names[name] = shape.name
        yield name, TYPE, sh("PropertyShape" if shape.path else "NodeShape")
        for predicate in _COPIED:
            yield from ((name, predicate, value) for value in self.model.graph.objects(shape.name, predicate))
        if above[:-1]:
            yield self._made[above[:-1]], sh("property"), name
        else:
            yield from ((name, sh(target.kind), target.value) for target in shape.targets)

    def _constraint(self, name: Term, original: Term, constraint: SparqlConstraint) -> Iterator[Triple]:
        graph = self.model.graph
        if constraint.source:
            yield name, sh("sparql"), constraint.source
            return
        for parameter in graph.objects(constraint.component, sh("parameter")):
            for predicate in graph.objects(parameter, sh("path")):
                yield from ((name, predicate, value) for value in graph.objects(original, predicate))
