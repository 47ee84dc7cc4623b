"""GRAPH ?g as a union over the graphs, each by its name, as the specification defines it; for what the engine answers wrongly otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.query.grammar.parsed import Part
from mcqms_kg.query.guard import Judged, judge_tokens
from mcqms_kg.sparql.tokens import Token

MAX_TOKENS = 20_000
"""What a query may grow to; beyond it the engine's parser is too slow."""


def spread_over(judged: Judged, graphs: Sequence[Term]) -> Judged:
    """The query with every part that needs it asked graph by graph; raises `Unsupported` where it would become too long."""
    while judged.spread:
        tokens = tuple(_tokens(judged, graphs))
        if len(tokens) > MAX_TOKENS:
            part = judged.spread[0]
            raise Unsupported(
                f"The store answers {part.at.text} {part.graph[0].text} wrongly here, and there are too many graphs to ask one by one",
                place=part.at.place,
                remedy="Name the graph, or write sub-selects, MINUS and VALUES outside of it.",
            )
        judged = judge_tokens(tokens)
    return judged


def _tokens(judged: Judged, graphs: Sequence[Term]) -> Iterator[Token]:
    all_tokens, position = judged.parsed.tokens, 0
    for part in judged.spread:
        start, end = part.span
        yield from all_tokens[position:start]
        yield from _union(part, all_tokens[start:end], graphs)
        position = end
    yield from all_tokens[position:]


def _union(part: Part, tokens: Sequence[Token], graphs: Sequence[Term]) -> Iterator[Token]:
    """`{ GRAPH <g> { … } VALUES ?g { <g> } } UNION …`; no solution at all where there is no graph."""
    at, variable = part.at, part.graph[0]

    def token(kind: str, text: str) -> Token:
        return Token(kind, text, at.line, at.column, apart=True)

    opening, closing, values = token("sign", "{"), token("sign", "}"), token("word", "VALUES")
    if not graphs:
        yield from (values, variable, opening, closing)
    for number, graph in enumerate(graphs):
        name = token("iri", graph)
        if number:
            yield token("word", "UNION")
        yield from (opening, at, name, *tokens[2:], values, variable, opening, name, closing, closing)
