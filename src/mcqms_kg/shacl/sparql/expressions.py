"""SPARQL expressions as expressions of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Literal, URIRef, Variable

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.rdflib_bridge import to_term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.plans.plan import Call, Const, Exists, Expression, Var

Of = Callable[[object], Expression]
"""The translation of a part of an expression."""

_RELATIONS = {
    "=": "equal",
    "!=": "unequal",
    "<": "less",
    "<=": "less_or_equal",
    ">": "greater",
    ">=": "greater_or_equal",
}
_SIGNS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}
_ONE_ARGUMENT = {
    "Builtin_isIRI": "is_iri",
    "Builtin_isURI": "is_iri",
    "Builtin_isBLANK": "is_blank",
    "Builtin_isLITERAL": "is_literal",
    "Builtin_isNUMERIC": "is_numeric",
    "Builtin_BOUND": "bound",
    "Builtin_STR": "str",
    "Builtin_LANG": "language",
    "Builtin_STRLEN": "string_length",
    "Builtin_UCASE": "upper",
    "Builtin_LCASE": "lower",
    "Builtin_DATATYPE": "datatype",
    "Builtin_ABS": "absolute",
    "Builtin_CEIL": "ceiling",
    "Builtin_FLOOR": "floor",
}
_COMPUTED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "Builtin_SUBSTR": ("substring", ("arg", "start", "length")),
    "Builtin_STRBEFORE": ("before", ("arg1", "arg2")),
    "Builtin_STRAFTER": ("after", ("arg1", "arg2")),
    "Builtin_STRDT": ("with_datatype", ("arg1", "arg2")),
    "Builtin_STRLANG": ("with_language", ("arg1", "arg2")),
    **{
        f"Builtin_{name}": (function, ("arg",))
        for name, function in (
            ("ENCODE_FOR_URI", "encode"),
            ("IRI", "iri"),
            ("URI", "iri"),
            ("ROUND", "round"),
            *((part.upper(), part) for part in ("year", "month", "day", "hours", "minutes", "seconds")),
            ("TZ", "zone"),
            *((name.upper(), name) for name in ("md5", "sha1", "sha256", "sha384", "sha512")),
        )
    },
}
"""Functions that make terms, with the arguments that they take: Python computes them, and SQL does not."""
_CASTS = frozenset(XSD + name for name in ("integer", "decimal", "double", "boolean", "string", "date", "dateTime"))
"""Datatypes whose constructors Python computes."""
_TWO_ARGUMENTS = {
    "Builtin_LANGMATCHES": "language_matches",
    "Builtin_CONTAINS": "contains",
    "Builtin_STRSTARTS": "starts",
    "Builtin_STRENDS": "ends",
    "Builtin_sameTerm": "same_term",
}


_TRUTHS = frozenset({
    *_RELATIONS.values(), *_TWO_ARGUMENTS.values(), "is_iri", "is_blank", "is_literal", "is_numeric", "bound", "regex", "boolean",
    "and", "or", "not", "unbound",
})  # fmt: skip
"""Functions whose value is a truth value, or an error."""
EXISTS = ("Builtin_EXISTS", "Builtin_NOTEXISTS")


def exists_within(node: object) -> Iterator[CompValue]:
    """Every EXISTS of an expression that is in no other."""
    if isinstance(node, CompValue) and node.name in EXISTS:
        yield node
    elif isinstance(node, CompValue):
        for key in node:
            yield from exists_within(getattr(node, key))
    elif isinstance(node, list | tuple):
        for child in node:
            yield from exists_within(child)


def exists_key(node: CompValue) -> str:
    """Under this name an expression finds what was told of its EXISTS; no variable has one like it."""
    return f"{node.name} {id(node)}"


def translated(node: object, computed: Mapping[str, Expression], *, computes: bool = False) -> Expression:
    """The expression; variables that BIND or an aggregate computes are replaced by what computes them.

    Where the road `computes` terms, functions that make them are taken too.
    """
    if isinstance(node, Variable):
        return computed.get(str(node), Var(str(node)))
    if isinstance(node, URIRef | Literal):
        return Const(to_term(node))
    return _call(node, computed, computes) if isinstance(node, CompValue) else _beyond(node)


def _call(node: CompValue, computed: Mapping[str, Expression], computes: bool) -> Expression:
    def of(child: object) -> Expression:
        return translated(child, computed, computes=computes)

    name = node.name
    if name in ("ConditionalAndExpression", "ConditionalOrExpression"):
        parts = (node.expr, *(node.other or ()))
        return Call("and" if name == "ConditionalAndExpression" else "or", tuple(truth(of(part)) for part in parts))
    if name == "UnaryNot":
        return Call("not", (truth(of(node.expr)),))
    if name == "RelationalExpression":
        return _relation(of(node.expr), str(node.op), node.other, of)
    if name in ("AdditiveExpression", "MultiplicativeExpression"):
        return _arithmetic(of(node.expr), node.op, [of(other) for other in node.other])
    if name == "UnaryMinus":
        return Call("subtract", (Const(to_term(Literal(0))), of(node.expr)))
    if name in _ONE_ARGUMENT:
        return Call(_ONE_ARGUMENT[name], (of(node.arg),))
    if name in _TWO_ARGUMENTS:
        return Call(_TWO_ARGUMENTS[name], (of(node.arg1), of(node.arg2)))
    return _other(node, computed, of) if not computes else _computed(node, of) or _other(node, computed, of)


def _beyond(node: object) -> Expression:
    raise Unsupported(f"{node} in an expression")


def _computed(node: CompValue, of: Of) -> Expression | None:
    """A function that makes a term; nothing for others."""
    if node.name in _COMPUTED:
        function, names = _COMPUTED[node.name]
        given = (getattr(node, name) for name in names)
        return Call(function, tuple(of(argument) for argument in given if argument is not None))
    if node.name == "Builtin_REPLACE":
        texts = (_constant_text(part) for part in (node.pattern, node.replacement, node.flags))
        return Call("replace", (of(node.arg), *texts))
    if node.name == "Function" and str(node.iri) in _CASTS and len(node.expr) == 1:
        return Call("cast", (of(node.expr[0]), str(node.iri)))
    return None


def _other(node: CompValue, computed: Mapping[str, Expression], of: Of) -> Expression:
    if node.name in EXISTS and exists_key(node) in computed:
        return computed[exists_key(node)]
    if node.name == "Builtin_REGEX":
        return Call("regex", (of(node.text), _constant_text(node.pattern), _constant_text(node.flags)))
    if node.name == "Builtin_COALESCE":
        return Call("coalesce", tuple(of(arg) for arg in node.arg))
    if node.name == "Builtin_IF":
        return Call("if", (truth(of(node.arg1)), of(node.arg2), of(node.arg3)))
    if node.name == "Builtin_CONCAT":
        return Call("concat", tuple(of(arg) for arg in node.arg))
    raise Unsupported(f"SPARQL's {node.name.removeprefix('Builtin_')} in an expression")


def truth(expression: Expression) -> Expression:
    """An expression read as a condition (effective boolean value)."""
    is_truth = isinstance(expression, Exists) or getattr(expression, "function", "") in _TRUTHS
    return expression if is_truth else Call("boolean", (expression,))


def _relation(left: Expression, operator: str, right: Any, of: Of) -> Expression:
    if operator in ("IN", "NOT IN"):
        members = tuple(Call("equal", (left, of(member))) for member in right)
        return Call("or", members) if operator == "IN" else Call("not", (Call("or", members),))
    return Call(_RELATIONS[operator], (left, of(right)))


def _arithmetic(first: Expression, operators: list[str], others: list[Expression]) -> Expression:
    result = first
    for operator, other in zip(operators, others, strict=True):
        result = Call(_SIGNS[str(operator)], (result, other))
    return result


def _constant_text(node: object) -> str:
    if node is None:
        return ""
    if isinstance(node, Literal):
        return str(node)
    raise Unsupported("A regular expression that is not written in the query")
