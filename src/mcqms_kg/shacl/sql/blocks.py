"""Blocks: selects in the making. They merge, so that the SQL stays flat and readable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlglot import exp

from mcqms_kg.shacl.sql.terms import all_of, fresh, named, nothing, whole


@dataclass(frozen=True)
class Source:
    """A table or subquery of a block, and how it is joined to those before it."""

    kind: str
    relation: exp.Expr
    alias: str
    conditions: tuple[exp.Expr, ...] = ()


@dataclass(frozen=True)
class Block:
    """A select in the making: the SQL of each column, the tables, the conditions."""

    columns: dict[str, exp.Expr]
    sources: tuple[Source, ...] = ()
    conditions: tuple[exp.Expr, ...] = ()
    kinds: dict[str, str] = field(default_factory=dict)
    """What computed columns hold (`number`, `text`, `truth`); every other column holds the number of a term."""

    def where(self, *conditions: exp.Expr) -> Block:
        return replace(self, conditions=(*self.conditions, *conditions))

    def joined(self, *sources: Source) -> Block:
        return replace(self, sources=(*self.sources, *sources))

    def looked_up(self, relation: exp.Expr, alias: str, condition: exp.Expr) -> Block:
        """The block with what a table says of a term beside each row, if it says anything."""
        return self.joined(Source("LEFT JOIN", relation, alias, (condition,)))


def select(block: Block, *, entire: bool = False) -> exp.Query:
    """The block as a query: its subquery where it adds nothing to one, unless it must be an entire select."""
    if not entire and _is_all_of_a_subquery(block):
        return block.sources[0].relation.this  # type: ignore[no-any-return]  # sqlglot types `this` as Any
    columns = [named(fresh(e), column_) for column_, e in block.columns.items()] or [whole(1)]
    query = exp.Select(expressions=columns)
    if block.sources:
        query.set("from_", exp.From(this=block.sources[0].relation))
        query.set("joins", [_join(source) for source in block.sources[1:]])
    if block.conditions:
        query.set("where", exp.Where(this=all_of(list(block.conditions))))
    return query


def distinct(query: exp.Query) -> exp.Query:
    if isinstance(query, exp.Select) and not query.args.get("distinct"):
        return query.distinct(copy=False)
    if isinstance(query, exp.Union):
        query.set("distinct", True)
    return query


def _is_all_of_a_subquery(block: Block) -> bool:
    if len(block.sources) != 1 or block.conditions or not isinstance(block.sources[0].relation, exp.Subquery):
        return False
    names = [name for name, e in block.columns.items() if isinstance(e, exp.Column) and e.name == name]
    return names == block.sources[0].relation.this.named_selects and len(names) == len(block.columns)


def _join(source: Source) -> exp.Join:
    if not source.conditions and source.kind == "JOIN":
        return exp.Join(this=source.relation, kind="CROSS")
    on = all_of(list(source.conditions)) if source.conditions else exp.true()
    word = source.kind.split()[0]
    side, kind = ("LEFT", None) if word == "LEFT" else (None, word if word in ("SEMI", "ANTI") else None)
    return exp.Join(this=source.relation, side=side, kind=kind, on=on)


def mentioning(conditions: Iterable[exp.Expr], aliases: set[str]) -> tuple[list[exp.Expr], list[exp.Expr]]:
    """The conditions that need only these tables, and the others."""
    here: list[exp.Expr] = []
    later: list[exp.Expr] = []
    for condition in conditions:
        known = all(c.table in aliases for c in condition.find_all(exp.Column))
        (here if known else later).append(condition)
    return here, later


def unbound() -> exp.Expr:
    return nothing(exp.DType.BIGINT)
