"""Templates of updates: read as RDF by the engine's strict reader, with variables as names that nobody else can write, and filled in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from mcqms_kg.errors import BadQuery, Unsupported
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.namespaces import PREFIXES
from mcqms_kg.query.update.operations import Block
from mcqms_kg.sparql.tokens import Token, spell, token_at
from mcqms_kg.store.change import GraphName

_VARIABLE = f"urn:uuid:{uuid.uuid4()}:"
_PREFIXES = "".join(f"PREFIX {prefix}: <{name}> " for prefix, name in PREFIXES.items())

Row = Mapping[str, object]


def read_template(blocks: Sequence[Block], prologue: Sequence[Token], base: str | None) -> tuple[ox.Quad, ...]:
    """The statements of a template, whose variables are names that only `fill_in` knows; raises `BadQuery` with the place."""
    tokens = tuple(_as_trig(blocks, prologue))
    try:
        quads = tuple(ox.parse(f"{_PREFIXES}\n{spell(tokens)}", format=FORMATS[".trig"], base_iri=base))
    except (SyntaxError, ValueError) as problem:
        column = getattr(problem, "offset", None) or 1
        found = token_at(tokens, column)
        what = str(getattr(problem, "msg", problem)).rpartition(": ")[2]
        raise BadQuery(f"The update cannot be read: {what}", place=found.place if found else None) from problem
    if any(isinstance(quad.object, ox.Triple) for quad in quads):
        raise Unsupported("Triple terms are not SPARQL 1.1", place=tokens[0].place)
    return quads


def has_blanks(quads: Sequence[ox.Quad]) -> bool:
    """Whether a statement has a blank node, which a template for removing must not have."""
    return any(isinstance(part, ox.BlankNode) for quad in quads for part in (quad.subject, quad.object))


def fill_in(template: Sequence[ox.Quad], row: Row, within: GraphName) -> Iterator[ox.Quad]:
    """The statements for one solution; those with a variable that has no value, or that are no RDF, are left out.

    Blank nodes are new ones for each solution. What names no graph goes into `within`.
    """
    fresh: dict[str, ox.BlankNode] = {}

    def value(term: object) -> object:
        if isinstance(term, ox.NamedNode) and term.value.startswith(_VARIABLE):
            return row.get(term.value.removeprefix(_VARIABLE))
        if isinstance(term, ox.BlankNode):
            return fresh.setdefault(term.value, ox.BlankNode())
        return term

    for quad in template:
        subject, predicate, found = value(quad.subject), value(quad.predicate), value(quad.object)
        graph = within if isinstance(quad.graph_name, ox.DefaultGraph) else value(quad.graph_name)
        if (
            isinstance(subject, ox.NamedNode | ox.BlankNode)
            and isinstance(predicate, ox.NamedNode)
            and isinstance(found, ox.NamedNode | ox.BlankNode | ox.Literal)
            and isinstance(graph, ox.NamedNode | ox.DefaultGraph)
        ):
            yield ox.Quad(subject, predicate, found, graph)


def _as_trig(blocks: Sequence[Block], prologue: Sequence[Token]) -> Iterator[Token]:
    yield from prologue
    for block in blocks:
        if block.graph:
            yield _word(block.graph[0], "GRAPH")
            yield _plain(block.graph[0])
        at = (*block.graph, *block.tokens)[0] if block.graph or block.tokens else None
        if at is None:
            continue
        yield Token("sign", "{", at.line, at.column, apart=True)
        yield from map(_plain, block.tokens)
        yield Token("sign", "}", at.line, at.column, apart=True)


def _plain(token: Token) -> Token:
    """The token as RDF has it: a variable as a name; TRUE and FALSE in small letters."""
    if token.kind == "variable":
        return replace(token, kind="iri", text=f"<{_VARIABLE}{token.text[1:]}>")
    return replace(token, text=token.text.lower()) if token.word in ("TRUE", "FALSE") else token


def _word(at: Token, word: str) -> Token:
    return Token("word", word, at.line, at.column, apart=True)
