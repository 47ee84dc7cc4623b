"""The home behind a SPARQL 1.1 endpoint: form POST only, named graphs only, blank nodes as IRIs, a time limit on every call."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any
from urllib.parse import urlsplit

import httpx
import pyoxigraph as ox

from mcqms_kg.errors import BadValue, Forbidden, Place, ServerFailed, WorkspaceError
from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Triple
from mcqms_kg.store.change import Change, GraphName, refuse_protected
from mcqms_kg.store.remote_change import BATCH, GENID, PART, Journal, Planned, on_server, planned
from mcqms_kg.store.working_graphs import LISTED, is_working

_XML = "application/sparql-results+xml"  # JSON differs: Virtuoso writes "typed-literal"
SLOWEST = 16 * 1024
"""Bytes of an answer that must come in a second, on average, beyond the time that every call has."""
_BUSY = (408, 429, 502, 503, 504)


class _Refused(ServerFailed):
    """The server has answered that it does not do this."""


class RemoteHome:
    """Graphs on a server; only with a journal working graphs are changed.

    Raises `WorkspaceError` where the server does not answer, or not in time, or with an error.
    """

    def __init__(self, query: str, update: str, seconds: float, journal: Journal | None = None) -> None:
        for address in (query, update):
            if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
                raise BadValue(
                    f"{address!r} is no address of a store", remedy="Give one that begins with https:// or http://."
                )
        self.query_address, self._update_address = query, update
        self._journal, self._seconds = journal, seconds
        self.client = httpx.Client(timeout=seconds, follow_redirects=False)

    def graphs(self) -> tuple[Term, ...]:
        rows = self._rows("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", ("g",))
        return tuple(sorted(graph for (graph,) in rows))

    def is_there(self) -> bool:
        self._rows("SELECT (1 AS ?one) WHERE { }", ("one",))
        return True

    def match(
        self, graph: Term, subject: Term | None = None, predicate: Term | None = None, value: Term | None = None
    ) -> Iterator[Triple]:
        wanted = [_named(term) if term else None for term in (subject, predicate, value)]
        pattern = " ".join(term or f"?{name}" for term, name in zip(wanted, "spo", strict=True))
        free = [name for term, name in zip(wanted, "spo", strict=True) if term is None]
        if not free:
            found = self._rows(f"SELECT ?x WHERE {{ VALUES ?x {{ 1 }} GRAPH {graph} {{ {pattern} }} }}", ("x",))
            rows: Iterable[tuple[Term, ...]] = (() for _ in found)
        else:
            variables = " ".join(f"?{name}" for name in free)
            rows = self._rows(f"SELECT {variables} WHERE {{ GRAPH {graph} {{ {pattern} }} }}", free)
        for row in rows:
            values = iter(row)
            s, p, o = (given or next(values) for given in (subject, predicate, value))
            yield s, p, o

    def add(self, graphs: Mapping[Term, Collection[Triple]]) -> None:
        """In updates of some thousand statements, in the order of the graphs; so the last graph is complete last.

        A graph that only the server's own failure cut short is emptied before it is written again, except the last, which is only added to.
        """
        blanks = f"{uuid.uuid4().hex}-"
        *new, last = graphs
        for graph in new:
            if any(self.match(last, graph)):
                raise self._failed(f"Somebody else wrote {graph} meanwhile")
            self._update(f"DROP SILENT GRAPH {graph}")
        statements = chain.from_iterable(((graph, t) for t in graphs[graph]) for graph in new)
        while batch := tuple(islice(statements, BATCH)):
            self._insert(batch, blanks)
        self._insert(tuple((last, t) for t in graphs[last]), blanks)

    def working(self) -> tuple[Term, ...]:
        found = {graph for _, _, graph in self.match(LISTED, LISTED, PART)}
        return tuple(sorted(graph for graph in found if is_working(terms.iri_text(graph))))

    def statements(self, graph: GraphName) -> Iterator[ox.Quad]:
        """All of a graph, its blank nodes as the names that they have there."""
        for row in self._found(f"SELECT ?s ?p ?o WHERE {{ GRAPH {on_server(graph)} {{ ?s ?p ?o }} }}"):
            yield ox.Quad(row["s"], row["p"], row["o"], graph)

    def change(self, change: Change) -> None:
        """By requests that a journal in the folder keeps until all are done; what is left of them is done first, or taken back.

        A change that fits into one request is done as the server does one. What others write there meanwhile is not waited for.
        """
        assert self._journal  # noqa: S101  # whoever changes has one
        self.finish()
        gained: Counter[GraphName | ox.BlankNode] = Counter(quad.graph_name for quad in change.added)
        lost: Counter[GraphName | ox.BlankNode] = Counter(quad.graph_name for quad in change.removed)
        touched = gained.keys() | lost.keys()
        for graph in {*touched, *change.created, *change.dropped}:
            refuse_protected(graph)
        for graph in change.created:
            self._refuse_foreign(graph)
        plan = planned(change)
        expected = {graph: self._size(graph) + gained[graph] - lost[graph] for graph in touched}
        self._journal.keep(plan)
        self._carry_out(plan, self._journal)
        for graph, size in expected.items():
            if (found := self._size(graph)) != size:
                raise self._failed(f"It was changed, but {on_server(graph)} has {found} statements there, not {size}")

    def finish(self) -> None:
        """Does what was begun and not ended, because this process was killed or the server did not answer."""
        if self._journal and (plan := self._journal.left()):
            self._carry_out(plan, self._journal)

    def _carry_out(self, plan: Planned, journal: Journal) -> None:
        try:
            for request in plan.forward:
                self._update(request)
        except _Refused as refused:
            if not plan.back:
                raise _stuck(refused, journal) from refused
            journal.keep(plan.taken_back)
            self._carry_out(plan.taken_back, journal)
            raise self._failed(f"{refused.what}; nothing was changed") from refused
        journal.end()

    def _refuse_foreign(self, graph: ox.NamedNode) -> None:
        if next(self._found(f"SELECT (1 AS ?one) WHERE {{ GRAPH {on_server(graph)} {{ ?s ?p ?o }} }} LIMIT 1"), None):
            raise Forbidden(
                f"There is a graph {graph} on the server that is not of this workspace", remedy="Use another name."
            )

    def _size(self, graph: GraphName | ox.BlankNode) -> int:
        (row,) = self._found(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {on_server(graph)} {{ ?s ?p ?o }} }}")
        return int(row["n"].value)

    def close(self) -> None:
        self.client.close()

    def _insert(self, statements: Iterable[tuple[Term, Triple]], blanks: str) -> None:
        lines = (f"GRAPH {graph} {{ {' '.join(_named(t, blanks) for t in triple)} }}" for graph, triple in statements)
        self._update(f"INSERT DATA {{ {' '.join(lines)} }}")

    def _update(self, text: str) -> None:
        self._post(self._update_address, {"update": text}, "*/*")

    def _rows(self, text: str, names: Iterable[str]) -> Iterator[tuple[Term, ...]]:
        for row in self._found(text):
            yield tuple(_given(row[name]) for name in names)

    def _found(self, text: str) -> Iterator[Any]:
        """The rows of a SELECT."""
        answer = self._post(self.query_address, {"query": text}, _XML)
        try:
            found = ox.parse_query_results(answer, format=ox.QueryResultsFormat.XML)
            assert isinstance(found, ox.QuerySolutions)  # noqa: S101  # only SELECT is asked
            yield from found
        except (SyntaxError, ValueError) as problem:
            raise self._failed(f"It answers something else than SPARQL results: {problem}") from problem

    def _post(self, address: str, form: Mapping[str, str], accept: str) -> bytes:
        headers = {"Accept": accept, "Accept-Encoding": "identity"}
        try:
            with self.client.stream("POST", address, data=dict(form), headers=headers) as answer:
                content = self._read(answer)
        except httpx.TimeoutException as problem:
            raise self._late() from problem
        except httpx.HTTPError as problem:
            raise self._failed(f"It cannot be reached: {problem}") from problem
        if not answer.is_success:
            kind = ServerFailed if answer.status_code in _BUSY else _Refused
            said = content[:200].decode(errors="replace")
            raise self._failed(f"It answers with status {answer.status_code}: {said}", kind)
        if answer.headers.get("x-sql-state") or "x-sparql-maxrows" in answer.headers:  # Virtuoso, with status 200
            raise self._failed("It answers with a part of what was asked: it has a limit on time or rows of its own")
        return bytes(content)

    def _read(self, answer: httpx.Response) -> bytearray:
        """The whole body, as long as it comes: a server that sends a byte now and then is not waited for."""
        content, begun = bytearray(), time.monotonic()
        for piece in answer.iter_bytes():
            content += piece
            if time.monotonic() - begun > self._seconds + len(content) / SLOWEST:
                raise self._late()
        return content

    def _late(self) -> WorkspaceError:
        return self._failed(f"It did not answer within {self._seconds:g} s")

    def _failed(self, what: str, kind: type[ServerFailed] = ServerFailed) -> WorkspaceError:
        return kind(
            what, place=Place(_without_password(self.query_address)), remedy="See that the store runs, and MCQMS_STORE."
        )


def _stuck(refused: ServerFailed, journal: Journal) -> ServerFailed:
    """What is to be done where nobody knows how to go on but who can write there by other means."""
    return ServerFailed(
        f"An update that was begun is neither ended nor taken back: {refused.what}",
        place=Place(journal.name),
        remedy="Put the graphs right that this file of the workspace names, by the server's own means, and remove the file. "
        "`mcqms audit` says which update it was.",
    )


def _named(term: Term, blanks: str = "") -> Term:
    """The term as the server holds it: a blank node as an IRI."""
    return terms.iri(GENID + blanks + term.removeprefix("_:")) if terms.is_blank(term) else term


def _given(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Term:
    text = str(value)
    return Term(f"_:{text[1 + len(GENID) : -1]}") if text.startswith(f"<{GENID}") else Term(text)


def _without_password(address: str) -> str:
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
