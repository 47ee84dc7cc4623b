"""A check asked by its query, about the focus nodes that lead to a few nodes: for what only SQL computes."""

from __future__ import annotations

from collections.abc import Iterable

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns import Columns
from mcqms_kg.model import Triple, ValidationResult
from mcqms_kg.shacl.checks import Check
from mcqms_kg.shacl.near.questions import KEPT
from mcqms_kg.shacl.paths import Inverse, Sequence
from mcqms_kg.shacl.plan import Distinct, Join, Named, Nothing, Plan, Union, pick, union
from mcqms_kg.shacl.rewrite import simplified
from mcqms_kg.shacl.run import Compiled, Run
from mcqms_kg.shacl.sql.queries import focus_query
from mcqms_kg.shacl.targets import focus_nodes
from mcqms_kg.shacl.walk import values_along

_ASKED = "asked"
"""Table: the nodes, column `focus`, that a query is about."""


class _PartialRun(Run):
    """A run of single checks on some focus nodes."""

    def check(self, check: Check) -> int:
        """Adds what the check finds for the nodes of the table `focus`; gives back the number of the report."""
        self._report(0, check.query, check.reported)
        return len(self.reported) - 1


def by_query(
    columns: Columns, shapes: tuple[Triple, ...], asked: Iterable[tuple[Check, frozenset[int]]]
) -> list[ValidationResult]:
    """What each check finds at its nodes."""
    run, wanted = _PartialRun(columns, shapes), list(asked)
    run.prepare(Compiled(c.target, focus_query(focus_nodes(c.target)), ((c.query, c.reported),)) for c, _ in wanted)
    if KEPT not in columns.kept:
        raise Unsupported("The terms were numbered anew")
    for check, nodes in wanted:
        run.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {_ASKED} AS SELECT unnest(?::BIGINT[]) AS focus", [list(nodes)]
        )
        run.connection.execute(f"CREATE OR REPLACE TEMP TABLE focus AS {_leading(check)}")
        report = run.check(check)
        run.connection.execute(
            f"DELETE FROM result WHERE report = {report} AND focus NOT IN (SELECT focus FROM {_ASKED})"
        )
    return list(run.results())


def _leading(check: Check) -> str:
    """The query for the focus nodes that are asked about, or that lead to nodes that are."""
    asked: Plan = Named(_ASKED, Nothing(("focus",)), stored=True)
    if check.below:
        asked = pick(values_along(simplified(Inverse(Sequence(check.below))), asked), focus="value")
    nodes = focus_nodes(check.target)
    inner = nodes.plan if isinstance(nodes, Distinct) else nodes
    parts = inner.parts if isinstance(inner, Union) else (inner,)
    return focus_query(Distinct(union(*(Join(asked, part) for part in parts)))).sql
