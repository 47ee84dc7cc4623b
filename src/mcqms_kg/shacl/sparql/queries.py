"""The text of a SPARQL constraint, made a query, and what pre-binding forbids in it (SHACL appendix A)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import rdflib
from pyparsing import ParseBaseException, ParseResults
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Literal, Variable

from mcqms_kg.errors import RulebookError
from mcqms_kg.namespaces import XSD

_FORBIDDEN = {
    "MinusGraphPattern": "MINUS",
    "InlineData": "VALUES",
    "ValuesClause": "VALUES",
    "ServiceGraphPattern": "SERVICE",
    "DatasetClause": "FROM",
}


@lru_cache(maxsize=512)
def parsed(text: str, bound: frozenset[str]) -> CompValue:
    """The algebra of a query whose variables `bound` are pre-bound. Raises `RulebookError` where it is none or breaks pre-binding."""
    try:
        with _literals_as_written():
            tree = parseQuery(text)
        for part in parts(tree[1]):
            _check(part, bound)
            _keep_constant_filter(part)
        algebra: CompValue = translateQuery(tree).algebra
        for part in parts(algebra):
            _refuse_unknown_function(part)
        return algebra
    except ParseBaseException as problem:
        raise RulebookError(
            f"The SPARQL of a shape is not well-formed: {problem}", remedy="Mend the query."
        ) from problem
    except RulebookError:
        raise
    except Exception as problem:  # rdflib raises plain Exception for unknown prefixes and for scope errors
        raise RulebookError(f"The SPARQL of a shape cannot be used: {problem}", remedy="Mend the query.") from problem


@contextmanager
def _literals_as_written() -> Iterator[None]:
    """rdflib would read 01 as 1."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def _check(part: CompValue, bound: frozenset[str]) -> None:
    if part.name in _FORBIDDEN and (part.name != "ValuesClause" or part.get("var")):
        raise _forbidden(_FORBIDDEN[part.name])
    if part.name == "SubSelect":
        picked = _selected(part)
        if not bound - {"shapesGraph", "currentShape"} <= picked:
            raise _forbidden("a subquery that does not select every pre-bound variable")
    assigned = part.get("var") if part.name == "Bind" else part.get("evar") if part.name == "vars" else None
    if isinstance(assigned, Variable) and str(assigned) in bound:
        raise _forbidden(f"AS ?{assigned}, which is pre-bound")


def _selected(query: CompValue) -> set[str]:
    """What a subquery selects by name; SELECT * names nothing."""
    if "projection" not in query:
        return set()
    return {str(p.var or p.evar) for p in query.projection}


def _refuse_unknown_function(part: CompValue) -> None:
    """A call of an unknown function is an error, which a filter takes for false: a shape would look passed that was not asked."""
    if part.name == "Function" and not str(part.iri).startswith(XSD):
        raise RulebookError(
            f"The SPARQL of a shape calls {part.iri}, a function that no engine here knows",
            remedy="Say it with the functions of SPARQL 1.1.",
        )


def _keep_constant_filter(part: CompValue) -> None:
    """rdflib takes FILTER (false) for no filter at all; as one side of a conjunction it stays."""
    if part.name != "Filter":
        return
    constant = part.expr
    while isinstance(constant, CompValue) and set(constant) == {"expr"} and constant.name.endswith("Expression"):
        constant = constant.expr
    if isinstance(constant, Literal) or getattr(constant, "name", "") == "literal":
        part["expr"] = CompValue("ConditionalAndExpression", expr=constant, other=[Literal(True)])


def _forbidden(what: str) -> RulebookError:
    return RulebookError(f"The SPARQL of a shape uses {what}", remedy="SHACL forbids it (appendix A, pre-binding).")


def parts(node: object) -> Iterator[CompValue]:
    if isinstance(node, CompValue):
        yield node
        for key in node:
            yield from parts(getattr(node, key))
    elif isinstance(node, list | tuple | ParseResults):
        for child in node:
            yield from parts(child)


def variables(node: object) -> set[str]:
    """Every variable that a part of a query mentions."""
    found: set[str] = set()
    if isinstance(node, Variable):
        found.add(str(node))
    elif isinstance(node, CompValue):
        for key in node:
            if key != "_vars":
                found |= variables(getattr(node, key))
    elif isinstance(node, list | tuple | ParseResults):
        for child in node:
            found |= variables(child)
    return found
