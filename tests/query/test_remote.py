"""Servers that are not as they should be: what they leak, cut short, delay or leave out is noticed, and never handed on."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, ClassVar
from urllib.parse import parse_qs

import httpx
import pyoxigraph as ox
import pytest

from mcqms_kg.errors import AnswerTooLarge, BadValue, McqmsError, ServerFailed, TookTooLong, Unavailable, Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import PREFIXES
from mcqms_kg.query.guard import judge
from mcqms_kg.query.remote.bounds import without_bounds
from mcqms_kg.query.remote.query import Endpoint, answer
from mcqms_kg.query.remote.traits import traits
from mcqms_kg.query.request import NOWHERE, Request
from mcqms_kg.settings import QueryLimits, store_time_limit

SHIPPED, OTHER = Term("<http://e/shipped>"), Term("<http://e/other>")
DATA = """
GRAPH <http://e/shipped> {
  mc:MicroCredential a owl:Class ; rdfs:subClassOf mc:Credential .
  code:alignment-verified skos:inScheme code:alignment-statuses ; skos:topConceptOf code:alignment-statuses .
  code:alignment-unverified skos:inScheme code:alignment-statuses }
GRAPH <http://e/other> { <http://e/a> <http://e/p> 1 }
"""
PROLOGUE = "".join(f"PREFIX {prefix}: <{name}> " for prefix, name in PREFIXES.items())
XML, TRIPLES = "application/sparql-results+xml", "application/n-triples"
ROWS = b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="x"/></head><results>'
ROW = b'<result><binding name="x"><literal>a</literal></binding></result>'


class Server(http.server.BaseHTTPRequestHandler):
    """A store in memory; `leak` says what of a query's dataset it does not keep to, and `odd` answers in its place."""

    protocol_version = "HTTP/1.1"
    store: ClassVar[ox.Store]
    leak = ""
    odd: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[list[dict[str, list[str]]]] = []

    def do_POST(self) -> None:  # the name the library wants
        given = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
        self.asked.append(given)
        if self.odd:
            self.answer_oddly()
            return
        default, named = (
            [ox.NamedNode(name) for name in given.get(f"{kind}-graph-uri", ())] for kind in ("default", "named")
        )
        text = given["query"][0]
        if self.leak == "describe" and "DESCRIBE" in text:
            default = list(self.store.named_graphs())  # type: ignore[arg-type]  # all have names
        found = self.store.query(
            text,
            use_default_graph_as_union=self.leak == "default",
            default_graph=None if self.leak == "default" else default,  # type: ignore[arg-type]  # all have names
            named_graphs=None if self.leak == "named" else named,  # type: ignore[arg-type]  # some have names
        )
        is_graph = isinstance(found, ox.QueryTriples)
        said = found.serialize(format=ox.RdfFormat.N_TRIPLES if is_graph else ox.QueryResultsFormat.XML)  # type: ignore[arg-type]  # one of each
        assert said is not None
        self.send(said, {"Content-Type": TRIPLES if is_graph else XML, "Content-Length": str(len(said))})

    def send(self, said: bytes, headers: dict[str, str], status: int = 200) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said)

    def answer_oddly(self) -> None:
        headers = {"Content-Type": XML, **self.odd.get("headers", {})}
        pieces, pause = self.odd.get("pieces", [b""]), float(self.odd.get("pause", 0))
        with suppress(OSError):
            self.send(b"", headers, int(self.odd.get("status", 200)))
            for piece in pieces:
                time.sleep(pause)
                self.wfile.write(piece)
        self.close_connection = True

    def log_message(self, *_: object) -> None: ...


@contextmanager
def serving(**state: object) -> Iterator[tuple[str, type[Server]]]:
    kind: type[Server] = type("Kept", (Server,), {"asked": [], **state})
    kind.store = ox.Store()
    kind.store.update(f"{PROLOGUE} INSERT DATA {{ {DATA} }}")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}/", kind
        running.shutdown()


def ask(address: str, text: str, *formats: str, limits: QueryLimits | None = None, **more: Any) -> bytes:
    request = Request(NOWHERE, text, (OTHER,), (OTHER,), formats or ("csv", "nt"), limits or QueryLimits())
    with httpx.Client() as client:
        return answer(client, Endpoint(address, **more), request).content


def test_a_server_that_keeps_to_the_graphs() -> None:
    with serving() as (address, _):
        found = traits(Endpoint(address), SHIPPED, OTHER, QueryLimits())
        assert found.describes and found.follows_paths and not found.time_limit
        assert ask(address, "SELECT ?x { ?s ?p ?x }") == b"x\r\n1\r\n"


@pytest.mark.parametrize("leak", ["default", "named"])
def test_a_server_that_answers_from_other_graphs_is_not_served(leak: str) -> None:
    with serving(leak=leak) as (address, _), pytest.raises(ServerFailed, match="in a graph that it is not asked"):
        traits(Endpoint(address), SHIPPED, OTHER, QueryLimits())


def test_a_server_that_has_not_what_was_sent_is_not_served() -> None:
    with serving() as (address, kind):
        kind.store.remove_graph(ox.NamedNode(terms.iri_text(SHIPPED)))
        with pytest.raises(ServerFailed, match="does not find"):
            traits(Endpoint(address), SHIPPED, OTHER, QueryLimits())


def test_descriptions_from_other_graphs_are_refused() -> None:
    with serving(leak="describe") as (address, _):
        assert not traits(Endpoint(address), SHIPPED, OTHER, QueryLimits()).describes
        request = Request(NOWHERE, "DESCRIBE mc:MicroCredential", (OTHER,), (), ("nt",), QueryLimits())
        with httpx.Client() as client, pytest.raises(Unsupported, match="describes"):
            answer(client, Endpoint(address, describes=False), request)
        with pytest.raises(Unsupported, match="paths of any length"):
            ask(address, "SELECT * { ?s <http://e/p>+ ?o }", follows_paths=False)


@pytest.mark.parametrize(
    ("odd", "kind", "says"),
    [
        ({"pieces": [ROWS + ROW], "headers": {"Transfer-Encoding": "chunked"}}, McqmsError, "broke off|cannot be read"),
        ({"pieces": [ROWS + ROW], "headers": {"Content-Length": "9000"}}, ServerFailed, "broke off"),
        ({"pieces": [ROWS + ROW], "headers": {"Content-Length": str(len(ROWS + ROW))}}, ServerFailed, "in the middle"),
        ({"pieces": [ROWS + b"</results></sparql>"]}, ServerFailed, "where its answer ends"),
        ({"headers": {"Content-Length": "0", "X-SQL-State": "S1TAT"}}, TookTooLong, "longer than"),
        ({"headers": {"Content-Length": "0", "X-SPARQL-MaxRows": "10"}}, AnswerTooLarge, "its own limit"),
        ({"status": 206, "headers": {"Content-Length": "0"}}, ServerFailed, "status 206"),
        ({"status": 302, "headers": {"Content-Length": "0", "Location": "http://127.0.0.1:9/"}}, ServerFailed, "302"),
        ({"status": 401, "headers": {"Content-Length": "0"}}, ServerFailed, "does not let us in"),
        ({"status": 400, "headers": {"Content-Length": "0"}}, Unsupported, "cannot run the query"),
        ({"status": 503, "headers": {"Content-Length": "0"}}, Unavailable, "not at hand"),
        ({"headers": {"Content-Length": "0", "Content-Type": "text/html"}}, ServerFailed, "does not answer as"),
    ],
    ids=[str(number) for number in range(12)],
)
def test_what_is_no_whole_answer_is_none(odd: dict[str, object], kind: type[McqmsError], says: str) -> None:
    with serving(odd=odd) as (address, _), pytest.raises(kind, match=says):
        ask(address, "SELECT ?x { ?s ?p ?x }")


def test_time_rows_and_bytes_are_bounded_while_they_come() -> None:
    limits = QueryLimits(query_timeout_s=1, query_max_rows=50, query_max_bytes=2000)
    slow = {"pieces": [ROWS, *([ROW] * 40)], "pause": 0.2, "headers": {"Content-Length": "99999"}}
    begun = time.monotonic()
    with serving(odd=slow) as (address, _), pytest.raises(TookTooLong):
        ask(address, "SELECT ?x { ?s ?p ?x }", limits=limits)
    assert time.monotonic() - begun < 7, "the server says nothing more after eight seconds"
    for pieces, size in ((ROW * 100, 100_000), (b"<!--" + b"x" * 50_000, 100_000)):
        odd = {"pieces": [ROWS, pieces], "headers": {"Content-Length": str(size)}}
        with serving(odd=odd) as (address, _), pytest.raises((AnswerTooLarge, ServerFailed)):
            ask(address, "SELECT ?x { ?s ?p ?x }", limits=limits)


def test_the_server_is_told_how_long_it_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as (address, kind):
        for given, expected in (
            ("timeout={s}", ("timeout", "30")),
            ("t={ms}", ("t", "30000")),
            ("t={s}s", ("t", "30s")),
        ):
            monkeypatch.setenv("MCQMS_STORE_TIME_LIMIT", given)
            ask(address, "ASK { ?s ?p ?o }", "json", time_limit=store_time_limit())
            assert kind.asked[-1][expected[0]] == [expected[1]]
    for bad in ("timeout", "timeout=5", "query={s}&x={s}", "={s}"):
        monkeypatch.setenv("MCQMS_STORE_TIME_LIMIT", bad)
        with pytest.raises(BadValue):
            store_time_limit()


def test_what_is_sent_names_its_graphs_and_nothing_else() -> None:
    with serving() as (address, kind):
        ask(address, "SELECT ?o FROM <http://e/other> { GRAPH <http://e/shipped> { ?s ?p ?o } }")
        sent = kind.asked[-1]
        assert "FROM" not in sent["query"][0] and "e/shipped" not in sent["query"][0]
        for kind_of, first in (("default", ["http://e/other"]), ("named", [])):
            names = sent[f"{kind_of}-graph-uri"]
            assert names[:-1] == first and names[-1].startswith("urn:x-mcqms:"), "never without a name"


def test_a_path_to_a_number_that_a_store_on_disk_takes_for_others_is_not_sent() -> None:
    with serving() as (address, kind):
        before = len(kind.asked)
        for number in ("-1", "255", '"511"^^xsd:integer'):
            with pytest.raises(Unsupported, match="may take other numbers"):
                ask(address, f"SELECT ?s {{ ?s skos:broader+ {number} }}")
        assert len(kind.asked) == before
        ask(address, "SELECT ?s { ?s skos:notation 254 ; skos:broader+ ?o }")


BOUNDS = "VALUES ?x { 1 2 3 'a' 'b' true 2.0 <http://e/x> '2026-01-01'^^xsd:date '2026-01-02'^^xsd:date UNDEF } "
OTHERS = BOUNDS.replace("?x", "?y")


@pytest.mark.parametrize(
    "condition",
    ["?x <= ?y", "?x >= ?y", "!(?x <= ?y)", "?x = ?x && ?x >= 2 || ?y <= 'a'", "'2026-01-01'^^xsd:date >= ?x"],
)
def test_bounds_said_otherwise_mean_the_same(condition: str) -> None:
    judged = judge(f"SELECT ?x ?y {{ {BOUNDS} {OTHERS} FILTER ({condition}) }}", 10_000)
    rows = [
        sorted(str(row) for row in ox.Store().query(PROLOGUE + text))  # type: ignore[union-attr]  # rows
        for text in (judged.text, without_bounds(judged).text)
    ]
    assert rows[0] == rows[1] and rows[0]
    assert "<=" not in without_bounds(judged).text and ">=" not in without_bounds(judged).text


@pytest.mark.parametrize("condition", ["?x + 1 <= ?y", "?x <= ?y + 1", "STR(?x) <= 'a'", "?x IN (1) <= ?y"])
def test_bounds_that_cannot_be_said_otherwise_are_refused(condition: str) -> None:
    with pytest.raises(Unsupported, match="does not find all"):
        without_bounds(judge(f"SELECT ?x {{ ?x ?p ?y FILTER ({condition}) }}", 10_000))
