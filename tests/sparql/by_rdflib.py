"""What rdflib makes of a query, told in our algebra: an oracle that knows nothing of our reader.

Left out of the comparison is what says the same: the order of triples and of what is selected, names of blank nodes, joins with
nothing, conjunctions within conjunctions, paths alike, and whether the sign of a number is an operator.
"""

from __future__ import annotations

from typing import Any

import rdflib
from rdflib import paths as given
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from mcqms_kg.graph import terms
from mcqms_kg.graph.rdflib_bridge import to_term
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.reference.queries import closed_up
from mcqms_kg.sparql import algebra as a
from mcqms_kg.sparql import paths as p
from mcqms_kg.sparql.expressions import Aggregate, Call, Exists, FunctionCall, Variable

_ARGUMENTS = ("arg", "arg1", "text", "arg2", "start", "pattern", "length", "replacement", "flags", "arg3")
_BOTH = {"Join": a.Join, "Union": a.Union, "Minus": a.Minus}
_NUMBERS = {XSD + kind for kind in ("integer", "decimal", "double")}
_REPEATED: dict[str, Any] = {"*": p.ZeroOrMore, "+": p.OneOrMore, "?": p.ZeroOrOne}


def read(text: str) -> a.Query:
    """The algebra as rdflib has it."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        tree = parseQuery(closed_up(text))
        node = translateQuery(tree).algebra
    finally:
        rdflib.NORMALIZE_LITERALS = before
    pattern = node.p.p if node.name == "AskQuery" and node.p.name == "Project" else node.p
    dataset = tuple(to_term(one.default or one.named) for one in node.datasetClause or ())
    return a.Query("ASK" if node.name == "AskQuery" else "SELECT", _Told().pattern(pattern), dataset)


class _Told:
    """Tells one query; `aggregates` are variables of ours in place of rdflib's."""

    def __init__(self) -> None:
        self.aggregates: dict[str, Variable] = {}

    def pattern(self, node: CompValue) -> Any:
        name = node.name
        if name in _BOTH:
            return _BOTH[name](self.pattern(node.p1), self.pattern(node.p2))
        if name == "BGP":
            return a.BGP(tuple(p.TriplePattern(_node(s), _path(v), _node(o)) for s, v, o in node.triples))
        if name == "LeftJoin":
            condition = None if node.expr.name == "TrueFilter" else self.expression(node.expr)
            return a.LeftJoin(self.pattern(node.p1), self.pattern(node.p2), condition)
        if name == "Filter":
            found = self.pattern(node.p)
            return a.Filter(found, self.expression(node.expr))
        if name == "Extend":
            found = self.pattern(node.p)
            variable, expression = Variable(str(node.var)), self.expression(node.expr)
            return found if variable == expression else a.Extend(found, variable, expression)
        if name == "Graph":
            return a.Graph(_node(node.term), self.pattern(node.p))
        if name == "AggregateJoin":
            return self._groups(node)
        return self._modifier(node)

    def _modifier(self, node: CompValue) -> Any:
        name = node.name
        if name == "ToMultiSet" and node.p.name == "values":
            return _values(node.p.res)
        if name == "ToMultiSet":
            return a.ToMultiSet(_Told().pattern(node.p))
        found = self.pattern(node.p)
        if name == "OrderBy":
            return a.OrderBy(found, tuple((self.expression(c.expr), c.order == "DESC") for c in node.expr))
        if name == "Project":
            return a.Project(found, tuple(dict.fromkeys(Variable(str(v)) for v in node.PV)))
        if name == "Slice":
            return a.Slice(found, node.start, node.length)
        return {"Distinct": a.Distinct, "Reduced": a.Reduced}[name](found)

    def _groups(self, node: CompValue) -> Any:
        """rdflib takes a sample of what is grouped by, too, which is that."""
        found = self.pattern(node.p.p)
        keys = tuple(self.expression(key) for key in node.p.expr or ())
        aggregates: list[tuple[Variable, Aggregate]] = []
        for one in node.A:
            told = self._aggregate(one)
            if told.function == "SAMPLE" and isinstance(told.argument, Variable) and told.argument in keys:
                self.aggregates[str(one.res)] = told.argument
            else:
                name = self.aggregates[str(one.res)] = Variable(f".{len(aggregates) + 1}")
                aggregates.append((name, told))
        return a.AggregateJoin(found, keys, tuple(aggregates))

    def _aggregate(self, one: CompValue) -> Aggregate:
        function = one.name.removeprefix("Aggregate_").upper()
        argument = None if str(one.vars) == "*" else self.expression(one.vars)
        separator = to_term(one.separator) if one.separator is not None else None
        name = "GROUP_CONCAT" if function == "GROUPCONCAT" else function
        return Aggregate(name, argument, bool(one.distinct), separator)

    def expression(self, node: Any) -> Any:
        if isinstance(node, rdflib.Variable):
            return self.aggregates.get(str(node), Variable(str(node)))
        if not isinstance(node, CompValue):
            return to_term(node)
        name = node.name
        if name in ("ConditionalAndExpression", "ConditionalOrExpression"):
            parts = tuple(map(self.expression, (node.expr, *node.other)))
            return Call("&&" if "And" in name else "||", parts)
        if name == "RelationalExpression":
            others = node.other if node.op in ("IN", "NOT IN") else [node.other]
            others = [] if others == rdflib.RDF.nil else others
            return Call(str(node.op), (self.expression(node.expr), *map(self.expression, others)))
        if name in ("AdditiveExpression", "MultiplicativeExpression"):
            found = self.expression(node.expr)
            for sign, other in zip(node.op, node.other, strict=True):
                found = Call(str(sign), (found, self.expression(other)))
            return found
        return self._call(node)

    def _call(self, node: CompValue) -> Any:
        name = node.name
        if name.startswith("Unary"):
            return Call({"Not": "!", "Minus": "-", "Plus": "+"}[name[5:]], (self.expression(node.expr),))
        if name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            return Exists(_Told().pattern(node.graph), name == "Builtin_NOTEXISTS")
        if name == "Function":
            return FunctionCall(to_term(node.iri), tuple(map(self.expression, node.expr)), bool(node.distinct))
        arguments: list[Any] = []
        for one in (getattr(node, key) for key in _ARGUMENTS):
            arguments += one if isinstance(one, list) else [one] if one is not None else []
        return Call(name.removeprefix("Builtin_").upper(), tuple(map(self.expression, arguments)))


def _values(rows: Any) -> a.Values:
    names = list(rows[0]) if rows else []
    told = (tuple(None if row[n] == "UNDEF" else to_term(row[n]) for n in names) for row in rows)
    return a.Values(tuple(Variable(str(n)) for n in names), tuple(told))


def _node(node: Any) -> Any:
    return Variable(str(node)) if isinstance(node, rdflib.Variable) else to_term(node)


def _path(path: Any) -> Any:
    if isinstance(path, given.InvPath):
        return p.Inverse(_path(path.arg))
    if isinstance(path, given.SequencePath):
        return p.Sequence(tuple(map(_path, path.args)))
    if isinstance(path, given.AlternativePath):
        return p.Alternative(tuple(map(_path, path.args)))
    if isinstance(path, given.MulPath):
        return _REPEATED[str(path.mod)](_path(path.path))
    if isinstance(path, given.NegatedPath):
        return p.Negated(tuple(_node(one) for one in path.args))
    return _node(path)


def alike(node: Any) -> Any:
    """The value without what is not compared."""
    if isinstance(node, tuple):
        return tuple(map(alike, node))
    if not (fields := getattr(node, "__match_args__", ())):
        return node
    changed = type(node)(*(alike(getattr(node, name)) for name in fields))
    match changed:
        case a.BGP(triples=triples):
            return a.BGP(tuple(sorted(map(_anonymous, triples), key=repr)))
        case a.Join(left=left, right=right) if a.BGP() in (left, right):
            return right if left == a.BGP() else left
        case a.Project(pattern=pattern, variables=variables):
            return a.Project(pattern, tuple(sorted(variables, key=repr)))
        case Call(function="&&", arguments=arguments):
            inner = (one.arguments if isinstance(one, Call) and one.function == "&&" else (one,) for one in arguments)
            return Call("&&", tuple(one for part in inner for one in part))
        case p.Sequence() | p.Alternative():
            (name,) = fields
            within = (getattr(one, name) if type(one) is type(changed) else (one,) for one in getattr(changed, name))
            return type(changed)(tuple(one for part in within for one in part))
        case Call(function="-" | "+" as sign, arguments=(str(one),)) if terms.datatype(one) in _NUMBERS:
            return terms.literal(sign + terms.lexical(one), datatype=terms.datatype(one))
    return changed


def _anonymous(triple: p.TriplePattern) -> p.TriplePattern:
    ends = (
        Term("_:") if isinstance(end, str) and end.startswith("_:") else end for end in (triple.subject, triple.object)
    )
    subject, object_ = ends
    return p.TriplePattern(subject, triple.predicate, object_)
