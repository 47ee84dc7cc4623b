"""The queries of shapes as rdflib can read them, which knows no prefixes of files and is particular about space."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from mcqms_kg.errors import BadQuery
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl.sparql.prefixes import declared_at, of_files, with_prefixes
from mcqms_kg.shacl.vocabulary import sh
from mcqms_kg.sparql.tokens import Token, spell, tokenize

_QUERIES = (sh("select"), sh("ask"))
_BEFORE_SIGNS = ("iri", "name")


def readable(shapes: Iterable[Triple]) -> tuple[Triple, ...]:
    """The shapes with the prefixes of their files written into their queries, and no space where rdflib takes none."""
    given = tuple(shapes)
    graph = GraphIndex(given)

    def written(subject: Term, predicate: Term, value: Term) -> Triple:
        if predicate not in _QUERIES or not terms.is_literal(value):
            return subject, predicate, value
        known, text = declared_at(graph, subject), terms.lexical(value)
        lacking = {prefix: namespace for prefix, namespace in of_files(graph).items() if prefix not in known}
        return subject, predicate, terms.literal(with_prefixes(lacking, closed_up(text)))

    return tuple(written(*triple) for triple in given)


def closed_up(text: str) -> str:
    """The query without white space before `*`, `+` and `?`, where rdflib does not take it after a path; it never matters."""
    try:
        tokens = tokenize(text)
    except BadQuery:
        return text  # who runs it says what is wrong
    closed = tuple(_closed(tokens))
    return text if closed == tokens else spell(closed)


def _closed(tokens: tuple[Token, ...]) -> Iterator[Token]:
    yield from tokens[:1]
    for before, token in pairwise(tokens):
        ends_path = before.kind in _BEFORE_SIGNS or before.text in ("a", ")")
        is_sign = token.kind == "sign" and token.text in "*+?"
        yield replace(token, apart=False) if ends_path and is_sign else token
