"""The process that answers queries: `python -m mcqms_kg.query.worker`. It judges, runs and writes, and may be killed at any moment."""

from __future__ import annotations

from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from mcqms_kg.errors import UnknownName, Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.processes import bound_memory, serve
from mcqms_kg.query.capped import Capped
from mcqms_kg.query.formats import GRAPHS, RESULTS
from mcqms_kg.query.guard import Judged, judge
from mcqms_kg.query.parsed import Form
from mcqms_kg.query.remembered import CHANGING
from mcqms_kg.query.request import Answer, Request
from mcqms_kg.query.scope import Scope, allowed, graph_names, refuse_unknown_end, resolved, run
from mcqms_kg.query.spread import spread_over


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
            refuse_unknown_end(scope, judged, end)
        return _answer(scope, judged, request)


def _scope(store: ox.Store, request: Request, judged: Judged) -> Scope:
    """The graphs the query sees: those it may, or those of them that its FROM names."""
    default, named = graph_names(request.default_graphs), graph_names(request.named_graphs)
    parsed = judged.parsed
    if request.from_protocol or not (parsed.from_graphs or parsed.from_named):
        return Scope(store, default, cast(list[ox.NamedNode], named), request.base)
    seen = {*default, *named}
    chosen_default, chosen_named = (
        [allowed(resolved(parsed.prologue, term, request.base), seen, term) for term in graphs]
        for graphs in (parsed.from_graphs, parsed.from_named)
    )
    return Scope(store, chosen_default, chosen_named, request.base)


def _answer(scope: Scope, judged: Judged, request: Request) -> Answer:
    form = judged.parsed.form
    known = GRAPHS if form in (Form.CONSTRUCT, Form.DESCRIBE) else RESULTS
    unfit = ("csv", "tsv") if form is Form.ASK else ()
    chosen = next((name for name in request.formats if name in known and name not in unfit), None)
    if chosen is None:
        fit = ", ".join(name for name in known if name not in unfit)
        raise UnknownName(f"{form.value} cannot be answered as {', '.join(request.formats)}", remedy=f"Known: {fit}.")
    found = run(judged, scope, judged.text)
    out = Capped(request.limits, chosen, request.spool)
    stream = cast(IO[bytes], out)
    try:
        if isinstance(found, ox.QueryTriples):
            found.serialize(stream, format=GRAPHS[chosen])
        else:
            found.serialize(stream, format=RESULTS[chosen])
    except (RuntimeError, ValueError, OSError) as problem:
        raise out.problem or Unsupported(f"The store cannot run the query: {problem}") from problem
    out.finish()
    lasting = not any(token.word in CHANGING for token in judged.parsed.tokens)
    return Answer(form, chosen, bytes(out.content), out.digest, out.size, lasting=lasting)


if __name__ == "__main__":
    serve(Worker().answer)
