"""Attacks that are well-formed requests: parameters, bodies, addresses, names, headers and tokens that are not what they should be."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Any, NamedTuple

from service.issuer import confused, token, unsigned
from service.tenants import OTHERS, PROVENANCE


class Ask(NamedTuple):
    """A request and what must come of it; `who` sends it."""

    name: str
    promise: str
    method: str
    path: str
    status: int
    says: str = ""
    headers: Mapping[str, str] = {}
    body: bytes | None = None
    params: Any = None
    who: str = ""


QUERY, FORM, UPDATE = "application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update"
SECRETS = "SELECT ?o { ?s <http://e/p> ?o }"
PUBLIC = "everybody"
GUESS = "mcqms_0000000000000000_" + "a" * 43
BOMB = gzip.compress(b"#" * 20_000_000, mtime=0)


def _body(name: str, promise: str, kind: str, body: bytes, status: int, **more: str) -> Ask:
    return Ask(name, promise, "POST", "/sparql", status, headers={"content-type": kind, **more}, body=body)


def _bearer(name: str, sent: str, promise: str = "tokens") -> Ask:
    return Ask(name, promise, "GET", "/sparql", 401, headers={"authorization": sent}, params={"query": SECRETS})


def _trusting(name: str, headers: Mapping[str, str], promise: str = "roles") -> Ask:
    """A request with headers that somebody might believe: it is answered, and as to anybody."""
    sent = {"accept": "text/csv", **headers}
    return Ask(name, promise, "GET", "/sparql", 200, PUBLIC, sent, params={"query": SECRETS})


ASKS = (
    # bodies that are taken for something else
    _body("a body of UTF-16", "requests", f"{QUERY}; charset=utf-16", "ASK {}".encode("utf-16"), 415),
    _body("a body of UTF-7", "requests", f"{QUERY}; charset=utf-7", b"ASK +AHs-+AH0-", 415),
    _body("a body that is not UTF-8", "requests", QUERY, b"ASK { \xc0\xaf }", 400),
    _body("a form that is not UTF-8", "requests", FORM, b"query=ASK%20%7B%C0%AF%7D", 400),
    _body("a query as plain text", "requests", "text/plain", b"ASK {}", 415),
    _body("a query as JSON", "requests", "application/json", b'{"query": "ASK {}"}', 415),
    _body("a form in parts", "requests", "multipart/form-data; boundary=x", b"--x--", 415),
    _body("a query without a type", "requests", "", b"ASK {}", 415),
    _body("a query in a type that is one of ours at first", "requests", f"{QUERY}x", b"ASK {}", 415),
    _body("a bomb of gzip", "requests", QUERY, BOMB, 413, **{"content-encoding": "gzip"}),
    _body("a form of five thousand fields", "requests", FORM, b"&".join([b"a=1"] * 5000), 400),
    _body("a query in the body and an update", "write", FORM, b"query=ASK%20%7B%7D&update=DROP%20ALL", 401),
    _body("an update in a form", "write", FORM, b"update=DROP%20ALL", 401),
    _body("an update", "write", UPDATE, b"DROP ALL", 401),
    Ask("an update by GET", "write", "GET", "/sparql", 400, params={"update": "DROP ALL"}),
    # parameters twice
    Ask("two queries", "requests", "GET", "/sparql", 400, params=[("query", "ASK {}"), ("query", SECRETS)]),
    Ask("a query that is a list", "requests", "GET", "/sparql", 400, params={"query[]": "ASK {}"}),
    Ask("no query", "requests", "GET", "/sparql", 400, params={"other": "x"}),
    Ask("two graphs", "requests", "GET", "/graphs", 400, params=[("graph", OTHERS), ("graph", "http://e/g")]),
    Ask("a graph and the default", "requests", "GET", "/graphs", 400, params={"graph": OTHERS, "default": ""}),
    Ask("ten thousand formats", "requests", "GET", "/graphs", 406, headers={"accept": "x/y," * 1500}, params="default"),
    Ask(
        "weights that are no numbers",
        "requests",
        "GET",
        "/graphs",
        406,
        headers={"accept": "text/turtle;q=nan"},
        params="default",
    ),
    Ask(
        "weights without end",
        "requests",
        "GET",
        "/sparql",
        406,
        headers={"accept": "*/*;q=1e999"},
        params={"query": "ASK {}"},
    ),
    # ways to files
    Ask("up the folders", "names", "GET", "/../../../../etc/passwd", 404),
    Ask("up the folders, encoded", "names", "GET", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", 404),
    Ask("up the folders, encoded twice", "names", "GET", "/%252e%252e/etc/passwd", 404),
    Ask("up the folders with backslashes", "names", "GET", "/..%5c..%5cetc%5cpasswd", 404),
    Ask("a null byte in the address", "names", "GET", "/sparql%00.ttl", 404),
    Ask("the file of the tokens", "names", "GET", "/tokens.json", 404),
    Ask("the audit log", "names", "GET", "/audit.jsonl", 404),
    Ask("a graph that is a file", "names", "GET", "/graphs", 404, params={"graph": "file:///etc/passwd"}),
    Ask("a graph that is up the folders", "names", "GET", "/graphs", 400, params={"graph": "../../others/1"}),
    Ask(
        "a graph that breaks out of its IRI",
        "names",
        "GET",
        "/graphs",
        400,
        params={"graph": "http://e/> { ?s ?p ?o } #"},
    ),
    Ask("a graph with a line break", "names", "GET", "/graphs", 400, params={"graph": "http://e/\r\nX: y"}),
    # to what is private
    Ask("another's graph", "private", "GET", "/graphs", 404, params={"graph": OTHERS}, who="provider"),
    Ask(
        "another's graph, asked of the default",
        "private",
        "GET",
        "/sparql",
        200,
        headers={"accept": "text/csv"},
        params={"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": OTHERS},
        who="provider",
    ),
    Ask(
        "another's provenance",
        "private",
        "GET",
        "/graphs",
        404,
        params={"graph": f"{PROVENANCE}/private/others"},
        who="provider",
    ),
    Ask(
        "another's graph, overwritten",
        "private",
        "PUT",
        "/graphs",
        403,
        params={"graph": OTHERS},
        body=b"",
        who="provider",
    ),
    Ask("another's graph, deleted", "private", "DELETE", "/graphs", 403, params={"graph": OTHERS}, who="provider"),
    # to be somebody else
    _bearer("a token that was guessed", f"Bearer {GUESS}"),
    _bearer("a token of nothing", "Bearer"),
    _bearer("a word", "admin"),
    _bearer("a password", "Basic YWRtaW46YWRtaW4="),
    _bearer("a token in two words", f"Bearer {GUESS} {GUESS}"),
    _bearer("a token that is long", f"Bearer {'a' * 7000}"),
    _bearer("a token with a quote", "Bearer ' OR '1'='1"),
    _bearer(
        "a token without algorithm", f"Bearer {unsigned({'alg': 'none', 'kid': 'rsa'}, mcqms_role='admin')}", "issuers"
    ),
    _bearer("a token with the public key as secret", f"Bearer {confused()}", "issuers"),
    _bearer("a token of an issuer that nobody named", f"Bearer {token(mcqms_role='admin')}", "issuers"),
    _trusting("a role in a header", {"x-role": "admin", "x-user": "admin", "x-forwarded-user": "admin"}),
    _trusting("a role in a cookie", {"cookie": "role=admin; session=admin; token=" + GUESS}),
    _trusting(
        "a way from this machine",
        {"x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1", "forwarded": "for=127.0.0.1"},
    ),
    _trusting("another address asked for", {"x-original-url": "/graphs", "x-rewrite-url": "/graphs"}, "requests"),
    _trusting("another method asked for", {"x-http-method-override": "DELETE"}, "requests"),
    _trusting("another host forwarded", {"x-forwarded-host": "evil.example"}, "door"),
    _trusting("a page of another origin", {"origin": "https://evil.example"}, "browsers"),
    _trusting("a page that is a file", {"origin": "null"}, "browsers"),
    Ask(
        "a page that asks whether it may",
        "browsers",
        "OPTIONS",
        "/sparql",
        204,
        headers={
            "origin": "https://evil.example",
            "access-control-request-method": "POST",
            "access-control-request-headers": "authorization",
        },
    ),
    Ask(
        "a form of another page",
        "browsers",
        "POST",
        "/sparql",
        401,
        headers={"content-type": FORM, "origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        body=b"update=DROP%20ALL",
    ),
    # to what should not be there
    Ask("pages of help that load scripts", "errors", "GET", "/docs", 404),
    Ask("a folder of secrets", "errors", "GET", "/.git/config", 404),
    Ask("a file of secrets", "errors", "GET", "/.env", 404),
    Ask("a method that is not known", "errors", "PATCH", "/sparql", 405),
)
