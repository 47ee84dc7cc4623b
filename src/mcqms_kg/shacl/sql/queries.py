"""The two kinds of query the engine runs: the focus nodes of a shape, and everything one reporting shape reports."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from sqlglot import exp

from mcqms_kg.model import Term
from mcqms_kg.shacl.embedded.asked import Asked
from mcqms_kg.shacl.patterns import Search
from mcqms_kg.shacl.planning.planner import Reported
from mcqms_kg.shacl.plans.plan import Plan
from mcqms_kg.shacl.sql.blocks import Block, select, unbound
from mcqms_kg.shacl.sql.terms import fresh, whole
from mcqms_kg.shacl.sql.writer import Writer

FOCUS = "focus"
"""The table of focus nodes in the queries of reporting shapes."""
_TEXT_OR_FOCUS = re.compile(rf"'(?:[^']|'')*'|\b((?:FROM|JOIN) ){FOCUS}(?= AS f\d)")
_NUMBERS = exp.DataType.build("BIGINT[]", dialect="duckdb")


@dataclass(frozen=True)
class Query:
    """SQL as a tree, and what must stand before it runs."""

    tree: exp.Query
    constants: tuple[Term, ...]
    classes: tuple[Term, ...]
    tables: frozenset[str]
    searches: tuple[Search | Asked, ...]

    @property
    def asks_store(self) -> bool:
        """Whether the embedded store has a say in its answer."""
        return any(isinstance(search, Asked) for search in self.searches)

    @cached_property
    def sql(self) -> str:
        return self.tree.sql("duckdb", normalize_functions=False)

    @property
    def readable(self) -> str:
        """The SQL on several lines."""
        return self.tree.sql("duckdb", pretty=True, normalize_functions=False)

    @classmethod
    def of(cls, tree: exp.Query, writer: Writer) -> Query:
        whole_tree = writer.with_named(tree)
        return cls(
            whole_tree, tuple(writer.constants), tuple(writer.classes), frozenset(writer.tables), tuple(writer.searches)
        )


def about(sql: str, table: str) -> str:
    """The SQL of a query asked of another table of focus nodes; what stands in quotation marks is left alone."""
    return _TEXT_OR_FOCUS.sub(lambda found: f"{found[1]}{table}" if found[1] else found[0], sql)


def rows_query(plan: Plan) -> Query:
    """The columns of any plan."""
    writer = Writer()
    return Query.of(select(writer.block(plan)), writer)


def focus_query(nodes: Plan) -> Query:
    """The focus nodes of a plan, in a column `focus`."""
    writer = Writer()
    return Query.of(select(writer.block(nodes)), writer)


def report_query(reported: tuple[Reported, ...]) -> Query:
    """Columns `place` (which constraint of the shape), `focus`, `value`, `path`, and what messages are `told`: one row a result."""
    writer = Writer()
    parts = [select(_row(place, one, writer.block(one.plan)), entire=True) for place, one in enumerate(reported)]
    tree: exp.Query = parts[0]
    for part in parts[1:]:
        tree = exp.union(tree, part, distinct=False, copy=False)
    return Query.of(tree, writer)


def _row(place: int, reported: Reported, block: Block) -> Block:
    given = {name: block.columns.get(name) or unbound() for name in ("focus", "value", "path")}
    told = [block.columns.get(f"told_{name}") or unbound() for name in reported.constraint.placeholders]
    listed = exp.Array(expressions=[fresh(e) for e in told]) if told else exp.cast(exp.null(), _NUMBERS)
    return replace(block, columns={"place": whole(place), **given, "told": listed})
