"""A query to a store on a server: judged here, run there, and held to the same limits on time, rows and bytes."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, TYPE_CHECKING, cast

import pyoxigraph as ox

from mcqms_kg.errors import McqmsError, ServerFailed, UnknownName, Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.query.engine.capped import Capped
from mcqms_kg.query.engine.scope import Scope, run
from mcqms_kg.query.formats import GRAPHS, RESULTS
from mcqms_kg.query.grammar.parsed import Form
from mcqms_kg.query.guard import End
from mcqms_kg.query.remote.bounds import without_bounds
from mcqms_kg.query.remote.shared import Shared
from mcqms_kg.query.remote.text import NOTHING, Sent, refuse_long_paths, to_be_sent
from mcqms_kg.query.request import Answer, Request
from mcqms_kg.sparql.tokens import spell

if TYPE_CHECKING:
    import httpx

    from mcqms_kg.query.remote.call import Body

_XML, _ROWS_OF_ASK = "application/sparql-results+xml", "__ASK_RETVAL"  # Virtuoso answers ASK as SELECT
_TRIPLES = {"application/n-triples": ox.RdfFormat.N_TRIPLES, "text/turtle": ox.RdfFormat.TURTLE}
_ACCEPT = "application/n-triples, text/turtle;q=0.9"


@dataclass(frozen=True)
class Endpoint:
    """Where queries go, and what is known of the server there.

    `time_limit` is the parameter that bounds its work, as `MCQMS_STORE_TIME_LIMIT` has it. Some do not follow paths of any length as
    SPARQL 1.1 has it, some miss days by `<=` and `>=`, some describe things from graphs that they were not asked, and some give a
    statement for each default graph that has it.
    """

    address: str
    time_limit: str = ""
    follows_paths: bool = True
    finds_bounds: bool = True
    describes: bool = True
    merges: bool = True


@dataclass(frozen=True)
class ServerRequest:
    """A query, and the server that it is for."""

    endpoint: Endpoint
    request: Request


def answer(client: httpx.Client, endpoint: Endpoint, request: Request, shared: Shared | None = None) -> Answer:
    """The whole answer, from the server's dataset narrowed to the graphs of the request.

    What the server sends is read and written anew, so a part of an answer is never taken for the whole. What the embedded store answers
    wrongly is kept from the server as well, as it may be the same engine. Raises as `Pool.answer` does, and `ServerFailed`.
    """
    ends = time.monotonic() + request.limits.query_timeout_s
    sent = to_be_sent(request)
    form, judged = sent.judged.parsed.form, sent.judged
    run(judged, Scope(ox.Store(), [], [], request.base), judged.text)  # what is no SPARQL is told with its place
    if not endpoint.follows_paths:
        refuse_long_paths(judged)
    if not endpoint.finds_bounds:
        sent = replace(sent, judged=without_bounds(judged))
    if form is Form.DESCRIBE and not endpoint.describes:
        raise Unsupported(
            "The store on the server describes things from other graphs too", remedy="Ask with CONSTRUCT."
        )
    known: Mapping[str, object] = GRAPHS if form in (Form.CONSTRUCT, Form.DESCRIBE) else RESULTS
    unfit = ("csv", "tsv") if form is Form.ASK else ()
    chosen = next((name for name in request.formats if name in known and name not in unfit), None)
    if chosen is None:
        fit = ", ".join(name for name in known if name not in unfit)
        raise UnknownName(f"{form.value} cannot be answered as {', '.join(request.formats)}", remedy=f"Known: {fit}.")
    call = _Call(client, endpoint, request, ends)
    if not endpoint.merges:
        (shared or Shared()).refuse(judged, sent.default, partial(call.rows, sent))
    for end in judged.ends:
        call.refuse_unknown(sent, end)
    out = Capped(request.limits, chosen, request.spool)
    call.write(sent, sent.text, form, chosen, out)
    out.finish()
    return Answer(form, chosen, bytes(out.content), out.digest, out.size)


@dataclass(frozen=True)
class _Call:
    """One question to the server, of several that an answer may take, and when the time for all of them is up."""

    client: httpx.Client
    endpoint: Endpoint
    request: Request
    ends: float

    def write(self, sent: Sent, text: str, form: Form, format: str, out: Capped) -> None:
        """The server's answer, in the format, into `out`."""
        from mcqms_kg.query.remote.call import called

        given = _XML if form in (Form.SELECT, Form.ASK) else _ACCEPT
        limits = self.request.limits
        with called(self.client, self.endpoint.address, self._form(sent, text), given, limits, self.ends) as (
            kind,
            body,
        ):
            try:
                if given is _ACCEPT:
                    _write_graph(kind, body, format, out)
                else:
                    _write_rows(kind, body, form, format, out)
            except (SyntaxError, ValueError, RuntimeError, OSError, UnicodeError) as problem:
                raise out.problem or body.problem or _unreadable(problem) from problem

    def rows(self, sent: Sent, text: str, graphs: Sequence[Term]) -> list[str]:
        """The rows of a question of ours with one variable, over graphs by name."""
        out = Capped(self.request.limits, "csv")
        asked = replace(sent, default=(), named=tuple(graphs))
        self.write(asked, text, Form.SELECT, "csv", out)
        return bytes(out.content).decode().split("\r\n")[1:-1]

    def refuse_unknown(self, sent: Sent, end: End) -> None:
        """As in the folder's store: a path of length zero at a term that the data does not have is answered wrongly by some."""
        term = spell(end.term)
        is_subject = end.term[0].kind in ("iri", "name")
        sides = f"{{ {term} ?p ?o }} UNION {{ ?s ?p {term} }}" if is_subject else f"{{ ?s ?p {term} }}"
        inside = f"GRAPH {spell(end.graph)} {{ {sides} }}" if end.graph else sides
        text = f"{spell(sent.judged.parsed.prologue)} SELECT (1 AS ?one) WHERE {{ {inside} }} LIMIT 1"
        out = Capped(self.request.limits, "tsv")
        self.write(sent, sent.with_prologue(text), Form.SELECT, "tsv", out)
        if not out.content.strip().count(b"\n"):
            raise Unsupported(
                f"{term.strip()} is not in the data, and the store would not answer a path of length zero there rightly",
                place=end.term[0].place,
                remedy="Check the name, or use + in place of * or ?.",
            )

    def _form(self, sent: Sent, text: str) -> dict[str, str | list[str]]:
        found: dict[str, str | list[str]] = {
            "query": text,
            "default-graph-uri": [terms.iri_text(graph) for graph in (*sent.default, NOTHING)],
            "named-graph-uri": [terms.iri_text(graph) for graph in (*sent.named, NOTHING)],
        }
        if self.endpoint.time_limit:
            seconds = max(1, round(self.ends - time.monotonic()))
            name, value = self.endpoint.time_limit.split("=", 1)
            found[name] = value.replace("{s}", str(seconds)).replace("{ms}", str(1000 * seconds))
        return found


def _write_rows(kind: str, body: Body, form: Form, format: str, out: Capped) -> None:
    _refuse_kind(kind, (_XML,))
    found = ox.parse_query_results(cast(IO[bytes], io.BufferedReader(body)), format=ox.QueryResultsFormat.XML)
    if form is Form.ASK:
        found = _as_boolean(found)
    if isinstance(found, ox.QueryBoolean) is not (form is Form.ASK):
        raise ServerFailed("The store on the server answers another question")
    found.serialize(cast(IO[bytes], out), format=RESULTS[format])
    body.refuse_open_end()


def _as_boolean(found: ox.QuerySolutions | ox.QueryBoolean) -> ox.QuerySolutions | ox.QueryBoolean:
    if isinstance(found, ox.QueryBoolean) or [v.value for v in found.variables] != [_ROWS_OF_ASK]:
        return found
    yes = any(cast(ox.Literal, row[_ROWS_OF_ASK]).value in ("1", "true") for row in found)
    text = f'{{"head":{{}},"boolean":{str(yes).lower()}}}'
    return ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)


def _write_graph(kind: str, body: Body, format: str, out: Capped) -> None:
    _refuse_kind(kind, tuple(_TRIPLES))
    found = ox.parse(cast(IO[bytes], io.BufferedReader(body)), format=_TRIPLES[kind])
    ox.serialize(found, cast(IO[bytes], out), format=GRAPHS[format])


def _refuse_kind(kind: str, known: tuple[str, ...]) -> None:
    if kind not in known:
        raise ServerFailed(
            f"The store on the server does not answer as {' or '.join(known)}", remedy="See MCQMS_STORE."
        )


def _unreadable(problem: Exception) -> McqmsError:
    return ServerFailed(f"The answer of the store on the server cannot be read: {problem}", remedy="Ask again.")
