"""A check asked by its query, about the focus nodes that lead to a few nodes: for what only SQL computes."""

from __future__ import annotations

from collections.abc import Iterable

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Triple, ValidationResult
from mcqms_kg.shacl.change.checks import Check
from mcqms_kg.shacl.execution.preparation import Preparation
from mcqms_kg.shacl.execution.ready import Ready, forget
from mcqms_kg.shacl.execution.run import Run, searched
from mcqms_kg.shacl.near.questions import KEPT
from mcqms_kg.shacl.planning.targets import focus_nodes
from mcqms_kg.shacl.plans.plan import Distinct, Join, Named, Nothing, Plan, Union, pick, union
from mcqms_kg.shacl.plans.rewrite import simplified
from mcqms_kg.shacl.plans.walk import values_along
from mcqms_kg.shacl.sql.queries import FOCUS, focus_query
from mcqms_kg.sparql.paths import Inverse, Sequence

_ASKED = "asked"
"""Table: the nodes, column `focus`, that a query is about."""


def by_query(
    columns: Columns, shapes: tuple[Triple, ...], asked: Iterable[tuple[Check, frozenset[int]]]
) -> list[ValidationResult]:
    """What each check finds at its nodes."""
    wanted, con = list(asked), columns.connection
    forget(columns)
    standing = Preparation(columns, shapes)
    standing.begin()
    standing.stand(query for check, _ in wanted for query in (check.query, focus_query(focus_nodes(check.target))))
    if KEPT not in columns.kept:
        raise Unsupported("The terms were numbered anew")
    ready = Ready(columns, shapes, ())
    run = Run(ready)
    for number, (check, nodes) in enumerate(wanted):
        con.execute(f"CREATE OR REPLACE TEMP TABLE {_ASKED} AS SELECT unnest(?::BIGINT[]) AS focus", [list(nodes)])
        con.execute(f"CREATE OR REPLACE TEMP TABLE {FOCUS} AS {_leading(check)}")
        run.reported.append(check.reported)
        run.found.append((number, [row for row in searched(ready, check.query) if row[1] in nodes]))
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
