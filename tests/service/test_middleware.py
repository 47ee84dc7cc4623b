"""What stands before the routes: who is let in, how often, with how much, and what is written down of it."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import logging
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import httpx
import pytest

import mcqms_kg
from mcqms_kg.cli.app import app
from mcqms_kg.service.callers.access import ANYBODY, Action, Caller, Role, permit
from mcqms_kg.service.callers.keys import Keys
from mcqms_kg.service.callers.oidc import Issuer
from mcqms_kg.service.callers.rate import Rate, neighbourhood
from mcqms_kg.service.http.doorway import Door, networks
from mcqms_kg.service.middleware import LOOPBACK, Front
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import Oidc, QueryLimits, ServiceLimits, cors_origins
from service.issuer import AUDIENCE, ISSUER, KEYS, STRANGER, token
from service.live import live, running_application
from service.tenants import TRACE, Tenants, ask, tenants

LIMITS = QueryLimits(query_timeout_s=20)
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Tenants:
    return tenants(tmp_path_factory.mktemp("front"))


@pytest.fixture(scope="module")
def service(built: Tenants) -> Iterator[httpx.Client]:
    issuer = Issuer(Oidc(ISSUER, AUDIENCE), Keys(lambda: KEYS))
    with live(
        partial(Serving, built.folder, LIMITS, 1), Front(issuer=issuer, origins=("https://good.example",))
    ) as client:
        yield client


@pytest.fixture
def another(tmp_path: Path) -> Tenants:
    return tenants(tmp_path)


def test_a_token_that_is_not_good_is_told_so_even_for_what_is_public(service: httpx.Client, built: Tenants) -> None:
    for value in ("Bearer x", "Bearer mcqms_0000000000000000_" + "a" * 43, "Basic YTpi", "Bearer", "", "Bearer a b"):
        response = ask(service, "ASK {}", {"authorization": value}, "application/json")
        assert response.status_code == 401, value
        assert response.headers["www-authenticate"] == 'Bearer realm="mcqms", error="invalid_token"'
        assert response.headers["content-type"] == "application/problem+json"
    two = [("authorization", value) for value in (built.headers("admin")["authorization"],) * 2]
    assert service.get("/sparql", params={"query": "ASK {}"}, headers=two).status_code == 401
    as_parameter = service.get(
        "/sparql", params={"query": "SELECT ?o {?s <http://e/p> ?o}", "access_token": built.tokens["admin"]}
    )
    assert as_parameter.status_code == 200 and TRACE not in as_parameter.text, "a token in an address is no token"


def test_an_issuers_token_is_as_good_as_ours(service: httpx.Client) -> None:
    query = "SELECT ?o { ?s <http://e/p> ?o }"
    for sent, sees in ((token(mcqms_datasets="others"), True), (token(), False), (token(mcqms_role="regulator"), True)):
        response = ask(service, query, {"authorization": f"Bearer {sent}"})
        assert response.status_code == 200 and (TRACE in response.text) == sees
    assert ask(service, query, {"authorization": f"Bearer {token(STRANGER)}"}).status_code == 401


def test_a_revoked_token_is_refused_by_the_service_that_runs(service: httpx.Client, built: Tenants) -> None:
    sent = mcqms_kg.new_token("For a moment", "learner", workspace=built.folder)
    headers = {"authorization": f"Bearer {sent}"}
    assert ask(service, "ASK {}", headers, "application/json").status_code == 200
    mcqms_kg.revoke_token("For a moment", workspace=built.folder)
    assert ask(service, "ASK {}", headers, "application/json").status_code == 401


def test_a_file_of_tokens_that_cannot_be_used_lets_nobody_in(service: httpx.Client, built: Tenants) -> None:
    file = built.folder / "tokens.json"
    file.chmod(0o644)
    try:
        refused = ask(service, "ASK {}", built.headers("admin"), "application/json")
        assert refused.status_code == 503 and str(built.folder) not in refused.text
        assert ask(service, "ASK {}", {}, "application/json").status_code == 200
    finally:
        file.chmod(0o600)


@pytest.mark.parametrize(
    ("caller", "action", "dataset", "may"),
    [
        (Caller("a", Role.PROVIDER, frozenset(["mine"])), Action.IMPORT, "mine", True),
        (Caller("a", Role.PROVIDER, frozenset(["mine"])), Action.IMPORT, "others", False),
        (Caller("a", Role.PROVIDER, frozenset(["mine"])), Action.IMPORT, None, False),
        (Caller("a", Role.PROVIDER, frozenset(["mine"])), Action.UPDATE, None, False),
        (Caller("a", Role.AUDITOR, frozenset(["mine"])), Action.IMPORT, "mine", False),
        (Caller("a", Role.AUDITOR), Action.CHECK, "mine", True),
        (Caller("a", Role.REGULATOR), Action.CHECK, "mine", True),
        (Caller("a", Role.REGULATOR), Action.IMPORT, "mine", False),
        (Caller("a", Role.LEARNER), Action.CHECK, None, False),
        (Caller("a", Role.ADMIN), Action.IMPORT, "mine", True),
        (Caller("a", Role.ADMIN), Action.IMPORT, "shipped", False),
        (ANYBODY, Action.READ, None, True),
        (ANYBODY, Action.IMPORT, "mine", False),
    ],
)
def test_who_may_do_what(caller: Caller, action: Action, dataset: str | None, may: bool) -> None:
    if may:
        permit(caller, action, dataset)
        return
    kind = mcqms_kg.errors.Unauthenticated if caller == ANYBODY else mcqms_kg.errors.Forbidden
    with pytest.raises(kind) as refused:
        permit(caller, action, dataset)
    assert type(refused.value) is kind


def test_requests_are_numbered_and_logged_without_what_was_sent(
    service: httpx.Client, built: Tenants, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "mcqms.requests"):
        response = ask(
            service,
            f"ASK {{ ?s ?p '{TRACE}' }}",
            {**built.headers("rival"), "x-request-id": "abc-1.2"},
            "application/json",
        )
        assert response.headers["x-request-id"] == "abc-1.2"
        made = {
            service.get("/nothing/here", headers={"x-request-id": given}).headers["x-request-id"]
            for given in ("", "a b", "x" * 65, "{}", 'a"b')
        }
    assert len(made) == 5 and all(re.fullmatch("[0-9a-f]{32}", number) for number in made)
    lines = [json.loads(record.message) for record in caplog.records if record.name == "mcqms.requests"]
    first = lines[0]
    assert (first["request"], first["method"], first["route"], first["status"]) == ("abc-1.2", "GET", "/sparql", 200)
    assert first["caller"] == "rival" and first["bytes"] == len(response.content) and first["ms"] > 0
    assert lines[1]["route"] is None and lines[1]["status"] == 404
    said = "".join(record.message for record in caplog.records)
    assert not any(text in said for text in (TRACE, "ASK", "nothing", "127.0.0.1", built.tokens["rival"]))


def test_an_error_nobody_foresaw_shows_a_number_and_nothing_else(
    another: Tenants, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(f"the secret is {TRACE}")

    monkeypatch.setattr("mcqms_kg.query.desk.desk.Desk.answered", broken)
    with live(partial(Serving, another.folder, LIMITS, 1)) as service, caplog.at_level(logging.INFO, "mcqms.requests"):
        response = ask(service, "ASK {}", {})
    assert response.status_code == 500 and response.headers["content-type"] == "application/problem+json"
    assert response.json()["request"] == response.headers["x-request-id"]
    assert "Zero" not in response.text and "Traceback" not in response.text and TRACE not in response.text
    told = next(json.loads(r.message) for r in caplog.records if "ZeroDivisionError" in r.message)
    assert told["request"] == response.headers["x-request-id"] and "test_middleware.py" in told["where"][-1]
    assert TRACE not in caplog.text


def test_origins_that_are_named_may_read_and_no_others(service: httpx.Client) -> None:
    asked = {"access-control-request-method": "GET", "access-control-request-headers": "authorization"}
    for origin, allowed in (
        ("https://good.example", True),
        ("https://good.example.evil.example", False),
        ("null", False),
    ):
        answer = service.get("/sparql?query=ASK%20%7B%7D", headers={"origin": origin})
        before = service.options("/sparql", headers={"origin": origin, **asked})
        for response in (answer, before):
            assert (response.headers.get("access-control-allow-origin") == origin) == allowed
            assert "access-control-allow-credentials" not in response.headers
        assert before.status_code == (200 if allowed else 400)


@pytest.mark.parametrize(
    "given", ["*", "https://a.example/x", "null", "a.example", "https://*.example", "javascript:1"]
)
def test_what_is_no_origin(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("MCQMS_CORS_ORIGINS", f"https://good.example, {given}")
    with pytest.raises(mcqms_kg.errors.BadValue, match="MCQMS_CORS_ORIGINS"):
        cors_origins()
    monkeypatch.setenv("MCQMS_CORS_ORIGINS", "https://good.example, http://localhost:3000")
    assert cors_origins() == ("https://good.example", "http://localhost:3000")


def test_who_asks_too_often_waits_and_nobody_else(another: Tenants) -> None:
    front = Front(limits=ServiceLimits(rate_per_minute=60, rate_burst=3))
    with live(partial(Serving, another.folder, LIMITS, 1), front) as service:
        statuses = [service.get("/graphs").status_code for _ in range(5)]
        assert statuses == [400, 400, 400, 429, 429]
        refused = service.get("/graphs")
        assert (
            int(refused.headers["retry-after"]) == 1 and refused.headers["content-type"] == "application/problem+json"
        )
        assert service.get("/graphs", headers=another.headers("rival")).status_code == 400, "callers have a bucket each"
        guesses = [service.get("/graphs", headers={"authorization": "Bearer x"}).status_code for _ in range(2)]
        assert guesses == [429, 429], "guessing counts against the address"
        time.sleep(1.1)
        assert service.get("/graphs").status_code == 400


def test_buckets_fill_and_are_forgotten() -> None:
    now = 0.0
    rate = Rate(60, 2, lambda: now)
    assert [rate.wait("a") for _ in range(3)] == [0, 0, 1.0]
    now = 0.5
    assert rate.wait("a") == pytest.approx(0.5)
    now = 100.0
    assert [rate.wait("a") for _ in range(3)] == [0, 0, 1.0], "a full bucket is no fuller"
    for number in range(30_000):
        rate.wait(f"somebody {number}")
    assert len(rate._buckets) == 10_000
    assert not any(Rate(0, 1).wait("a") for _ in range(100))


def test_addresses_are_counted_by_subscriber() -> None:
    assert neighbourhood("2001:db8:1:2:3::4") == neighbourhood("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    assert neighbourhood("::ffff:192.0.2.1") == neighbourhood("192.0.2.1") == "192.0.2.1"
    assert neighbourhood("192.0.2.2") != neighbourhood("192.0.2.1") and neighbourhood("x\n") == "unknown"


def scope(peer: str, **headers: str) -> dict[str, object]:
    given = [
        (name.replace("_", "-").encode(), value.encode()) for name, value in {"host": "a.example", **headers}.items()
    ]
    return {"type": "http", "client": (peer, 1), "scheme": "http", "path": "/", "query_string": b"", "headers": given}


def through(door: Door, sent: Mapping[str, object]) -> tuple[int, dict[str, object]]:
    """The status of the refusal, or 200 and the scope as it goes on."""
    from mcqms_kg.service.http.doorway import Doorway

    statuses: list[int] = []
    seen: dict[str, object] = {}

    async def inside(found: dict[str, object], *_: object) -> None:
        seen.update(found)

    async def send(message: dict[str, int]) -> None:
        if "status" in message:
            statuses.append(message["status"])

    asyncio.run(Doorway(inside, door)(dict(sent), None, send))  # type: ignore[arg-type]  # no request body is read
    return (statuses[0] if statuses else 200), seen


def test_only_the_server_in_front_is_let_in_and_its_word_counts() -> None:
    door = Door(("a.example",), networks(["10.0.0.0/24", "2001:db8::1"]))
    assert through(door, scope("203.0.113.9"))[0] == 403
    assert through(door, scope("unknown"))[0] == 403
    status, seen = through(door, scope("10.0.0.7", x_forwarded_for="6.6.6.6, 203.0.113.9", x_forwarded_proto="https"))
    assert (status, seen["address"], seen["scheme"]) == (200, "203.0.113.9", "https"), "the last is what it saw itself"
    assert through(door, scope("::ffff:10.0.0.7", x_forwarded_for="203.0.113.9"))[1]["address"] == "203.0.113.9"
    assert through(door, scope("10.0.0.7", x_forwarded_for="x\ty"))[1]["address"] == "10.0.0.7"
    status, seen = through(door, scope("127.0.0.1", x_forwarded_for="203.0.113.9", x_forwarded_proto="https"))
    assert (status, seen["address"], seen["scheme"]) == (200, "127.0.0.1", "http"), "its word is not asked for"
    assert through(Door(("a.example",)), scope("127.0.0.1", x_forwarded_for="6.6.6.6"))[1]["address"] == "127.0.0.1"
    for wrong in ("10.0.0.0/99", "x", "10.0.0.1/24"):
        with pytest.raises(mcqms_kg.errors.BadValue):
            networks([wrong])


@pytest.mark.parametrize(
    "host", ["b.example", "a.example.evil.example", "a.example:x", "a.example@b", "", "a.example b", "[::1"]
)
def test_other_names_are_not_answered_to(host: str) -> None:
    assert through(Door(("a.example",)), scope("127.0.0.1", host=host))[0] == 400


@pytest.mark.parametrize("host", ["a.example", "A.Example", "a.example:8000"])
def test_its_names_are_answered_to(host: str) -> None:
    assert through(Door(("a.example",)), scope("127.0.0.1", host=host))[0] == 200
    assert ipaddress.ip_address("127.0.0.1").is_loopback and "127.0.0.1" in LOOPBACK


def test_stopping_lets_the_quick_finish_and_tells_the_slow(another: Tenants) -> None:
    told: list[str] = []

    def start() -> Serving:
        serving = Serving(another.folder, LIMITS, 2)
        serving.when_ending(lambda: told.append("ending"))
        return serving

    answers: dict[str, httpx.Response] = {}
    front = Front(limits=ServiceLimits(shutdown_s=2))
    with live(start, front) as service:
        assert ask(service, "ASK {}", {}, "application/json").status_code == 200
        address = str(service.base_url)

        def run_away() -> None:
            answers["slow"] = httpx.get(f"{address}/sparql", params={"query": RUNAWAY}, timeout=60)

        thread = threading.Thread(target=run_away)
        thread.start()
        time.sleep(0.7)
        begun = time.monotonic()
    thread.join()
    assert 1 < time.monotonic() - begun < 8
    assert answers["slow"].status_code == 503 and "stopping" in answers["slow"].json()["detail"]
    assert told == ["ending"]


def test_a_port_that_is_taken_is_told_before_anything_starts(another: Tenants) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with served(another.folder, "--port", str(taken.getsockname()[1])) as refused:
            _, said = refused.communicate(timeout=120)
    assert refused.returncode == 2 and "cannot be listened on" in said and "--port" in said
    assert "Serving" not in said and "Traceback" not in said


def served(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mcqms_kg", "serve", "--workspace", str(folder), *options]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize(
    ("options", "environment", "says"),
    [
        (["--host", "0.0.0.0"], {}, "nothing here encrypts"),  # noqa: S104  # it must be refused, or stands behind a proxy
        (["--host", "0.0.0.0", "--behind-tls", "10.0.0.5"], {}, "no way to tell who they are"),  # noqa: S104  # it must be refused, or stands behind a proxy
        (["--behind-tls", "10.0.0.300"], {}, "does not appear to be an IPv4 or IPv6"),
        (["--name", "*"], {}, "cannot be the name"),
        (["--name", "*.example"], {}, "cannot be the name"),
        ([], {"CORS_ORIGINS": "*"}, "MCQMS_CORS_ORIGINS"),
        ([], {"OIDC_ISSUER": "http://login.example.org", "OIDC_AUDIENCE": "x"}, "https://"),
        ([], {"OIDC_ISSUER": "https://login.example.org"}, "MCQMS_OIDC_AUDIENCE"),
        ([], {"RATE_PER_MINUTE": "0"}, "MCQMS_RATE_PER_MINUTE"),
    ],
)
def test_what_is_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], environment: dict[str, str], says: str
) -> None:
    mcqms_kg.init(tmp_path / "ws")
    for name, value in environment.items():
        monkeypatch.setenv(f"MCQMS_{name}", value)
    with pytest.raises(mcqms_kg.errors.BadValue, match=says):
        app.main(["serve", "--workspace", str(tmp_path / "ws"), *options], standalone_mode=False)


def test_other_machines_are_served_through_the_server_in_front(tmp_path: Path) -> None:
    """On all addresses, with a token given out: this machine is let in, and the name that was given is answered to."""
    built = tenants(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ("--host", "0.0.0.0", "--behind-tls", "10.0.0.5", "--name", "q.example", "--port", str(port))  # noqa: S104  # it must be refused, or stands behind a proxy
    with served(built.folder, *options) as running:
        try:
            assert running.stderr
            assert "everybody reads 1 dataset\n" in running.stderr.readline()
            for _ in range(200):
                try:
                    answer = httpx.get(f"http://127.0.0.1:{port}/graphs", headers={"host": "q.example"}, timeout=30)
                    break
                except httpx.ConnectError:
                    time.sleep(0.1)
            assert answer.status_code == 400 and answer.json()["title"] == "BadQuery"
            line = json.loads(running.stderr.readline())
            assert line["status"] == 400 and line["route"] == "/graphs"
        finally:
            running.send_signal(signal.SIGTERM)
        running.wait(timeout=30)


def test_an_answer_that_took_long_is_sent_whole(another: Tenants) -> None:
    """The time for a request to arrive is over when the answer begins; that must not cut it."""
    from starlette.responses import StreamingResponse

    from mcqms_kg.service import app as applications

    async def late(_: object) -> StreamingResponse:
        await asyncio.sleep(1.5)
        return StreamingResponse(iter([b"x" * 1000] * 500))

    made = applications.application(
        partial(Serving, another.folder, LIMITS, 1), Front(limits=ServiceLimits(request_timeout_s=1))
    )
    made.add_route("/late", late, methods=["GET", "POST"])
    with running_application(made) as address:
        for sent in (None, b"x" * 100):
            found = httpx.request("POST" if sent else "GET", f"{address}/late", content=sent, timeout=30)
            assert found.status_code == 200 and len(found.content) == 500_000
