"""The short way to `/sparql`: the same bytes as on the whole way, and everything that is promised holds on it too."""

from __future__ import annotations

import json
import logging
import re
import socket
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcqms_kg.query.desk.desk import Desk
from mcqms_kg.service.connection import BoundedConnection
from mcqms_kg.service.middleware import Front
from mcqms_kg.service.serving import Serving
from mcqms_kg.service.short_way import ShortWay
from mcqms_kg.service.sparql.protocol import _unquoted
from mcqms_kg.settings import QueryLimits, ServiceLimits
from service.live import live
from service.tenants import TRACE, Tenants, ask, tenants

LIMITS = QueryLimits(query_timeout_s=20)
ONE = "SELECT ?x {{ VALUES ?x {{ {} }} }}"
FORM = "application/x-www-form-urlencoded"
_NUMBER = re.compile(rb"x-request-id: ([0-9a-f]{32})\r\n")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Tenants:
    return tenants(tmp_path_factory.mktemp("short"))


@pytest.fixture(scope="module")
def service(built: Tenants) -> Iterator[httpx.Client]:
    with live(partial(Serving, built.folder, LIMITS, 1)) as client:
        yield client


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> list[bytes | None]:
    """What the short way gave, in order."""
    return _watched(monkeypatch)


def _watched(monkeypatch: pytest.MonkeyPatch) -> list[bytes | None]:
    given: list[bytes | None] = []
    written = ShortWay._written

    def seen(self: ShortWay, *of: Any) -> bytes | None:
        given.append(written(self, *of))
        return given[-1]

    monkeypatch.setattr(ShortWay, "_written", seen)
    return given


class Wire:
    """A connection on which bytes are sent as they are, and answers come as they are."""

    def __init__(self, service: httpx.Client) -> None:
        at = urlsplit(str(service.base_url))
        self.host = f"{at.hostname}:{at.port}"
        self._socket = socket.create_connection((at.hostname, at.port or 80), timeout=30)
        self._rest = b""

    def send(self, content: bytes) -> None:
        self._socket.sendall(content)

    def post(self, query: str, accept: str = "text/csv", more: str = "", kind: str = FORM) -> bytes:
        body = (f"query={quote(query)}" if kind == FORM else query).encode()
        head = f"POST /sparql HTTP/1.1\r\nHost: {self.host}\r\nAccept: {accept}\r\nContent-Type: {kind}\r\n{more}"
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    def get(self, query: str, accept: str = "text/csv", more: str = "") -> bytes:
        line = f"GET /sparql?query={quote(query)} HTTP/1.1\r\n"
        return f"{line}Host: {self.host}\r\nAccept: {accept}\r\n{more}\r\n".encode()

    def answer(self) -> bytes:
        """The next whole answer."""
        while b"\r\n\r\n" not in self._rest:
            self._more()
        head, _, rest = self._rest.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: ([0-9]+)", head)
        assert length, head
        while len(rest) < int(length[1]):
            self._more()
            rest = self._rest.partition(b"\r\n\r\n")[2]
        self._rest = rest[int(length[1]) :]
        return head + b"\r\n\r\n" + rest[: int(length[1])]

    def ask(self, request: bytes) -> bytes:
        self.send(request)
        return self.answer()

    def _more(self) -> None:
        received = self._socket.recv(65536)
        assert received, self._rest
        self._rest += received

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def wire(service: httpx.Client) -> Iterator[Wire]:
    found = Wire(service)
    yield found
    found.close()


def _but_number(answer: bytes) -> bytes:
    assert _NUMBER.search(answer), answer
    return _NUMBER.sub(b"", answer)


def test_the_answer_is_the_same_byte_for_byte(wire: Wire, short: list[bytes | None]) -> None:
    for make in (wire.post, wire.get, partial(wire.post, kind="application/sparql-query")):
        for accept in ("text/csv", "application/sparql-results+json", "*/*, text/csv;q=0.1"):
            request = make(ONE.format(1), accept)
            whole, one, other = (wire.ask(request) for _ in range(3))
            assert short[-2:] == [one, other], "both went the short way"
            assert _but_number(whole) == _but_number(one) == _but_number(other)
            assert len({found[1] for a in (whole, one, other) if (found := _NUMBER.search(a))}) == 3


_ACCEPTS = st.sampled_from(
    ["text/csv", "text/turtle", "application/sparql-results+xml", "text/*;q=0.5, */*;q=0.1", "image/png"]
)
_MORE = st.sampled_from(
    [
        "",
        "Accept-Encoding: gzip\r\n",
        "Accept-Encoding: gzip;q=0\r\n",
        "User-Agent: a %s 100%\r\n",
        "X-Request-ID: mine\r\n",
        "Connection: keep-alive\r\n",
    ]
)
_ASKED = st.sampled_from(
    [
        ONE.format("1 2 3"),
        ONE.format("%s"),
        "ASK {}",
        "CONSTRUCT { <a> <b> 'é' } {}",
        "SELECT nonsense",
        "SELECT * { SERVICE <http://e/> {} }",
        "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 40",
        "",
    ]
)


@given(st.lists(st.tuples(st.booleans(), _ASKED, _ACCEPTS, _MORE), min_size=1, max_size=6))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_in_whatever_order(service: httpx.Client, asked: list[tuple[bool, str, str, str]]) -> None:
    """The same question comes twice; once more it comes with what always goes the whole way."""
    wire = Wire(service)
    try:
        for is_get, query, accept, more in asked:
            make = wire.get if is_get else wire.post
            first, second = (_headers(wire.ask(make(query, accept, more))) for _ in range(2))
            whole = _headers(wire.ask(make(query, accept, more + "X-Anything: else\r\n")))
            assert first == second == whole
    finally:
        wire.close()


def _headers(answer: bytes) -> bytes:
    return re.sub(rb"x-request-id: [^\r]*\r\n", b"", answer)


def test_what_is_private_is_seen_by_who_may_and_by_nobody_else(
    built: Tenants, service: httpx.Client, short: list[bytes | None]
) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    headers = {"accept": "text/csv", "accept-encoding": "identity"}
    for _ in range(3):
        anybody = ask(service, query, headers)
        theirs = ask(service, query, {**headers, "authorization": f"Bearer {built.tokens['provider']}"})
        bad = ask(service, query, {**headers, "authorization": "Bearer mcqms_nobody"})
        assert anybody.status_code == theirs.status_code == 200 and bad.status_code == 401
        assert "mine" in theirs.text and "mine" not in anybody.text and TRACE not in anybody.text
    assert len(short) == 2 and all(given and b"mine" not in given for given in short)


def test_what_was_written_is_seen_at_once(tmp_path: Path, short: list[bytes | None]) -> None:
    built = tenants(tmp_path)
    query = "SELECT (COUNT(*) AS ?n) { <http://e/new> <http://e/p> ?o }"
    sent = {"authorization": f"Bearer {built.tokens['admin']}", "content-type": "text/turtle"}
    with live(partial(Serving, built.folder, LIMITS, 1)) as service:
        for number in range(5):
            for _ in range(2):
                assert ask(service, query, {"accept": "text/csv"}).text == f"n\r\n{number}\r\n"
            facts = ", ".join(str(n) for n in range(number + 1))
            made = service.post("/datasets/school", headers=sent, content=f"<http://e/new> <http://e/p> {facts} .")
            assert made.status_code == 201, made.text
    assert len([given for given in short if given]) >= 8


def test_the_rate_counts_each_request_once(tmp_path: Path, short: list[bytes | None]) -> None:
    front = Front(limits=ServiceLimits(rate_per_minute=1, rate_burst=6))
    with live(partial(Serving, tenants(tmp_path).folder, LIMITS, 1), front) as service:
        wire = Wire(service)
        queries = [
            ONE.format(1),
            ONE.format(1),
            "SELECT nonsense",
            ONE.format(2),
            ONE.format(2),
            "ASK {}",
            "ASK {}",
            ONE.format(1),
        ]
        answers = [wire.ask(wire.post(query, "application/sparql-results+json")) for query in queries]
        wire.close()
    assert [int(answer[9:12]) for answer in answers] == [200, 200, 400, 200, 200, 200, 429, 429]
    assert len(short) == 5, "the second to the sixth, of which the third had to go on"


def test_requests_that_come_in_pieces_or_all_at_once(wire: Wire) -> None:
    wire.ask(wire.post(ONE.format(0)))
    for size in (1, 7, 100):
        request = wire.post(ONE.format(size))
        for start in range(0, len(request), size):
            wire.send(request[start : start + size])
            time.sleep(0 if size < 7 else 0.01)
        assert wire.answer().endswith(f"x\r\n{size}\r\n".encode())
    wire.send(b"".join(wire.post(ONE.format(n)) if n % 3 else wire.get(ONE.format(n)) for n in range(30)))
    for number in range(30):
        assert wire.answer().endswith(f"x\r\n{number}\r\n".encode()), "answers come in the order of the requests"


def test_a_request_that_ends_the_connection_ends_it(wire: Wire) -> None:
    wire.ask(wire.post(ONE.format(1)))
    assert b"connection: close" in wire.ask(wire.post(ONE.format(1), more="Connection: close\r\n"))
    with pytest.raises(AssertionError):
        wire.answer()


def test_who_goes_before_the_answer_leaves_nothing_behind(service: httpx.Client) -> None:
    for number in range(40):
        wire = Wire(service)
        wire.ask(wire.post("ASK {}", "*/*"))
        wire.send(wire.post(f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {number + 1}", "*/*"))
        wire.close()
    assert ask(service, "ASK {}", {}, "*/*").status_code == 200


def test_requests_on_it_are_logged_and_counted(
    wire: Wire, service: httpx.Client, short: list[bytes | None], caplog: pytest.LogCaptureFixture
) -> None:
    query = ONE.format("'logged'")
    wire.ask(wire.post(query))
    counted = _count(service)
    with caplog.at_level(logging.INFO, "mcqms.requests"):
        answer = wire.ask(wire.post(query))
    assert short == [answer] or short[-1] == answer
    line = json.loads(caplog.records[-1].message)
    assert line["route"] == "/sparql" and line["status"] == 200 and line["caller"] == "anybody"
    assert f"x-request-id: {line['request']}".encode() in answer and answer.endswith(b"logged\r\n")
    assert line["bytes"] == len(b"x\r\nlogged\r\n") and "logged" not in caplog.records[-1].message
    assert _count(service) == counted + 1


def _count(service: httpx.Client) -> float:
    found = re.search(
        r'mcqms_requests_total\{method="POST",route="/sparql",status="200"\} ([0-9.]+)', service.get("/metrics").text
    )
    assert found
    return float(found[1])


def test_an_error_nobody_foresaw_on_it(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    wire.ask(wire.post(ONE.format(1)))
    monkeypatch.setattr(ShortWay, "_written", broken)
    assert wire.ask(wire.post(ONE.format(1))).startswith(b"HTTP/1.1 200"), "the whole way is still there"
    monkeypatch.setattr(Desk, "known", broken)
    answer = wire.ask(wire.post(ONE.format(1)))
    assert answer.startswith(b"HTTP/1.1 500") and b"Zero" not in answer


def test_the_same_bytes_are_the_same_request(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not taken apart again, until something is written; and never where they are only a part of what came."""
    one, two = wire.post(ONE.format(1)), wire.post(ONE.format(2))
    first, taken = wire.ask(one), list[bytes]()
    again = ShortWay.again

    def watched(self: ShortWay, received: bytes, host: str | None) -> bytes | None:
        answer = again(self, received, host)
        if answer:
            taken.append(answer)
        return answer

    monkeypatch.setattr(ShortWay, "again", watched)
    wire.ask(one), wire.ask(one)
    assert taken and wire.ask(one) == taken[-1]
    assert taken[-1].partition(b"\r\n\r\n")[2] == first.partition(b"\r\n\r\n")[2]
    numbers = {re.search(rb"x-request-id: (\w+)", answer)[1] for answer in taken}  # type: ignore[index]  # it is in each
    assert len(numbers) == len(taken), "each has its own number"
    before = len(taken)
    wire.send(one + one + two)
    assert [wire.answer() for _ in range(3)] and len(taken) == before, "three that came together"
    wire.send(one[:40])
    time.sleep(0.2)
    wire.send(one[40:] + one[:7])
    assert wire.answer() and len(taken) == before
    wire.send(one[7:])
    assert wire.answer() and len(taken) == before, "whose beginning came before"
    assert wire.ask(one) and len(taken) == before + 1
    wire.send(one[:40])
    time.sleep(0.2)
    wire.send(one)
    assert not wire.answer().startswith(b"HTTP/1.1 200") and len(taken) == before + 1, "inside of another"


def test_a_head_that_is_known_is_not_taken_apart_again(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands in the body: answers come in order, errors as on the whole way, and bodies when they are whole."""
    taken: list[bytes] = []
    take = BoundedConnection._take

    def seen(self: BoundedConnection, data: bytes) -> None:
        taken.append(data)
        take(self, data)

    monkeypatch.setattr(BoundedConnection, "_take", seen)
    requests = [wire.post(ONE.format(700_000 + n)) for n in range(12)]
    answers = [wire.ask(request) for request in requests[:3]]
    taken.clear()
    for n, request in enumerate(requests[3:6], 3):
        answer = wire.ask(request)
        assert answer.endswith(f"x\r\n{700_000 + n}\r\n".encode())
        assert answer.count(b"\r\n") == answers[2].count(b"\r\n"), "the same lines"
    assert not taken
    for request in requests[6:9]:
        wire.send(request)
        time.sleep(0.001)
    assert [wire.answer()[-8:-2] for _ in range(3)] == [b"700006", b"700007", b"700008"]
    wire.send(requests[9][:-4])
    time.sleep(0.1)
    assert wire.ask(requests[9][-4:])[-8:-2] == b"700009"
    wire.send(requests[10] + requests[11][:50])
    assert wire.answer()[-8:-2] == b"700010"
    assert wire.ask(requests[11][50:])[-8:-2] == b"700011"
    broken = requests[0].replace(b"700000", b"70000x")
    taken.clear()
    refused = wire.ask(broken)
    assert refused.startswith(b"HTTP/1.1 400 ") and taken == [broken]
    assert wire.ask(requests[0].replace(b"700000", b"700099"))[-8:-2] == b"700099"


def test_what_has_a_known_head_is_known_by_its_bytes_too(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time its answer is remembered, the third time nothing of it is looked at."""
    given: list[bytes | None] = []
    again = ShortWay.again

    def seen(self: ShortWay, *of: Any) -> bytes | None:
        given.append(again(self, *of))
        return given[-1]

    monkeypatch.setattr(ShortWay, "again", seen)
    for n in range(2):
        wire.ask(wire.post(ONE.format(800_000 + n)))
    given.clear()
    answers = [wire.ask(wire.post(ONE.format(800_009))) for _ in range(3)]
    assert [bool(answer) for answer in given] == [False, False, True]
    assert {answer.partition(b"\r\n\r\n")[2] for answer in answers} == {b"x\r\n800009\r\n"}


def test_heads_that_callers_make_up_do_not_fill_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mcqms_kg.service.short_way._KEPT", 20)
    ways: list[ShortWay] = []
    learn = ShortWay.learn

    def learning(self: ShortWay, *of: Any) -> None:
        ways.append(self)
        learn(self, *of)

    monkeypatch.setattr(ShortWay, "learn", learning)
    with live(partial(Serving, tenants(tmp_path).folder, LIMITS, 1)) as service:
        for number in range(70):
            assert ask(service, "ASK {}", {"user-agent": f"made up {number}"}, "*/*").status_code == 200
    assert 0 < len(ways[-1]._heads) <= 20


def test_a_name_that_is_not_ours_is_not_answered_after_ours_was(wire: Wire) -> None:
    request = wire.post(ONE.format(1))
    assert wire.ask(request) and wire.ask(request)
    other = request.replace(wire.host.encode(), b"evil.example")
    assert wire.ask(other).startswith(b"HTTP/1.1 400")


@settings(max_examples=300)
@given(st.lists(st.sampled_from(["%", "%4", "%41", "%3D", "%0a", "%25", "=", "a", "_", " ", "\t", "\r", "\n", "."])))
def test_values_are_read_as_the_library_of_python_reads_them(pieces: list[str]) -> None:
    written = "".join(pieces)
    assert _unquoted(written) == unquote_to_bytes(written)


def test_who_is_gone_before_the_answer_has_a_status_of_its_own(
    service: httpx.Client, short: list[bytes | None], caplog: pytest.LogCaptureFixture
) -> None:
    """On the short way, and on the whole way with half a body."""
    quick, slow = ("SELECT ?x {}", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(?c = ?f) }")
    wire = Wire(service)
    with caplog.at_level(logging.INFO, "mcqms.requests"):
        for _ in range(2):
            wire.ask(wire.post(quick.ljust(len(slow)), kind="application/sparql-query"))
        assert short[-1], "it went the short way"
        wire.send(wire.post(slow, kind="application/sparql-query"))
        wire.close()
        half = Wire(service)
        half.send(half.post(quick, more="X-Other: a\r\n")[:-3])
        half.close()
        until = time.monotonic() + 60
        while time.monotonic() < until and sum('"status": 499' in text for text in caplog.messages) < 2:
            time.sleep(0.05)
    found = [json.loads(text)["status"] for text in caplog.messages if '"route": "/sparql"' in text]
    assert sorted(found) == [200, 200, 499, 499]
