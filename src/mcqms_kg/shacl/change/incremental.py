"""Validation after a change to the data: only the focus nodes that the change can touch are asked again, and the report is the full one.

What the change can touch is found while old and new statements stand together (`touched`). Plans are answered by lookups (`near`), because
few nodes are asked about. Where that has no bound, where a class changes its superclasses, and where the reference engine decides some
shape, everything is validated again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns import change as columns_change
from mcqms_kg.graph.columns.cancel import Cancel, cancellable
from mcqms_kg.graph.columns.change import Change
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.dictionary import Clash
from mcqms_kg.model import Quad, Term, Triple, ValidationReport, ValidationResult
from mcqms_kg.shacl import columns as engine
from mcqms_kg.shacl.change.checks import Changed, Check, Checks, Targets, checks
from mcqms_kg.shacl.change.partial import by_query
from mcqms_kg.shacl.change.report_change import replaced
from mcqms_kg.shacl.execution.run import BEYOND_EXACT
from mcqms_kg.shacl.messages import filled
from mcqms_kg.shacl.messages import told as told_by
from mcqms_kg.shacl.near.near import Near
from mcqms_kg.shacl.near.rows import Few, Row
from mcqms_kg.shacl.paths import path_text
from mcqms_kg.shacl.planning.planner import Reported
from mcqms_kg.shacl.plans.plan import CHANGED, Plan
from mcqms_kg.shacl.vocabulary import SUBCLASS

Nodes = frozenset[int]
_NONE: Nodes = frozenset()
_MANY = 5_000
"""Changed statements: with more of them it is quicker to ask everything."""
T = TypeVar("T")


def revalidate(
    columns: Columns,
    shapes: Iterable[Triple],
    before: ValidationReport,
    added: Iterable[Quad],
    removed: Iterable[Quad],
    *,
    cancel: Cancel | None = None,
) -> ValidationReport:
    """Changes the columns, and reports on them as `columns.validate` would; `before` is its report on the columns as they were.

    Columns hold no graph names: a quad is to be given as removed when its statement stands in no other graph. The first call reads
    what lookups need, and takes longer. When it is cancelled, the change is made, or not at all, and there is no report: validate all.
    """
    with cancellable(columns.connection, cancel):
        return _revalidate(columns, tuple(shapes), before, added, removed)


def _revalidate(
    columns: Columns,
    triples: tuple[Triple, ...],
    before: ValidationReport,
    added: Iterable[Quad],
    removed: Iterable[Quad],
) -> ValidationReport:
    wished = {quad[:3] for quad in added}, {quad[:3] for quad in removed}
    try:
        near, change = _changed(columns, triples, *wished)
    except Clash:
        columns.renumber()
        near, change = _changed(columns, triples, *wished)
    if not change.statements:
        return before
    try:
        again = Again(columns, near, checks(triples), before, change)
        report = again.report() if again.is_bounded() else None
    except (*BEYOND_EXACT, RecursionError, Clash):
        report = None
    finally:
        near.lookup.settle([*((s, True) for s in change.came), *((s, False) for s in change.gone)])
    return report or engine.validate(columns, triples)


def _changed(
    columns: Columns, shapes: tuple[Triple, ...], added: set[Triple], removed: set[Triple]
) -> tuple[Near, Change]:
    """Changes the columns, or leaves them as they are. Raises `Clash` where a new term has the number of another."""
    try:
        near = Near.of(columns, shapes)
        return near, columns_change.change(columns, near.dictionary, near.lookup, added, removed)
    except BaseException:  # what may no longer fit is let go whatever ended it; it is raised on
        Near.forget(columns)
        raise


@dataclass
class Again:
    """One validation after a change. The lookup shows the graph before it, after it, or with old and new statements together."""

    columns: Columns
    near: Near
    checks: Checks
    before: ValidationReport
    change: Change
    moved: dict[Targets, Nodes] = field(default_factory=dict)
    more: dict[Targets, int] = field(default_factory=dict)
    touched: dict[Term, set[int]] = field(default_factory=lambda: defaultdict(set))

    def is_bounded(self) -> bool:
        """Whether the change leaves classes as they are, and the report before it is of this engine alone."""
        names = {shape.name for shape in self.checks.targeted}
        own = set(self.before.engines.values()) <= {engine.NAME}
        few = len(self.change.triples) <= _MANY and all(triple[1] != SUBCLASS for triple in self.change.triples)
        return own and few and names == self.before.focus_nodes.keys()

    def report(self) -> ValidationReport:
        """The report before the change, without the results of what was touched, and with what was found instead."""
        changed = Changed.of(self.change.triples)
        self.near.answers.looked_at = 0
        self.near.answers.graphs[CHANGED] = Few(self.change.statements)
        self._see_targets(changed)
        self._show(came=True, gone=True)
        self._see_touched(changed)
        self._show(came=True, gone=False)
        found = self._ask()
        texts = self.near.dictionary.texts(node for nodes in self.touched.values() for node in nodes)
        touched = {(reporter, texts[node]) for reporter, nodes in self.touched.items() for node in nodes}
        results = replaced(self.before.results, touched, found)
        counts = {s.name: self.before.focus_nodes[s.name] + self.more[s.targets] for s in self.checks.targeted}
        return ValidationReport(not results, results, counts, dict(self.before.engines))

    def _show(self, *, came: bool, gone: bool) -> None:
        self.near.lookup.show(self.change.came, came)
        self.near.lookup.show(self.change.gone, gone)
        self.near.answers.begin()

    def _see_targets(self, changed: Changed) -> None:
        """Which nodes become or cease to be focus nodes, and how many more there are."""
        plans = {targets: plan for targets in self.checks.focus if (plan := self.checks.moving(targets, changed))}
        self._show(came=True, gone=True)
        may_move = {targets: self._nodes(plan) for targets, plan in plans.items()}
        self._show(came=False, gone=True)
        were = {targets: self._focus_nodes(targets, nodes) for targets, nodes in may_move.items()}
        self._show(came=True, gone=False)
        are = {targets: self._focus_nodes(targets, nodes) for targets, nodes in may_move.items()}
        for targets in self.checks.focus:
            self.moved[targets] = were.get(targets, _NONE) ^ are.get(targets, _NONE)
            self.more[targets] = len(are.get(targets, _NONE)) - len(were.get(targets, _NONE))

    def _focus_nodes(self, targets: Targets, nodes: Nodes) -> Nodes:
        plan, _ = self.checks.focus[targets]
        return self._known(lambda: frozenset(n for n in nodes if self.near.answers.rows(plan, focus=n)))

    def _nodes(self, plan: Plan) -> Nodes:
        return frozenset(row["focus"] for row in self._known(lambda: self.near.answers.rows(plan)))  # type: ignore[misc]  # a focus is a number

    def _known(self, step: Callable[[], T]) -> T:
        """What a step finds once every condition that it asks about is known."""
        while True:
            found = step()
            if not self.near.questions.is_waiting():
                return found
            self.near.questions.ask()
            self.near.answers.begin()

    def _see_touched(self, changed: Changed) -> None:
        """The nodes whose results may differ, by reporting shape."""
        moved: list[Check] = []
        for shape in self.checks.targeted:
            if self.moved[shape.targets]:
                moved += self.checks.of(shape)
            elif self.before.focus_nodes[shape.name]:
                self.checks.of(shape)
        for check in dict.fromkeys((*moved, *self.checks.concerned(changed))):
            matched = changed.matched(check.patterns)
            self.near.answers.moved = self.moved[check.target.targets]
            if matched or self.near.answers.moved:
                for plan in check.touching(matched, bool(self.near.answers.moved)):
                    self.touched[check.reporter] |= self._nodes(plan)

    def _ask(self) -> list[ValidationResult]:
        """What the touched reporting shapes report of the touched nodes now, whatever their target."""
        wanted = [check for shape in self.checks.targeted if self._meets(shape.name) for check in self.checks.of(shape)]
        asked = [(c, frozenset(self.touched[c.reporter])) for c in wanted if self.touched.get(c.reporter)]
        found: list[tuple[Reported, Row]] = []
        beyond: list[tuple[Check, Nodes]] = []
        while asked:
            waiting = []
            for check, nodes in asked:
                rows = self._rows(check, nodes)
                if rows is None:
                    beyond.append((check, nodes))
                elif self.near.questions.is_waiting():
                    waiting.append((check, nodes))
                else:
                    found += rows
            asked = waiting
            self.near.questions.ask()
        return [*self._results(found), *(by_query(self.columns, self.near.shapes, beyond) if beyond else ())]

    def _meets(self, shape: Term) -> bool:
        target = self.checks.prepared.model.by_name[shape]
        return self.before.focus_nodes[shape] + self.more[target.targets] > 0

    def _rows(self, check: Check, nodes: Nodes) -> list[tuple[Reported, Row]] | None:
        """What the check reports of the nodes; nothing where only its query can tell."""
        answers = self.near.answers
        try:
            follows = [(one, answers.follow(one.plan, frozenset({"focus"}))) for one in check.reported]
        except Unsupported:
            return None
        rows = [(one, row) for one, follow in follows for node in nodes for row in follow({"focus": node})]
        if self.near.questions.is_waiting():
            answers.begin()
        return rows

    def _results(self, found: list[tuple[Reported, Row]]) -> Iterator[ValidationResult]:
        numbers = {number for _, row in found for number in row.values() if isinstance(number, int)}
        texts = self.near.dictionary.texts(numbers)
        for reported, row in found:
            yield _result(reported, {name: texts[n] for name, n in row.items() if isinstance(n, int)})


def _result(reported: Reported, row: dict[str, Term]) -> ValidationResult:
    shape, constraint = reported.shape, reported.constraint
    told = {name: row[f"told_{name}"] for name in constraint.placeholders if f"told_{name}" in row}
    messages = filled(constraint.messages, dict(constraint.parameters)) or shape.messages
    return ValidationResult(
        focus=row["focus"],
        component=constraint.component,
        source_shape=shape.name,
        severity=shape.severity,
        path=row.get("path") or (None if shape.path is None else path_text(shape.path)),
        value=row.get("value"),
        source_constraint=constraint.source,
        messages=told_by(messages, told) if told else messages,
    )
