"""The process that answers queries: `python -m mcqms_kg.query.worker`. It judges, runs and writes, and may be killed at any moment."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from mcqms_kg.errors import AnswerTooLarge, BadQuery, Forbidden, McqmsError, UnknownName, Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.namespaces import PREFIXES
from mcqms_kg.processes import bound_memory, serve
from mcqms_kg.query.formats import GRAPHS, RESULTS, RowCounter
from mcqms_kg.query.guard import End, Judged, judge
from mcqms_kg.query.parsed import Form, Term
from mcqms_kg.query.remembered import CHANGING
from mcqms_kg.query.request import Answer, Request
from mcqms_kg.query.spread import spread_over
from mcqms_kg.query.tokens import spell, token_at
from mcqms_kg.settings import QueryLimits

_AT = re.compile(r"^error at 1:(\d+): ")
_CHARACTERS = re.compile(r"(?:, )?\[(?:'(?:\\.|[^'])*'|[^\]'])*\]")
"""What the engine's grammar says of single characters, which helps nobody."""


@dataclass(frozen=True)
class Scope:
    """The store a query runs on, and the graphs it sees."""

    store: ox.Store
    default: list[ox.NamedNode]
    named: list[ox.NamedNode]
    base: str | None = None

    def run(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return self.store.query(
            text,
            base_iri=self.base,
            prefixes=PREFIXES,
            default_graph=list(self.default),
            named_graphs=list(self.named),
        )


class Worker:
    """Holds the checkpoint it last read from."""

    def __init__(self) -> None:
        self._checkpoint: Path | None = None
        self._store = ox.Store()

    def answer(self, request: Request) -> Answer:
        """The whole answer. Raises a `McqmsError` of the kind that says why there is none."""
        judged = judge(request.text, request.limits.query_max_length)
        if request.checkpoint != self._checkpoint:
            self._store = ox.Store.read_only(str(request.checkpoint))
            self._checkpoint = request.checkpoint
            bound_memory(request.limits.query_memory_mb)
        scope = _scope(self._store, request, judged)
        judged = spread_over(judged, [terms.iri(graph.value) for graph in scope.named])
        for end in judged.ends:
            _refuse_unknown_end(scope, judged, end)
        return _answer(scope, judged, request)


def _scope(store: ox.Store, request: Request, judged: Judged) -> Scope:
    """The graphs the query sees: those it may, or those of them that its FROM names."""
    default, named = (
        [ox.NamedNode(terms.iri_text(g)) for g in graphs] for graphs in (request.default_graphs, request.named_graphs)
    )
    parsed = judged.parsed
    if request.from_protocol or not (parsed.from_graphs or parsed.from_named):
        return Scope(store, default, named, request.base)
    allowed = {*default, *named}
    return Scope(
        store,
        [_allowed(judged, term, allowed, request.base) for term in parsed.from_graphs],
        [_allowed(judged, term, allowed, request.base) for term in parsed.from_named],
        request.base,
    )


def _allowed(judged: Judged, term: Term, allowed: set[ox.NamedNode], base: str | None) -> ox.NamedNode:
    found = _resolved(judged, term, base)
    if found not in allowed:
        raise Forbidden(
            f"There is no graph {found.value} to read", place=term[0].place, remedy="Name a graph of the store."
        )
    return found


def _resolved(judged: Judged, term: Term, base: str | None) -> ox.NamedNode:
    """The IRI that a name stands for, as the engine reads it: with the query's prefixes and base, and without data."""
    text = f"{spell(judged.parsed.prologue)} SELECT ({spell(term)} AS ?iri) {{ }}"
    (row,) = cast(ox.QuerySolutions, _run(judged, Scope(ox.Store(), [], [], base), text))
    return cast(ox.NamedNode, row["iri"])


def _refuse_unknown_end(scope: Scope, judged: Judged, end: End) -> None:
    """The engine gives no row for a path of length zero at a term that the data does not have; the specification gives one."""
    term = spell(end.term)
    sides = (
        f"{{ ?s ?p {term} }}"
        if end.term[0].kind in ("string", "number", "word")
        else f"{{ {term} ?p ?o }} UNION {{ ?s ?p {term} }}"
    )
    inside = f"GRAPH {spell(end.graph)} {{ {sides} }}" if end.graph else sides
    if not _run(judged, scope, f"{spell(judged.parsed.prologue)} ASK {{ {inside} }}"):
        raise Unsupported(
            f"{term.strip()} is not in the data, and the store would not answer a path of length zero there rightly",
            place=end.term[0].place,
            remedy="Check the name, or use + in place of * or ?.",
        )


def _run(judged: Judged, scope: Scope, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    try:
        return scope.run(text)
    except SyntaxError as problem:
        raise _syntax_error(judged, problem) from problem
    except (RuntimeError, ValueError, OSError) as problem:
        raise Unsupported(f"The store cannot run the query: {problem}") from problem


def _answer(scope: Scope, judged: Judged, request: Request) -> Answer:
    form = judged.parsed.form
    known = GRAPHS if form in (Form.CONSTRUCT, Form.DESCRIBE) else RESULTS
    unfit = ("csv", "tsv") if form is Form.ASK else ()
    chosen = next((name for name in request.formats if name in known and name not in unfit), None)
    if chosen is None:
        fit = ", ".join(name for name in known if name not in unfit)
        raise UnknownName(f"{form.value} cannot be answered as {', '.join(request.formats)}", remedy=f"Known: {fit}.")
    found = _run(judged, scope, judged.text)
    out = Capped(request.limits, chosen)
    stream = cast(IO[bytes], out)
    try:
        if isinstance(found, ox.QueryTriples):
            found.serialize(stream, format=GRAPHS[chosen])
        else:
            found.serialize(stream, format=RESULTS[chosen])
    except (RuntimeError, ValueError, OSError) as problem:
        raise out.problem or Unsupported(f"The store cannot run the query: {problem}") from problem
    lasting = not any(token.word in CHANGING for token in judged.parsed.tokens)
    return Answer(form, chosen, bytes(out.content), lasting)


def _syntax_error(judged: Judged, problem: SyntaxError) -> McqmsError:
    said = str(problem.msg or problem)
    match = _AT.match(said)
    token = token_at(judged.parsed.tokens, int(match[1])) if match else None
    wanted = _CHARACTERS.sub("", _AT.sub("", said))
    return BadQuery(f"The query cannot be read: {wanted}", place=token.place if token else None)


class Capped(io.RawIOBase):
    """Takes what is written, up to the limits on bytes and rows."""

    def __init__(self, limits: QueryLimits, format: str) -> None:
        super().__init__()
        self._limits = limits
        self._rows = RowCounter(format)
        self.content = bytearray()
        self.problem: AnswerTooLarge | None = None

    def write(self, chunk: bytes) -> int:  # type: ignore[override]  # the engine writes bytes only
        self._rows.see(chunk)
        self.content += chunk
        limits = self._limits
        if len(self.content) > limits.query_max_bytes:
            self._refuse(f"more than {limits.query_max_bytes} bytes", "MCQMS_QUERY_MAX_BYTES")
        if self._rows.rows > limits.query_max_rows:
            self._refuse(f"more than {limits.query_max_rows} rows", "MCQMS_QUERY_MAX_ROWS")
        return len(chunk)

    def _refuse(self, what: str, setting: str) -> None:
        self.problem = AnswerTooLarge(
            f"The answer has {what}", remedy=f"Ask for less, by LIMIT or more conditions, or raise {setting}."
        )
        raise self.problem


if __name__ == "__main__":
    serve(Worker().answer)
