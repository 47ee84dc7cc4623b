"""Graph patterns of SPARQL as plans, for all pre-bound nodes at once.

Pre-binding puts a value for `$this` into every part of a query. Here every part that needs `$this`, and does not bind it itself, is joined
with `seed`, the plan of all values it takes; joining what binds it with the seed at the end gives the same rows. EXISTS is the same
again: its pattern is asked with the rows outside it as its seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.plans.plan import (
    TERM,
    Call,
    Const,
    Distinct,
    Drop,
    Expression,
    Extend,
    Filter,
    Group,
    Keep,
    Named,
    Nothing,
    Optional,
    Plan,
    Select,
    Terms,
    Unit,
    Var,
    union,
)
from mcqms_kg.shacl.sparql.aggregates import (
    AGGREGATE,
    MEMBERS,
    OF_NOTHING_ZERO,
    aggregate_call,
    as_term,
    columns_of,
    fails_without,
    if_any,
    of_nothing,
    renamed,
    term_call,
    without_unbound,
)
from mcqms_kg.shacl.sparql.basic import BasicPatterns, Pattern, joined
from mcqms_kg.shacl.sparql.expressions import exists_key, exists_within, translated, truth
from mcqms_kg.shacl.sparql.joins import cases, join, left_join, matching, mixed, select
from mcqms_kg.shacl.vocabulary import FALSE, TRUE
from mcqms_kg.sparql import algebra
from mcqms_kg.sparql.expressions import Aggregate, Exists, Variable
from mcqms_kg.sparql.expressions import Call as Asked
from mcqms_kg.sparql.expressions import Expression as Condition
from mcqms_kg.sparql.walk import variables
from mcqms_kg.values import replaced


@dataclass(frozen=True)
class Translation(BasicPatterns):
    """Translates one query. `name` gives a plan a name of its own; with `computes` what is computed may become terms."""

    name: Callable[[str, Plan], Named] = Named
    computes: bool = False

    def pattern(self, node: algebra.Query | algebra.Pattern) -> Pattern:
        """The plan of an algebra node; raises `Unsupported` where there is none that is exact."""
        name = type(node).__name__
        method = getattr(self, f"_{name.lower()}", None)
        if method is None:
            raise Unsupported(f"SPARQL's {name}")
        found: Pattern = method(node)
        return found

    def _join(self, node: algebra.Join) -> Pattern:
        return join(*self._sides(node), self.name)

    def _sides(self, node: algebra.Join | algebra.LeftJoin | algebra.Minus) -> tuple[Pattern, Pattern]:
        """Both sides of a join; what is computed on one and known on the other too is a column."""
        left, right = self.pattern(node.left), self.pattern(node.right)
        return self._settled(left, mixed(left, right)), self._settled(right, mixed(right, left))

    def _settled(self, found: Pattern, names: Iterable[str]) -> Pattern:
        """The pattern with these of its computed values as columns of terms, where the road computes terms."""
        chosen = sorted(set(names) & set(found.computed)) if self.computes else ()
        plan = found.plan
        for name in chosen:
            plan = Extend(plan, name, as_term(found.computed[name]))
        return replace(found, plan=plan, computed={n: e for n, e in found.computed.items() if n not in chosen})

    def _expression(self, node: Condition, known: Mapping[str, Expression]) -> Expression:
        return without_unbound(translated(node, known, computes=self.computes))

    def _leftjoin(self, node: algebra.LeftJoin) -> Pattern:
        left, right = self._sides(node)
        right = self._settled(right, right.computed)
        if any(not fails_without(e, {*right.plan.columns} - {*left.plan.columns}) for e in right.computed.values()):
            raise Unsupported("BIND inside OPTIONAL")
        left = self._with_seed(left, set(right.plan.columns))
        if node.condition is None:
            return left_join(left, right, self.name)
        left = self._with_seed(left, variables(node.condition) - set(right.plan.columns))
        parts = [self._left_join_if(one, right, node.condition) for one in cases(left, left.plan.columns, self.name)]
        return Pattern(union(*parts), left.certain, {**left.computed, **right.computed})

    def _left_join_if(self, left: Pattern, right: Pattern, condition: Condition) -> Plan:
        rows = self.name("rows", left.plan)
        both = join(replace(left, plan=Distinct(rows)), right, self.name)
        return Optional(rows, self._filtered(both, condition).plan)

    def _values(self, node: algebra.Values) -> Pattern:
        """Rows of terms, each once: without them, or with them twice, a row would be no table."""
        names = tuple(variable.name for variable in node.variables)
        rows = tuple(tuple(term for term in row if term) for row in node.rows)
        if not names or any(len(row) < len(names) for row in rows) or len(set(rows)) < len(rows):
            raise Unsupported("VALUES without variables, with UNDEF, or with a row twice")
        alone: Plan = Unit()
        parts = (reduce(joined, (Terms(n, (term,)) for n, term in zip(names, row, strict=True)), alone) for row in rows)
        return Pattern(union(*parts) if rows else Nothing(names), frozenset(names))

    def _minus(self, node: algebra.Minus) -> Pattern:
        """Solutions that share a binding are taken away, which rows tell where each binds what both name."""
        left, right = self._sides(node)
        shared = {*left.plan.columns, *left.computed} & {*right.plan.columns, *right.computed}
        if not shared <= left.certain & right.certain:
            raise Unsupported("MINUS where a side may not bind what both name")
        return replace(left, plan=Drop(left.plan, select(right.plan, sorted(shared)))) if shared else left

    def _union(self, node: algebra.Union) -> Pattern:
        left, right = (self._settled(side, side.computed) for side in map(self.pattern, (node.left, node.right)))
        if left.computed or right.computed:
            raise Unsupported("BIND inside UNION")
        mentioned = {*left.plan.columns, *right.plan.columns}
        left, right = self._with_seed(left, mentioned), self._with_seed(right, mentioned)
        return Pattern(union(left.plan, right.plan), left.certain & right.certain)

    def _filter(self, node: algebra.Filter) -> Pattern:
        return self._filtered(self.pattern(node.pattern), node.condition)

    def _filtered(self, found: Pattern, condition: Condition) -> Pattern:
        found = self._with_seed(found, variables(condition))
        for part in _conjuncts(condition):
            found = self._exists(found, part) if isinstance(part, Exists) else self._meeting(found, part)
        return found

    def _meeting(self, found: Pattern, condition: Condition) -> Pattern:
        """Rows that meet a condition; each EXISTS inside it is a column for as long as it is asked."""
        columns, known = found.plan.columns, {**_unbound(found, condition), **self.constants, **found.computed}
        for number, node in enumerate(exists_within(condition)):
            column = f"exists_{next(self.fresh)}_{number}"
            found = self._told(found, node, column)
            known[exists_key(node)] = Call("boolean", (Var(column),))
        plan: Plan = Filter(found.plan, truth(self._expression(condition, known)))
        return replace(found, plan=plan if plan.columns == columns else select(plan, columns))

    def _told(self, found: Pattern, node: Exists, column: str) -> Pattern:
        """Every row, with a column that says whether the inner pattern has a row, or has none."""
        rows = replace(found, plan=self.name("rows", found.plan))
        yes, no = (self._exists(rows, one).plan for one in (node, replaced(node, negated=not node.negated)))
        return replace(found, plan=union(Extend(yes, column, Const(TRUE)), Extend(no, column, Const(FALSE))))

    def _exists(self, found: Pattern, node: Exists) -> Pattern:
        """Rows for which the inner pattern has a row, or has none."""
        mentioned = variables(node.pattern)
        found = self._settled(found, mentioned)
        if mentioned & set(found.computed):
            raise Unsupported("A variable of BIND inside EXISTS")
        parts = [self._exists_if_bound(one, node) for one in cases(found, mentioned, self.name)]
        return replace(found, plan=union(*parts))

    def _exists_if_bound(self, found: Pattern, node: Exists) -> Plan:
        rows, mentioned = self.name("rows", found.plan), variables(node.pattern)
        seed = Distinct(select(rows, [c for c in found.plan.columns if c in mentioned]))
        inner = replace(self, seed=self.name("seed", seed)).pattern(node.pattern)
        shared = [c for c in inner.plan.columns if c in found.plan.columns]
        wrap = Drop if node.negated else Keep
        return wrap(rows, matching(rows, shared, inner, self.name))

    def _with_seed(self, found: Pattern, wanted: set[str]) -> Pattern:
        """The pattern joined with the seed, where it lacks variables of the seed that it is asked for."""
        lacking = (wanted & set(self.seed.columns)) - found.certain
        if not lacking:
            return found
        columns = tuple((c, c) for c in self.seed.columns if c in lacking or c in found.plan.columns)
        whole = len(columns) == len(self.seed.columns)
        seed = self.seed if whole else Distinct(Select(self.seed, columns))
        return join(Pattern(seed, frozenset(seed.columns)), found, self.name)

    def _extend(self, node: algebra.Extend) -> Pattern:
        found = self._with_seed(self.pattern(node.pattern), variables(node.expression))
        name = node.variable.name
        known = {**_unbound(found, node.expression), **self.constants, **found.computed}
        expression = self._expression(node.expression, known)
        if name == getattr(expression, "name", None):
            return found
        if isinstance(expression, Const) or (isinstance(expression, Var) and _is_term(expression, found)):
            certain = isinstance(expression, Const) or expression.name in found.certain
            plan = Extend(found.plan, name, expression)
            return replace(found, plan=plan, certain=found.certain | ({name} if certain else set()))
        return replace(found, computed={**found.computed, name: expression})

    def _aggregatejoin(self, node: algebra.AggregateJoin) -> Pattern:
        inner = self._with_seed(self.pattern(node.pattern), set(self.seed.columns))
        keys = [key.name for key in node.keys if isinstance(key, Variable)]
        inner = self._settled(inner, keys)
        if len(keys) != len(node.keys) or set(keys) & set(inner.computed):
            raise Unsupported("GROUP BY an expression")
        keys = list(dict.fromkeys([*self.seed.columns, *keys]))
        if not inner.certain.issuperset(keys):
            raise Unsupported("GROUP BY a variable that may be unbound")
        calls, computed = self._aggregates(node.aggregates, inner, keys)
        if not node.keys and self.computes:
            members = f"{MEMBERS}{next(self.fresh)}"
            zeros = {name.name for name, one in node.aggregates if one.function in OF_NOTHING_ZERO}
            computed = {n: if_any(members, e) if n in zeros else e for n, e in computed.items()}
            calls = (*calls, (members, Call(TERM, (Call("count", ()),))))
        plan: Plan = Group(inner.plan, tuple(keys), calls)
        if not node.keys:
            plan = Optional(Distinct(self.seed), plan)
            computed = {name: of_nothing(expression) for name, expression in computed.items()}
        return Pattern(plan, frozenset(keys), computed)

    def _aggregates(
        self, given: Iterable[tuple[Variable, Aggregate]], inner: Pattern, keys: list[str]
    ) -> tuple[tuple[tuple[str, Call], ...], dict[str, Expression]]:
        calls: list[tuple[str, Call]] = []
        computed: dict[str, Expression] = {}
        for variable, aggregate in given:
            sampled = aggregate.argument if aggregate.function == "SAMPLE" else None
            if isinstance(sampled, Variable) and sampled.name in keys:
                computed[variable.name] = Var(sampled.name)
                continue
            column = f"{MEMBERS if self.computes else AGGREGATE}{next(self.fresh)}"
            call = term_call if self.computes else aggregate_call
            calls.append((column, call(aggregate, inner, self.constants)))
            computed[variable.name] = Var(column)
        return tuple(calls), computed

    def _project(self, node: algebra.Project) -> Pattern:
        names = [variable.name for variable in node.variables]
        found = self._with_seed(self.pattern(node.pattern), {*names, "this"})
        found = self._settled(found, names)
        kept = tuple((name, name) for name in names if name in found.plan.columns)
        computed = {name: found.computed[name] for name in names if name in found.computed}
        extra = {n for e in computed.values() for n in columns_of(e)} - {c for c, _ in kept}
        hidden = {c: f"{AGGREGATE if c.startswith(AGGREGATE) else 'hidden_'}{next(self.fresh)}" for c in sorted(extra)}
        columns = (*kept, *((new, old) for old, new in hidden.items()))
        certain = {new for new, old in columns if old in found.certain}
        return Pattern(
            Select(found.plan, columns), frozenset(certain), {n: renamed(e, hidden) for n, e in computed.items()}
        )

    def _query(self, node: algebra.Query) -> Pattern:
        return self.pattern(node.pattern)

    def _distinct(self, node: algebra.Distinct) -> Pattern:
        found = self.pattern(node.pattern)
        if found.computed:
            raise Unsupported("DISTINCT on a computed value")
        return replace(found, plan=Distinct(found.plan))

    def _orderby(self, node: algebra.OrderBy) -> Pattern:
        return self.pattern(node.pattern)

    def _tomultiset(self, node: algebra.ToMultiSet) -> Pattern:
        return self.pattern(node.pattern)

    def _graph(self, node: algebra.Graph) -> Pattern:
        if node.name != Variable("shapesGraph"):
            raise Unsupported("GRAPH on another graph than the shapes graph")
        return replace(self, graph="shape_triple").pattern(node.pattern)


def _is_term(variable: Var, found: Pattern) -> bool:
    """Whether the column holds terms; those of aggregates hold numbers."""
    return variable.name in found.plan.columns and not variable.name.startswith(AGGREGATE)


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, Asked) and condition.function == "&&":
        for part in condition.arguments:
            yield from _conjuncts(part)
    else:
        yield condition


def _unbound(found: Pattern, condition: object) -> dict[str, Expression]:
    """Variables that nothing binds: an error wherever they are used."""
    known = {*found.plan.columns, *found.computed}
    return {name: Call("unbound", ()) for name in variables(condition) - known}
