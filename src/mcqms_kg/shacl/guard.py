"""SPARQL inside shapes is somebody else's code: what would leave the data graph is refused before anything runs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mcqms_kg.errors import BadQuery, RulebookError
from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import SH
from mcqms_kg.sparql.tokens import tokenize

_QUERIES = {terms.iri(SH + name) for name in ("select", "ask")}
_RUN = {terms.iri(SH + name) for name in ("sparql", "target", "validator", "nodeValidator", "propertyValidator")}
"""What leads to a node whose query an engine runs; queries of other nodes, such as examples in a vocabulary, nobody runs."""
_REMOTE = ("SERVICE", "FROM")
_MAY_REACH_OUT = re.compile(r"service|from|\\u", re.IGNORECASE)
_ADVANCED = {terms.iri(SH + name) for name in ("target", "js", "expression")}
_ENTAILMENT = terms.iri(SH + "entailment")


def refuse_remote_sparql(shapes: Iterable[Triple]) -> None:
    """Raises `RulebookError` for a query that holds SERVICE or FROM, and where the shapes ask for entailment (section 1.5)."""
    shapes = tuple(shapes)
    run = {value for _, predicate, value in shapes if predicate in _RUN}
    for subject, predicate, value in shapes:
        if predicate == _ENTAILMENT:
            raise RulebookError(
                f"{terms.short(subject)} asks for the entailment {terms.short(value)}, which no engine here provides",
                remedy="Derive the statements beforehand, and leave sh:entailment out.",
            )
        if predicate in _QUERIES and subject in run and terms.is_literal(value):
            _refuse(subject, terms.lexical(value))


def refuse_advanced(shapes: Iterable[Triple]) -> None:
    """Raises `RulebookError` for what pySHACL passes over unless told otherwise, and what would change the results."""
    for subject, predicate, _ in shapes:
        if predicate in _ADVANCED:
            raise RulebookError(
                f"{terms.short(subject)} uses {terms.short(predicate)}, which is not SHACL Core or SHACL-SPARQL",
                remedy="Say it as a Core or SPARQL constraint.",
            )


def _refuse(subject: Term, query: str) -> None:
    """What reaches out begins with a reserved word, so the word cannot stand in a query for anything else."""
    if not _MAY_REACH_OUT.search(query):
        return  # neither word can be there, as written or in code points: no need to look closer
    try:
        tokens = tokenize(query)
    except BadQuery as problem:
        raise RulebookError(
            f"The SPARQL of {terms.short(subject)} cannot be read: {problem}", remedy="Mend the query."
        ) from problem
    if remote := next((token.word for token in tokens if token.word in _REMOTE), None):
        raise RulebookError(
            f"The SPARQL of {terms.short(subject)} uses {remote}, which reaches outside the data",
            remedy="Ask the data graph only.",
        )
