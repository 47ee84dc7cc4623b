"""The process that answers queries: `python -m mcqms_kg.query.engine.worker`. It judges, runs and writes, and may be killed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from mcqms_kg.errors import McqmsError, UnknownName, Unsupported, without_places
from mcqms_kg.graph import terms
from mcqms_kg.processes.memory import bound_memory
from mcqms_kg.processes.serve import serve
from mcqms_kg.query.engine.capped import Capped
from mcqms_kg.query.engine.merged import Merging
from mcqms_kg.query.engine.prepared import Prepared, PreparedQueries, prepared
from mcqms_kg.query.engine.scope import Found, Scope, allowed, graph_names, refuse_unknown_end, resolved, run
from mcqms_kg.query.engine.spread import spread_over
from mcqms_kg.query.engine.walks import Walks
from mcqms_kg.query.formats import GRAPHS, RESULTS
from mcqms_kg.query.grammar.parsed import Form
from mcqms_kg.query.guard import Judged, judge
from mcqms_kg.query.request import Answer, Request
from mcqms_kg.store.change import GraphName
from mcqms_kg.store.durable import no_room

_SEEN = 200
_OF_ALL = "what is seen"
"""Names the copies that all processes share, of what is asked where no graph is named."""


class Worker:
    """Holds the checkpoint it last read from, what was judged last, and who sees what there."""

    def __init__(self) -> None:
        self._checkpoint: Path | None = None
        self._store = ox.Store()
        self._prepared = PreparedQueries()
        self._seen: dict[tuple[object, ...], Scope] = {}
        self._merging, self._walks = Merging(), Walks()

    def answer(self, request: Request) -> Answer:
        """The whole answer. Raises a `McqmsError` of the kind that says why there is none."""
        fits = len(request.text) <= request.limits.query_max_length
        known = self._prepared.find(request.text) if fits else None
        judged = None if known else judge(request.text, request.limits.query_max_length)
        self.open(request)
        if known and (found := self._answered(request, known)):
            return found
        judged = judged or judge(request.text, request.limits.query_max_length)
        self._prepared.keep(request.text, judged)
        scope = self._scope(request, judged)
        judged = spread_over(judged, [terms.iri(graph.value) for graph in scope.named])
        for end in judged.ends:
            refuse_unknown_end(scope, judged, end)
        seen = self._walked(request, scope, judged)
        return _answer(request, prepared(judged), lambda text: run(judged, seen, text))

    def open(self, request: Request) -> bool:
        """Opens the copy that the request is answered from; whether it was not open yet."""
        if request.checkpoint == self._checkpoint:
            return False
        self._store = ox.Store.read_only(str(request.checkpoint))
        self._checkpoint = request.checkpoint
        bound_memory(request.limits.query_memory_mb)
        self._seen.clear()
        self._merging.forget_copies()
        self._walks.forget()
        return True

    def _answered(self, request: Request, query: Prepared) -> Answer | None:
        """The answer to a query that needs no judging; nothing where the engine does not take it, and has to be asked why."""
        scope = self._scope_of(request)
        if query.walked:
            try:
                scope = self._walked(request, scope, query.walked)
            except McqmsError:  # which is told with its place when the query itself is judged
                return None
        try:
            return _answer(
                request, query, lambda text: scope.run(text, query.prefixes, names_graphs=query.names_graphs)
            )
        except (SyntaxError, RuntimeError, ValueError, OSError):
            return None

    def _walked(self, request: Request, scope: Scope, judged: Judged) -> Scope:
        """Where paths are walked rightly; what is seen for one query only is looked through for it alone."""
        is_lasting = self._seen.get(request.sight) is scope
        return (self._walks if is_lasting else Walks()).scope(scope, judged)

    def _scope_of(self, request: Request) -> Scope:
        """What is seen by those who named no graph in their query."""
        scope = self._seen.get(request.sight)
        if scope is None:
            if len(self._seen) >= _SEEN:
                self._seen.clear()
            scope = self._merged(request, graph_names(request.default_graphs), "" if request.from_protocol else _OF_ALL)
            is_lasting = scope.store is self._store or not request.from_protocol
            if is_lasting:  # a copy for one query only is gone with the next
                self._seen[request.sight] = scope
        return scope

    def _merged(self, request: Request, default: Sequence[GraphName], name: str = "") -> Scope:
        """What is asked of all that the caller may name, with these graphs as one."""
        named = cast(list[ox.NamedNode], graph_names(request.named_graphs))
        store, default = self._merging.of(self._store, default, request.checkpoint, name)
        return Scope(store, default, named, request.base)

    def _scope(self, request: Request, judged: Judged) -> Scope:
        """The graphs the query sees: those it may, or those of them that its FROM names."""
        parsed = judged.parsed
        if request.from_protocol:
            return self._merged(request, graph_names(request.default_graphs))
        if not (parsed.from_graphs or parsed.from_named):
            return self._scope_of(request)
        seen = {*graph_names(request.default_graphs), *graph_names(request.named_graphs)}
        default, named = (
            [allowed(resolved(parsed.prologue, term, request.base), seen, term) for term in graphs]
            for graphs in (parsed.from_graphs, parsed.from_named)
        )
        return replace(self._merged(request, default), named=named)


def _answer(request: Request, query: Prepared, run: Callable[[str], Found]) -> Answer:
    known = GRAPHS if query.form in (Form.CONSTRUCT, Form.DESCRIBE) else RESULTS
    unfit = ("csv", "tsv") if query.form is Form.ASK else ()
    chosen = next((name for name in request.formats if name in known and name not in unfit), None)
    if chosen is None:
        fit = ", ".join(name for name in known if name not in unfit)
        asked = ", ".join(request.formats)
        raise UnknownName(f"{query.form.value} cannot be answered as {asked}", remedy=f"Known: {fit}.")
    found = run(query.text)
    out = Capped(request.limits, chosen, request.spool)
    stream = cast(IO[bytes], out)
    try:
        if isinstance(found, ox.QueryTriples):
            found.serialize(stream, format=GRAPHS[chosen])
        else:
            found.serialize(stream, format=RESULTS[chosen])
        out.finish()
    except (RuntimeError, ValueError, OSError) as problem:
        said = f"The store cannot run the query: {without_places(str(problem))}"
        raise out.problem or no_room(problem) or Unsupported(said) from problem
    return Answer(query.form, chosen, bytes(out.content), out.digest, out.size, lasting=query.lasting)


if __name__ == "__main__":
    serve(Worker().answer)
