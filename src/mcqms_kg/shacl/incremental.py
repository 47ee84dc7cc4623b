"""Validation after a change to the data: only the focus nodes that the change can touch are asked again, and the report is the full one.

Old and new statements stand together while it is found out whom the change can touch (`touched`). Where that has no bound, where a class
changes its superclasses, and where the reference engine decides some shape, everything is validated again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from weakref import WeakSet

from mcqms_kg.graph import columns_change
from mcqms_kg.graph.columns import Columns
from mcqms_kg.model import Quad, Term, Triple, ValidationReport, ValidationResult, sorted_results
from mcqms_kg.shacl import columns as engine
from mcqms_kg.shacl.checks import ASKED, Change, Check, Checks, checks
from mcqms_kg.shacl.paths import Path
from mcqms_kg.shacl.run import _BEYOND_EXACT, Run
from mcqms_kg.shacl.shapes import Shape, Target
from mcqms_kg.shacl.sql.macros import define_macros
from mcqms_kg.shacl.touched import MOVED
from mcqms_kg.shacl.vocabulary import SUBCLASS

_PREPARED: WeakSet[Columns] = WeakSet()
Nodes = frozenset[int]
_NONE: Nodes = frozenset()


def revalidate(
    columns: Columns,
    shapes: Iterable[Triple],
    before: ValidationReport,
    added: Iterable[Quad],
    removed: Iterable[Quad],
) -> ValidationReport:
    """Changes the columns, and reports on them as `columns.validate` would; `before` is its report on the columns as they were.

    Columns hold no graph names: a quad is to be given as removed when its statement stands in no other graph.
    """
    triples = tuple(shapes)
    changed = columns_change.note(columns, {quad[:3] for quad in added}, {quad[:3] for quad in removed})
    if not changed:
        return before
    again = Again(columns, checks(triples), triples, before, Change.of(changed))
    bounded = again.is_bounded() and _done(again.see_targets)
    columns_change.insert(columns, changed)
    columns_change.delete(columns)
    if bounded:
        again.see_targets_anew()
        with columns_change.both(columns):
            bounded = _done(again.see_touched)
    if bounded and _done(again.ask):
        return again.report()
    return engine.validate(columns, triples)


def _done(step: Callable[[], None]) -> bool:
    """Whether the step was exact."""
    try:
        step()
    except _BEYOND_EXACT:
        return False
    return True


class PartialRun(Run):
    """A run of single checks on some focus nodes."""

    def check(self, check: Check) -> int:
        """Adds what the check finds for the nodes of the table `focus`; gives back the number of the report."""
        self._report(0, check.query, check.reported)
        return len(self.reported) - 1


@dataclass
class Again:
    """One validation after a change, in steps: before the change, after it, with old and new statements together, and after it again."""

    columns: Columns
    checks: Checks
    shapes: tuple[Triple, ...]
    before: ValidationReport
    change: Change
    were: dict[tuple[Target, ...], Nodes] = field(default_factory=dict)
    moved: dict[tuple[Target, ...], Nodes] = field(default_factory=dict)
    touched: dict[Term, set[int]] = field(default_factory=lambda: defaultdict(set))
    asked: list[Check] = field(default_factory=list)
    counts: dict[Term, int] = field(default_factory=dict)
    found: tuple[ValidationResult, ...] = ()

    def is_bounded(self) -> bool:
        """Whether the change leaves classes as they are, and the report before it is of this engine alone."""
        names = {shape.name for shape in self.checks.targeted}
        own = set(self.before.engines.values()) <= {engine.NAME}
        return own and SUBCLASS not in self.change.by_predicate and names == self.before.focus_nodes.keys()

    def see_targets(self) -> None:
        """Before the change: the nodes that may become or cease to be focus nodes, and which of them are."""
        if self.columns not in _PREPARED:
            define_macros(self.columns.connection)
            _PREPARED.add(self.columns)
        for shape in self.checks.targeted:
            if shape.targets in self.moved:
                continue
            moving = self.checks.moving(shape, self.change)
            self.moved[shape.targets] = self._nodes(moving) if moving else _NONE
            self.were[shape.targets] = self._among(shape, self.moved[shape.targets])

    def see_targets_anew(self) -> None:
        """After the change: which nodes truly became or ceased to be focus nodes, and how many there are."""
        are: dict[tuple[Target, ...], Nodes] = {}
        for shape in self.checks.targeted:
            if shape.targets not in are:
                are[shape.targets] = self._among(shape, self.moved[shape.targets])
                self.moved[shape.targets] = are[shape.targets] ^ self.were[shape.targets]
            more = len(are[shape.targets]) - len(self.were[shape.targets])
            self.counts[shape.name] = self.before.focus_nodes[shape.name] + more

    def see_touched(self) -> None:
        """With old and new statements: the nodes whose results may differ, by reporting shape."""
        by_targets: dict[tuple[Target, ...], list[tuple[Term, str]]] = defaultdict(list)
        for shape in self.checks.targeted:
            moved = bool(self.moved[shape.targets])
            for check in self.checks.of(shape) if moved or self.before.focus_nodes[shape.name] else ():
                matched = self.change.matched(check.patterns)
                question = check.question(matched, moved) if matched or moved else None
                if question:
                    by_targets[shape.targets].append((check.reporter, question))
        for targets, questions in by_targets.items():
            self._table(MOVED, self.moved[targets])
            self._ask_all(questions)

    def _ask_all(self, questions: list[tuple[Term, str]]) -> None:
        parts = [f"SELECT {n} AS n, focus FROM ({question})" for n, (_, question) in enumerate(questions)]
        for n, node in self.columns.connection.execute(" UNION ALL ".join(parts)).fetchall():
            self.touched[questions[n][0]].add(node)

    def ask(self) -> None:
        """After the change: the checks of every touched reporting shape, each on the focus nodes that lead to a touched node."""
        work = self._work()
        run = PartialRun(self.columns, self.shapes)
        run.prepare(check.compiled for group in work.values() for check in group)
        for (_, below, nodes), group in work.items():
            self._table(ASKED, nodes)
            chosen = self.checks.selected(group[0].target, below)
            run.connection.execute(f"CREATE OR REPLACE TEMP TABLE focus AS {chosen}")
            for check in group:
                report = run.check(check)
                if below:
                    run.connection.execute(
                        f"DELETE FROM result WHERE report = {report} AND focus NOT IN (SELECT focus FROM {ASKED})"
                    )
        self.found = tuple(run.results()) if work else ()

    def _work(self) -> Mapping[tuple[tuple[Target, ...], tuple[Path, ...], Nodes], list[Check]]:
        """The checks to be run, those together that are asked about the same nodes; all that report a shape, whatever their target."""
        work: dict[tuple[tuple[Target, ...], tuple[Path, ...], Nodes], list[Check]] = defaultdict(list)
        frozen = {reporter: frozenset(nodes) for reporter, nodes in self.touched.items()}
        for shape in self.checks.targeted:
            for check in self.checks.of(shape) if self.counts[shape.name] else ():
                if nodes := frozen.get(check.reporter):
                    work[shape.targets, check.below, nodes].append(check)
        return work

    def report(self) -> ValidationReport:
        """The report before the change, without the results of what was touched, and with what was found instead."""
        texts = self._texts({node for nodes in self.touched.values() for node in nodes})
        gone = {reporter: {texts[node] for node in nodes} for reporter, nodes in self.touched.items()}
        kept = (r for r in self.before.results if r.focus not in gone.get(r.source_shape, ()))
        results = sorted_results((*kept, *self.found))
        return ValidationReport(not results, results, self.counts, dict(self.before.engines))

    def _among(self, shape: Shape, nodes: Nodes) -> Nodes:
        """Those of the nodes that are focus nodes."""
        if not nodes:
            return _NONE
        self._table(ASKED, nodes)
        return self._nodes(self.checks.selected(shape))

    def _nodes(self, sql: str) -> Nodes:
        return frozenset(node for (node,) in self.columns.connection.execute(sql).fetchall())

    def _table(self, name: str, nodes: Nodes) -> None:
        self.columns.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT unnest(?::BIGINT[]) AS focus", [list(nodes)]
        )

    def _texts(self, nodes: set[int]) -> dict[int, Term]:
        listed = ", ".join(map(str, nodes)) or "NULL"
        rows = self.columns.connection.execute(f"SELECT id, text FROM term WHERE id IN ({listed})").fetchall()
        return {number: Term(text) for number, text in rows}
