"""The text of a SPARQL constraint, made a query, and what pre-binding forbids in it (SHACL appendix A)."""

from __future__ import annotations

from functools import lru_cache

from mcqms_kg.errors import BadQuery, RulebookError
from mcqms_kg.graph import terms
from mcqms_kg.namespaces import XSD
from mcqms_kg.sparql import algebra, syntax
from mcqms_kg.sparql.expressions import FunctionCall
from mcqms_kg.sparql.parse import parse
from mcqms_kg.sparql.scope import selected
from mcqms_kg.sparql.translate import translated
from mcqms_kg.sparql.walk import parts

_FORBIDDEN = {syntax.Minus: "MINUS", syntax.Values: "VALUES"}
"""What pre-binding forbids; a target query has nothing pre-bound."""


@lru_cache(maxsize=512)
def parsed(text: str, bound: frozenset[str], form: str = "SELECT") -> algebra.Query:
    """The algebra of a query whose variables `bound` are pre-bound. Raises `RulebookError` where it is none or breaks pre-binding."""
    try:
        query = parse(text, bound)
    except BadQuery as problem:
        raise RulebookError(f"The SPARQL of a shape cannot be read: {problem}", remedy="Mend the query.") from problem
    if query.form != form:
        raise RulebookError(f"The SPARQL of a shape is no {form} query", remedy=f"Write {form}, not {query.form}.")
    for part in parts(query):
        _check(part, bound)
    return translated(query, bound)


def _check(part: object, bound: frozenset[str]) -> None:
    if bound and (name := _FORBIDDEN.get(type(part))):
        raise _forbidden(name)
    match part:
        case syntax.Service():
            raise _forbidden("SERVICE")
        case syntax.Query(dataset=dataset) if dataset:
            raise _forbidden("FROM")
        case syntax.SubSelect(query=query) if bound - {"shapesGraph", "currentShape"} - _named(query):
            raise _forbidden("a subquery that does not select every pre-bound variable")
        case syntax.Bind(variable=variable) | syntax.Named(variable=variable) if variable and variable.name in bound:
            raise _forbidden(f"AS ?{variable.name}, which is pre-bound")
        case FunctionCall(iri=iri) if not terms.iri_text(iri).startswith(XSD):
            raise _unknown(terms.iri_text(iri))


def _named(query: syntax.Query) -> set[str]:
    """What a subquery selects by name; SELECT * names nothing."""
    return set() if query.selects_all else {variable.name for variable in selected(query)}


def _unknown(function: str) -> RulebookError:
    """A call of an unknown function is an error, which a filter takes for false: a shape would look passed that was not asked."""
    return RulebookError(
        f"The SPARQL of a shape calls {function}, a function that no engine here knows",
        remedy="Say it with the functions of SPARQL 1.1.",
    )


def _forbidden(what: str) -> RulebookError:
    return RulebookError(f"The SPARQL of a shape uses {what}", remedy="SHACL forbids it (appendix A, pre-binding).")
