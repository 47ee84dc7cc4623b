"""SPARQL expressions as expressions of the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.plans.plan import Call, Const, Expression, Var
from mcqms_kg.shacl.plans.plan import Exists as Told
from mcqms_kg.shacl.vocabulary import FALSE, TRUE
from mcqms_kg.sparql import expressions as sparql

Of = Callable[[sparql.Expression], Expression]
"""The translation of a part of an expression."""

_TRUTHS_OF = {
    "=": "equal",
    "!=": "unequal",
    "<": "less",
    "<=": "less_or_equal",
    ">": "greater",
    ">=": "greater_or_equal",
    "ISIRI": "is_iri",
    "ISURI": "is_iri",
    "ISBLANK": "is_blank",
    "ISLITERAL": "is_literal",
    "ISNUMERIC": "is_numeric",
    "BOUND": "bound",
    "LANGMATCHES": "language_matches",
    "CONTAINS": "contains",
    "STRSTARTS": "starts",
    "STRENDS": "ends",
    "SAMETERM": "same_term",
}
_PLANNED = _TRUTHS_OF | {
    "+": "add",
    "-": "subtract",
    "*": "multiply",
    "/": "divide",
    "STR": "str",
    "LANG": "language",
    "STRLEN": "string_length",
    "UCASE": "upper",
    "LCASE": "lower",
    "DATATYPE": "datatype",
    "ABS": "absolute",
    "CEIL": "ceiling",
    "FLOOR": "floor",
    "COALESCE": "coalesce",
    "CONCAT": "concat",
}
"""Functions and operators that every road has; of `+` and `-`, the ones with two sides."""
_COMPUTED = {
    "SUBSTR": "substring",
    "STRBEFORE": "before",
    "STRAFTER": "after",
    "STRDT": "with_datatype",
    "STRLANG": "with_language",
    "ENCODE_FOR_URI": "encode",
    "IRI": "iri",
    "URI": "iri",
    "ROUND": "round",
    "TZ": "zone",
    **{part.upper(): part for part in ("year", "month", "day", "hours", "minutes", "seconds")},
    **{name.upper(): name for name in ("md5", "sha1", "sha256", "sha384", "sha512")},
}
"""Functions that make terms: Python computes them, and SQL does not."""
_CASTS = frozenset(XSD + name for name in ("integer", "decimal", "double", "boolean", "string", "date", "dateTime"))
"""Datatypes whose constructors Python computes."""
_TRUTHS = frozenset({*_TRUTHS_OF.values(), "regex", "boolean", "and", "or", "not", "unbound"})
"""Functions whose value is a truth value, or an error."""
ZERO = Const(terms.literal("0", datatype=XSD + "integer"))


def exists_within(node: sparql.Expression) -> Iterator[sparql.Exists]:
    """Every EXISTS of an expression that is in no other."""
    if isinstance(node, sparql.Exists):
        yield node
    elif isinstance(node, sparql.Call | sparql.FunctionCall):
        for argument in node.arguments:
            yield from exists_within(argument)


def exists_key(node: sparql.Exists) -> str:
    """Under this name an expression finds what was told of its EXISTS; no variable has one like it."""
    return f"EXISTS {id(node)}"


def translated(node: sparql.Expression, computed: Mapping[str, Expression], *, computes: bool = False) -> Expression:
    """The expression; variables that BIND or an aggregate computes are replaced by what computes them.

    Where the road `computes` terms, functions that make them are taken too.
    """

    def of(child: sparql.Expression) -> Expression:
        return translated(child, computed, computes=computes)

    match node:
        case sparql.Variable(name=name):
            return computed.get(name, Var(name))
        case str():
            return Const(node)
        case sparql.Exists() if exists_key(node) in computed:
            return computed[exists_key(node)]
        case sparql.Call(function=name, arguments=arguments):
            return _call(name, arguments, of, computes)
        case sparql.FunctionCall(iri=iri, arguments=(argument,)) if computes and terms.iri_text(iri) in _CASTS:
            return Call("cast", (of(argument), terms.iri_text(iri)))
        case sparql.FunctionCall(iri=iri):
            raise Unsupported(f"SPARQL's call of {terms.short(iri)} in an expression")
    raise Unsupported(f"SPARQL's {type(node).__name__.upper()} in an expression")


def _call(name: str, arguments: tuple[sparql.Expression, ...], of: Of, computes: bool) -> Expression:
    if name in ("&&", "||"):
        return Call("and" if name == "&&" else "or", tuple(truth(of(part)) for part in arguments))
    if name == "!":
        return Call("not", (truth(of(arguments[0])),))
    if name in ("IN", "NOT IN"):
        return _membership(name, *map(of, arguments))
    if name == "IF":
        return Call("if", (truth(of(arguments[0])), *map(of, arguments[1:])))
    if name == "-" and len(arguments) == 1:
        return Call("subtract", (ZERO, of(arguments[0])))
    if name == "REGEX" or (name == "REPLACE" and computes):
        texts = map(_constant_text, (*arguments[1:], *([None] if len(arguments) < _WITH_FLAGS[name] else [])))
        return Call(name.lower(), (of(arguments[0]), *texts))
    function = _PLANNED.get(name) or (_COMPUTED.get(name) if computes else None)
    if function is None or (name == "+" and len(arguments) == 1):
        raise Unsupported(f"SPARQL's {name} in an expression")
    return Call(function, tuple(map(of, arguments)))


_WITH_FLAGS = {"REGEX": 3, "REPLACE": 4}
"""How many arguments there are with flags, which may be left out."""


def _membership(name: str, left: Expression, *members: Expression) -> Expression:
    if not members:
        return Const(FALSE if name == "IN" else TRUE)
    among = Call("or", tuple(Call("equal", (left, member)) for member in members))
    return among if name == "IN" else Call("not", (among,))


def truth(expression: Expression) -> Expression:
    """An expression read as a condition (effective boolean value)."""
    is_truth = isinstance(expression, Told) or getattr(expression, "function", "") in _TRUTHS
    return expression if is_truth else Call("boolean", (expression,))


def _constant_text(node: sparql.Expression | None) -> str:
    if node is None:
        return ""
    if isinstance(node, str) and terms.is_literal(node):
        return terms.lexical(node)
    raise Unsupported("A regular expression that is not written in the query")
