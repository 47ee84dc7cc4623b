"""Attacks through the pages: forms of others, addresses that are scripts, what is private to somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SCRIPT = '"><script>alert(4711)</script>'
EVIL = "http://evil.example"
FORM = "application/x-www-form-urlencoded"


class Visit(NamedTuple):
    """A request with the cookie of a provider who is signed in, and with the proof of its forms where it says so."""

    name: str
    promise: str
    method: str
    path: str
    status: int
    headers: Mapping[str, str] = {}
    fields: Mapping[str, str] = {}
    proves: bool = False


def _forged(name: str, path: str, **headers: str) -> Visit:
    return Visit(name, "pages", "POST", path, 403, {"origin": EVIL, **headers}, {"dataset": "mine"}, True)


def _private(path: str) -> Visit:
    return Visit(f"a page of another's dataset: {path}", "private", "GET", path, 404)


PAGES = (
    _forged("a check begun by a page elsewhere", "/check/dataset"),
    _forged("a sign-out by a page elsewhere", "/sign-out"),
    _forged("a sign-in by a page elsewhere", "/sign-in"),
    _forged("a form that says it came from nowhere", "/check/dataset", origin="null"),
    Visit("a form without proof", "pages", "POST", "/check/dataset", 403, {}, {"dataset": "mine"}),
    Visit("a form with an old proof", "pages", "POST", "/check/dataset", 403, {}, {"form": "A" * 43}),
    Visit("a form of another kind", "pages", "POST", "/sign-out", 400, {"content-type": "text/plain"}, {}, True),
    Visit("a form without end", "requests", "POST", "/sign-out", 413, {}, {"form": "A" * 30_000}, False),
    Visit("a form of a thousand fields", "requests", "POST", "/sign-out", 400, {}, {f"f{n}": "" for n in range(900)}),
    Visit("a dataset handed in with a cookie", "pages", "POST", "/datasets/mine", 401, {"content-type": "text/turtle"}),
    Visit("an update with a cookie", "pages", "POST", "/sparql", 401, {}, {"update": "CLEAR DEFAULT"}),
    Visit("a job ended with a cookie", "pages", "DELETE", "/jobs/0123", 404),
    Visit("a script as an address", "pages", "GET", f"/nowhere/{SCRIPT}", 404),
    Visit("a script as a finding", "pages", "GET", f"/finding/{SCRIPT}", 404),
    Visit("a script as a provider", "pages", "GET", f"/provider?dataset=school&id={SCRIPT}", 404),
    Visit("a script as a filter", "pages", "GET", f"/?clause={SCRIPT}&sector={SCRIPT}", 200),
    Visit("a script as a language", "pages", "GET", f"/?lang={SCRIPT}", 200),
    Visit("a way out after signing in", "pages", "GET", "/sign-in?next=//evil.example/x", 200),
    Visit("a file of the machine as a style sheet", "names", "GET", "/static/0/..%2f..%2f..%2fapp.py", 404),
    Visit("a thing that ends its query", "names in pages", "GET", "/thing?of=http://e/x%3E%20%7D%20%23", 400),
    Visit("a thing of another's dataset", "names in pages", "GET", "/thing?of=http://e/hidden", 404),
    Visit("a folder as a file from npm", "front end", "GET", "/static/0/vendor/..%2f..%2fTHIRD-PARTY.txt", 404),
    Visit("a check that is kept of another's", "kept checks", "GET", "/check/0123456789abcdef0123456789abcdef", 404),
    Visit("a kept check that is a way", "kept checks", "GET", "/check/..%2f..%2fchecks%2fothers/report", 404),
    _private("/provider?dataset=others&id=x"),
    _private("/provider?check=0123456789abcdef0123456789abcdef&id=x"),
    _private("/comparison?old=0123&new=4567"),
)
