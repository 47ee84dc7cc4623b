"""The home behind a SPARQL 1.1 endpoint: form POST only, named graphs only, blank nodes as IRIs, a time limit on every call."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from urllib.parse import urlsplit

import httpx
import pyoxigraph as ox

from mcqms_kg.errors import BadValue, Place, ServerFailed, WorkspaceError
from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import HOME

GENID = HOME + ".well-known/genid/"
"""Before the name of a blank node, as RDF 1.1 suggests."""
BATCH = 2000
"""Statements in one update; servers bound the length of one."""
_XML = "application/sparql-results+xml"  # JSON differs: Virtuoso writes "typed-literal"


class RemoteHome:
    """Graphs on a server. Raises `WorkspaceError` where it does not answer, or not in time, or with an error."""

    def __init__(self, query: str, update: str, seconds: float) -> None:
        for address in (query, update):
            if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
                raise BadValue(
                    f"{address!r} is no address of a store", remedy="Give one that begins with https:// or http://."
                )
        self.query_address, self._update_address = query, update
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

    def close(self) -> None:
        self.client.close()

    def _insert(self, statements: Iterable[tuple[Term, Triple]], blanks: str) -> None:
        lines = (f"GRAPH {graph} {{ {' '.join(_named(t, blanks) for t in triple)} }}" for graph, triple in statements)
        self._update(f"INSERT DATA {{ {' '.join(lines)} }}")

    def _update(self, text: str) -> None:
        self._post(self._update_address, {"update": text}, "*/*")

    def _rows(self, text: str, names: Iterable[str]) -> Iterator[tuple[Term, ...]]:
        answer = self._post(self.query_address, {"query": text}, _XML)
        try:
            found = ox.parse_query_results(answer, format=ox.QueryResultsFormat.XML)
            assert isinstance(found, ox.QuerySolutions)  # noqa: S101  # only SELECT is asked
            for row in found:
                yield tuple(_given(row[name]) for name in names)
        except (SyntaxError, ValueError) as problem:
            raise self._failed(f"It answers something else than SPARQL results: {problem}") from problem

    def _post(self, address: str, form: Mapping[str, str], accept: str) -> bytes:
        try:
            answer = self.client.post(address, data=dict(form), headers={"Accept": accept})
        except httpx.TimeoutException as problem:
            raise self._failed(f"It did not answer within {self.client.timeout.read:g} s") from problem
        except httpx.HTTPError as problem:
            raise self._failed(f"It cannot be reached: {problem}") from problem
        if not answer.is_success:
            raise self._failed(f"It answers with status {answer.status_code}: {answer.text[:200]}")
        return answer.content

    def _failed(self, what: str) -> WorkspaceError:
        return ServerFailed(
            what, place=Place(_without_password(self.query_address)), remedy="See that the store runs, and MCQMS_STORE."
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
