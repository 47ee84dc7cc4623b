"""What is sent to a server in the place of a query: no dataset of its own, and no name of a graph that is not seen."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import PREFIXES
from mcqms_kg.query.engine.scope import allowed, graph_names, resolved
from mcqms_kg.query.engine.spread import spread_over
from mcqms_kg.query.grammar.parsed import Group, Kind, Part
from mcqms_kg.query.guard import Judged, judge, judge_tokens
from mcqms_kg.query.request import Request
from mcqms_kg.sparql.tokens import Token, tokenize
from mcqms_kg.store.working_graphs import UNNAMED, UNNAMED_ON_SERVER

NOTHING = Term(f"<urn:x-mcqms:{uuid.uuid4().hex}>")
"""A graph that is nowhere: a server that is told of no graph may take all it has."""
_PROLOGUE = "".join(f"PREFIX {prefix}: <{name}> " for prefix, name in PREFIXES.items())
_WHOLE = re.compile(r"[+-]?[0-9]{1,19}")
_BASE = re.compile(r'[^\x00-\x20<>"{}|^`\\]+')


@dataclass(frozen=True)
class Sent:
    """A judged query with the graphs it is asked of; `text` is what the server reads."""

    judged: Judged
    default: tuple[Term, ...]
    named: tuple[Term, ...]
    base: str | None

    @property
    def text(self) -> str:
        return self.with_prologue(self.judged.text)

    def with_prologue(self, text: str) -> str:
        base = f"BASE <{self.base}> " if self.base and _BASE.fullmatch(self.base) else ""
        return f"{base}{_PROLOGUE}{text}"


def to_be_sent(request: Request) -> Sent:
    """The query as a server may be asked it, where the unnamed graph has a name.

    Raises as `judge` does, and `Forbidden` for a graph in FROM that is not seen.
    """
    default = tuple(UNNAMED_ON_SERVER if graph == UNNAMED else graph for graph in request.default_graphs)
    request = replace(request, default_graphs=default)
    judged = judge(request.text, request.limits.query_max_length)
    default, named = _dataset(judged, request)
    hidden = {id(name) for name in _hidden(judged, named, request.base)}
    tokens = tuple(
        replace(token, kind="iri", text=NOTHING) if id(token) in hidden else token
        for token in _without_dataset(judged.parsed.tokens)
    )
    judged = spread_over(_with_names(judge_tokens(tokens), named), named)
    _refuse_numbers(judged)
    return Sent(judged, default, named, request.base)


def _refuse_numbers(judged: Judged) -> None:
    """Oxigraph on disk takes others for a number whose last byte is 255, where such a path ends there (`engine.walks`)."""
    for token in judged.parsed.tokens if judged.parsed.walks else ():
        said = token.text.strip("\"'") if token.kind in ("number", "string") else ""
        if _WHOLE.fullmatch(said) and int(said) % 256 == 255:
            raise Unsupported(
                f"A store on a server may take other numbers for {said} where such a path ends there",
                place=token.place,
                remedy="Let the path end at a variable, with a FILTER for the number.",
            )


def refuse_long_paths(judged: Judged) -> None:
    """For servers that answer them otherwise than SPARQL 1.1: an end once for each way to it, or not where the path began."""
    for sign in judged.parsed.long:
        raise Unsupported(
            "The store on the server answers paths of any length otherwise than SPARQL 1.1",
            place=sign.place,
            remedy="Write the steps out, or keep the graphs in the folder.",
        )


def _dataset(judged: Judged, request: Request) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    """The graphs that may be seen, or those of them that FROM names, as in the folder's store."""
    parsed = judged.parsed
    if request.from_protocol or not (parsed.from_graphs or parsed.from_named):
        return request.default_graphs, request.named_graphs
    seen = graph_names((*request.default_graphs, *request.named_graphs))
    default, named = (
        tuple(terms.iri(allowed(resolved(parsed.prologue, name, request.base), seen, name).value) for name in given)
        for given in (parsed.from_graphs, parsed.from_named)
    )
    return default, named


def _without_dataset(tokens: Sequence[Token]) -> Iterator[Token]:
    """Without FROM, which some servers add to the graphs that the protocol names. The word can stand nowhere else."""
    skipped = 0
    for token, following in zip(tokens, (*tokens[1:], None), strict=True):
        if token.word == "FROM":
            skipped = 3 if following and following.word == "NAMED" else 2
        if skipped:
            skipped -= 1
        else:
            yield token


def _hidden(judged: Judged, named: Sequence[Term], base: str | None) -> Iterator[Token]:
    """The names behind GRAPH of graphs that are not seen: on the server there may be some of these names."""
    for part in _graph_parts(judged.parsed.where):
        if not part.graph_variable:
            found = terms.iri(resolved(judged.parsed.prologue, part.graph, base).value)
            if found not in named:
                yield part.graph[0]


def _graph_parts(group: Group) -> Iterator[Part]:
    for part in group.parts:
        if part.kind is Kind.GRAPH:
            yield part
        for inner in part.groups:
            yield from _graph_parts(inner)


def _with_names(judged: Judged, named: Sequence[Term]) -> Judged:
    """With the names of the graphs in the place of GRAPH ?g { }, which servers answer in different ways."""
    tokens = judged.parsed.tokens
    parts = [part for part in _graph_parts(judged.parsed.where) if part.graph_variable and _is_empty(part)]
    for part in sorted(parts, key=lambda part: part.span, reverse=True):
        start, end = part.span
        said = tokenize(f" {{ VALUES {part.graph[0].text} {{ {' '.join(named)} }} }} ")
        tokens = (*tokens[:start], *said, *tokens[end:])
    return judge_tokens(tokens) if parts else judged


def _is_empty(part: Part) -> bool:
    return all(not inner.triples and not inner.parts for inner in part.groups)
