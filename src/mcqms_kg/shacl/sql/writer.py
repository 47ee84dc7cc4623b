"""Plans to SQL: each plan becomes a block, and what several places share is written once, by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod
from itertools import count

from sqlglot import exp

from mcqms_kg.model import Term
from mcqms_kg.shacl.embedded.asked import Asked
from mcqms_kg.shacl.patterns import Search
from mcqms_kg.shacl.plans import plan as p
from mcqms_kg.shacl.sql.blocks import Block, Source, distinct, mentioning, select, unbound
from mcqms_kg.shacl.sql.functions import Functions
from mcqms_kg.shacl.sql.terms import column, fresh, name, named, number_of, same, table


@dataclass
class Writer:
    """Writes one query: hands out aliases, and gathers what the query names, constants and tables that must stand."""

    aliases: dict[str, count[int]] = field(default_factory=dict)
    named: dict[str, exp.Query] = field(default_factory=dict)
    recursive: bool = False
    kinds: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[Term, None] = field(default_factory=dict)
    classes: dict[Term, None] = field(default_factory=dict)
    tables: set[str] = field(default_factory=set)
    searches: list[Search | Asked] = field(default_factory=list)

    def alias(self, word: str) -> str:
        return f"{word}{next(self.aliases.setdefault(word, count(1)))}"

    def number(self, term: Term) -> exp.Expr:
        self.constants[term] = None
        return number_of(term)

    def query(self, plan: p.Plan) -> exp.Query:
        """The whole query of a plan, with what it names."""
        return self.with_named(select(self.block(plan)))

    def rows(self, block: Block, **columns: exp.Expr) -> exp.Query:
        """A query for other columns of a block, each row once."""
        return self.with_named(distinct(select(replace(block, columns=columns)))).copy()

    def with_named(self, query: exp.Query) -> exp.Query:
        """A query under the plans it names, in the order in which they need each other."""
        if self.named:
            tables = [exp.CTE(this=body, alias=exp.TableAlias(this=name(word))) for word, body in self.named.items()]
            query.set("with_", exp.With(expressions=tables, recursive=self.recursive))
        return query

    @singledispatchmethod
    def block(self, plan: p.Plan) -> Block:
        raise NotImplementedError(type(plan))  # a node without a writer is our mistake

    @block.register
    def _(self, _: p.Unit) -> Block:
        return Block({})

    @block.register
    def _(self, plan: p.Nothing) -> Block:
        return Block(dict.fromkeys(plan.columns, unbound()), conditions=(exp.false(),))

    @block.register
    def _(self, plan: p.Triples) -> Block:
        alias = self.alias("t")
        self.tables.add(plan.graph)
        columns: dict[str, exp.Expr] = {}
        conditions = []
        for letter, slot in zip("spo", (plan.subject, plan.predicate, plan.object), strict=True):
            place = column(alias, letter)
            if isinstance(slot, p.Const):
                conditions.append(same(place, self.number(slot.term)))
            elif slot.name in columns:
                conditions.append(same(place, columns[slot.name]))
            else:
                columns[slot.name] = place
        return Block(columns, (Source("", table(plan.graph, alias), alias),), tuple(conditions))

    @block.register
    def _(self, plan: p.Terms) -> Block:
        if len(plan.terms) == 1:
            return Block({plan.column: self.number(plan.terms[0])})
        alias = self.alias("g")
        rows = exp.values([(self.number(term),) for term in plan.terms], alias=alias, columns=[plan.column])
        return Block({plan.column: column(alias, plan.column)}, (Source("", rows, alias),))

    @block.register
    def _(self, plan: p.Subclasses) -> Block:
        self.classes[plan.class_] = None
        alias = self.alias("k")
        of_class = same(column(alias, "class"), self.number(plan.class_))
        return Block({"type": column(alias, "type")}, (Source("", table("subclass", alias), alias),), (of_class,))

    @block.register
    def _(self, plan: p.Named) -> Block:
        if not plan.stored and plan.name not in self.named:
            body = self.block(plan.plan)
            self.named[plan.name] = select(body)
            self.kinds[plan.name] = body.kinds
        alias = self.alias(plan.name[0])
        columns: dict[str, exp.Expr] = {c: column(alias, c) for c in plan.columns}
        return Block(columns, (Source("", table(plan.name, alias), alias),), kinds=self.kinds.get(plan.name, {}))

    @block.register
    def _(self, plan: p.Join) -> Block:
        left, right = self.block(plan.left), self.block(plan.right)
        merged = left.columns | {c: e for c, e in right.columns.items() if c not in left.columns}
        kinds = right.kinds | left.kinds
        agree = self._agree(left, right)
        if not right.sources:
            return replace(left, columns=merged, kinds=kinds).where(*agree, *right.conditions)
        if not left.sources:
            return replace(right, columns=merged, kinds=kinds).where(*agree, *left.conditions)
        first, *rest = right.sources
        here, later = mentioning((*agree, *right.conditions), {s.alias for s in left.sources} | {first.alias})
        joined = replace(first, kind="JOIN", conditions=(*first.conditions, *here))
        return replace(left, columns=merged, kinds=kinds).joined(joined, *rest).where(*later)

    @block.register
    def _(self, plan: p.Keep) -> Block:
        return self._semi("SEMI JOIN", plan.left, plan.right)

    @block.register
    def _(self, plan: p.Drop) -> Block:
        if isinstance(plan.right, p.Nothing):
            return self.block(plan.left)
        return self._semi("ANTI JOIN", plan.left, plan.right)

    def _semi(self, kind: str, kept: p.Plan, other: p.Plan) -> Block:
        left = self.based(self.block(kept))
        right = self.single(self.block(other))
        source = right.sources[0]
        conditions = (*self._agree(left, right), *source.conditions, *right.conditions)
        return left.joined(replace(source, kind=kind, conditions=conditions))

    @block.register
    def _(self, plan: p.Optional) -> Block:
        left, right = self.based(self.block(plan.left)), self.single(self.block(plan.right))
        source = right.sources[0]
        merged = left.columns | {c: e for c, e in right.columns.items() if c not in left.columns}
        conditions = (*self._agree(left, right), *right.conditions)
        block = replace(left, columns=merged, kinds=right.kinds | left.kinds)
        if plan.condition is None:
            return block.joined(replace(source, kind="LEFT JOIN", conditions=(*source.conditions, *conditions)))
        return self._optional_if(plan)

    def _optional_if(self, plan: p.Optional) -> Block:
        """The condition sees both sides, so the matches are written as a query of their own."""
        both = p.Distinct(p.Filter(p.Join(plan.left, plan.right), plan.condition or p.Call("or", ())))
        return self.block(p.Optional(plan.left, both))

    @block.register
    def _(self, plan: p.Union) -> Block:
        return self._subquery(self._united(plan, distinct=False), plan.columns)

    def _united(self, plan: p.Union, *, distinct: bool) -> exp.Query:
        """The parts one below the other; a part that is itself united stays in brackets."""
        blocks = [self._bound(part, plan.columns) for part in plan.parts]
        queries = [select(block, entire=True) for block in blocks]
        united: exp.Query = queries[0]
        for query in queries[1:]:
            united = exp.union(united, query, distinct=distinct, copy=False)
        return united

    def _bound(self, part: p.Plan, columns: Iterable[str]) -> Block:
        block = self.block(part)
        return replace(block, columns={c: block.columns.get(c) or unbound() for c in columns})

    @block.register
    def _(self, plan: p.Distinct) -> Block:
        if isinstance(plan.plan, p.Union):
            return self._subquery(self._united(plan.plan, distinct=True), plan.columns)
        inner = self.block(plan.plan)
        return self._subquery(distinct(select(inner)), plan.columns, inner.kinds)

    @block.register
    def _(self, plan: p.Select) -> Block:
        block = self.block(plan.plan)
        kinds = {new: block.kinds[old] for new, old in plan.picked if old in block.kinds}
        return replace(block, columns={new: block.columns[old] for new, old in plan.picked}, kinds=kinds)

    @block.register
    def _(self, plan: p.Filter) -> Block:
        functions = Functions(self, self.based(self.block(plan.plan)))
        condition = functions.truth(plan.condition)
        return functions.block.where(condition)

    @block.register
    def _(self, plan: p.Extend) -> Block:
        functions = Functions(self, self.based(self.block(plan.plan)))
        kind, computed = functions.computed(plan.expression)
        block = functions.block
        columns, kinds = block.columns | {plan.column: computed}, block.kinds | {plan.column: kind}
        return replace(block, columns=columns, kinds=kinds)

    @block.register
    def _(self, plan: p.Group) -> Block:
        functions = Functions(self, self.based(self.block(plan.plan)))
        keys = {key: functions.block.columns[key] for key in plan.keys}
        computed = {column_: functions.aggregate(call) for column_, call in plan.aggregates}
        kinds = {k: v for k, v in functions.block.kinds.items() if k in keys} | dict.fromkeys(computed, "number")
        query = select(replace(functions.block, columns=keys | computed))
        if keys:
            query.set("group", exp.Group(expressions=[fresh(key) for key in keys.values()]))
        return self._subquery(query, plan.columns, kinds)

    @block.register
    def _(self, plan: p.Reach) -> Block:
        word = self.alias("reach_")
        self.recursive = True
        start = select(self.block(p.pick(plan.start, focus="focus", value="value")))
        step = self.single(self.block(p.Named(f"step_{word}", p.pick(plan.step, here="here", there="there"))))
        onward = (
            exp.Select(expressions=[named(column("r", "focus"), "focus"), named(step.columns["there"], "value")])
            .from_(table(word, "r"))
            .join(step.sources[0].relation, on=same(step.columns["here"], column("r", "value")), copy=False)
        )
        self.named[word] = exp.union(start, onward, distinct=True, copy=False)
        alias = self.alias("r")
        return Block({c: column(alias, c) for c in plan.columns}, (Source("", table(word, alias), alias),))

    @block.register
    def _(self, plan: p.Answers) -> Block:
        seeds = self.block(plan.seeds)
        word = f"answers__{len(self.searches) + 1}"  # no name of a plan, which would stand before the table
        wanted = {name: seeds.columns[name] for name in plan.question.variables}
        self.searches.append(Asked(word, self.rows(seeds, **wanted), plan.question))
        alias = self.alias("a")
        return Block({c: column(alias, c) for c in plan.columns}, (Source("", table(word, alias), alias),))

    def based(self, block: Block) -> Block:
        """The block with at least one table, for something to join to."""
        return block if block.sources else self._subquery(select(block), block.columns, block.kinds)

    def single(self, block: Block) -> Block:
        """The block with exactly one table."""
        if len(block.sources) == 1:
            return block
        return self._subquery(select(block), block.columns, block.kinds)

    def _subquery(self, query: exp.Query, columns: Iterable[str], kinds: dict[str, str] | None = None) -> Block:
        alias = self.alias("q")
        source = Source("", exp.Subquery(this=query, alias=exp.TableAlias(this=name(alias))), alias)
        return Block({c: column(alias, c) for c in columns}, (source,), kinds=kinds or {})

    def _agree(self, left: Block, right: Block) -> tuple[exp.Expr, ...]:
        shared = [c for c in left.columns if c in right.columns]
        return tuple(same(right.columns[c], left.columns[c]) for c in shared)
