"""Named parts of a query, taken out: Spark would write each again wherever it is named, and cannot end recursive ones.

They are computed beforehand and stand as tables when the query runs. Queries that need the same part share it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlglot import exp

from mcqms_kg.shacl.spark.closures import Closures
from mcqms_kg.shacl.spark.dialect import sql
from mcqms_kg.shacl.spark.tables import Tables


@dataclass
class Parts:
    """The parts of one run by the queries they come from."""

    tables: Tables
    closures: Closures
    views: dict[tuple[str, ...], str] = field(default_factory=dict)

    def taken_out(self, query: exp.Query) -> exp.Query:
        """The query, changed in place, with tables where it had parts that are recursive or named more than once."""
        with_ = query.args.get("with_")
        if with_ is None:
            return query
        with_.set("recursive", False)
        kept: list[exp.CTE] = []
        uses = Counter(table.name for table in query.find_all(exp.Table))
        for part in with_.expressions:
            if _is_recursive(part):
                _rename(query, part.alias, self._closure(part, kept))
            elif uses[part.alias] > 1 and not _is_simple(part.this):
                _rename(query, part.alias, self._shared(part, kept))
            else:
                kept.append(part)
        query.set("with_", None)
        needed = _needed(query, kept)
        if needed:
            query.set("with_", exp.With(expressions=needed))
        return query

    def _closure(self, part: exp.CTE, above: Sequence[exp.CTE]) -> str:
        start, onward = part.this.left, part.this.right
        step = exp.select("here", "there").from_(exp.to_table(onward.args["joins"][0].this.name))
        key = (sql(_under(start, above)), sql(_under(step, above)))
        if key not in self.views:
            self.views[key] = f"closure__{len(self.views) + 1}"
            self.closures.of(*key).createOrReplaceTempView(self.views[key])
        return self.views[key]

    def _shared(self, part: exp.CTE, above: Sequence[exp.CTE]) -> str:
        key = (sql(_under(part.this, above)),)
        if key not in self.views:
            self.views[key] = f"shared__{len(self.views) + 1}"
            self.tables.kept(self.tables.spark.sql(key[0])).createOrReplaceTempView(self.views[key])
        return self.views[key]


def _is_recursive(part: exp.CTE) -> bool:
    body = part.this
    return isinstance(body, exp.Union) and any(t.name == part.alias for t in body.right.find_all(exp.Table))


def _is_simple(body: exp.Expr) -> bool:
    """Whether writing the part again costs nothing: it only picks from one table."""
    return (
        isinstance(body, exp.Select)
        and not any(body.args.get(word) for word in ("joins", "distinct", "group"))
        and isinstance(body.args["from_"].this if body.args.get("from_") else None, exp.Table)
    )


def _under(query: exp.Query, above: Sequence[exp.CTE]) -> exp.Query:
    """The query with the named parts that it needs, under names that tell only their order: like queries have like texts."""
    used = query.copy()
    needed = _needed(used, above)
    if needed:
        used.set("with_", exp.With(expressions=[part.copy() for part in needed]))
    _name_in_order(used)
    return used


def _needed(query: exp.Query, above: Sequence[exp.CTE]) -> list[exp.CTE]:
    """The parts that the query names, and those that they name."""
    needed: list[exp.CTE] = []
    wanted = {table.name for table in query.find_all(exp.Table)}
    for part in reversed(above):
        if part.alias in wanted:
            needed.insert(0, part)
            wanted |= {table.name for table in part.find_all(exp.Table)}
    return needed


def _name_in_order(query: exp.Query) -> None:
    names: dict[str, str] = {}
    for alias in query.find_all(exp.TableAlias):
        names.setdefault(alias.name, f"a{len(names) + 1}")
        alias.set("this", exp.to_identifier(names[alias.name]))
    for column in query.find_all(exp.Column):
        if column.table in names:
            column.set("table", exp.to_identifier(names[column.table]))
    for table in query.find_all(exp.Table):
        if table.name in names:
            table.set("this", exp.to_identifier(names[table.name]))


def _rename(query: exp.Query, old: str, new: str) -> None:
    for table in query.find_all(exp.Table):
        if table.name == old:
            table.set("this", exp.to_identifier(new))
