"""The workbench, attacked in the browser of somebody who is signed in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import httpx
import pytest

from abuse.pages import EVIL, FORM, PAGES, SCRIPT, Visit
from abuse.victim import Victim
from service.tenants import TRACE

ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.fixture(scope="module")
def browser(attacked: Victim) -> Iterator[httpx.Client]:
    """Where the provider of `mine` is signed in."""
    here = str(attacked.client.base_url).rstrip("/")
    with httpx.Client(base_url=here, headers={"accept": ACCEPT, "origin": here}, timeout=30) as client:
        form = _proof(client.get("/sign-in").text)
        token = attacked.built.tokens["provider"]
        assert client.post("/sign-in", data={"form": form, "token": token, "next": "/"}).status_code == 303
        yield client


def _proof(text: str) -> str:
    found = re.search(r'name="form" value="([^"]+)"', text)
    assert found
    return found[1]


@pytest.mark.parametrize("visit", PAGES, ids=lambda visit: visit.name)
def test_pages(target: Victim, browser: httpx.Client, visit: Visit) -> None:
    proof = {"form": _proof(browser.get("/").text)} if visit.proves else {}
    headers = {"content-type": FORM, **visit.headers} if visit.method == "POST" else dict(visit.headers)
    body = urlencode({**proof, **visit.fields}).encode() if visit.method == "POST" else None
    response = browser.request(visit.method, visit.path, headers=headers, content=body)
    assert response.status_code == visit.status, response.text[:500]
    said = response.text + str(response.headers)
    assert SCRIPT not in said and "<script>" not in said and EVIL not in said and 'href="//' not in said
    assert not any(trace in said for trace in (TRACE, "root:", "Traceback", str(target.built.folder)))
    assert not any(token in said for token in target.built.tokens.values())
    assert ">provider</span>" in browser.get("/").text, "the session was ended by an attack"


def test_a_token_in_an_address_is_worth_nothing(target: Victim) -> None:
    token = target.built.tokens["admin"]
    found = target.client.get("/", params={"token": token, "access_token": token}, headers={"accept": ACCEPT})
    assert ">admin</span>" not in found.text


@pytest.mark.usefixtures("target")
@pytest.mark.parametrize("path", ["//evil.example/x", "///evil.example", "//evil.example/..%2f", "/%2fevil.example/x"])
def test_an_address_of_ours_leads_nowhere_else(browser: httpx.Client, path: str) -> None:
    """The page that says that nothing is there links to itself, in each language."""
    page = browser.get(f"{str(browser.base_url).rstrip('/')}{path}")
    assert page.status_code == 404 and "evil.example" in page.text
    assert not re.search(r"""(href|action|src)=["']?(//|/\\|[a-z]+:)""", page.text)


def test_a_name_in_data_leads_nowhere_else(target: Victim, browser: httpx.Client) -> None:
    """It looks like one of ours, whose page stands at its path."""
    home, about = "https://w3id.org/mcqms/", "https://example.org/leading"
    names = " , ".join(
        f"<{name}>" for name in (f"{home}/evil.example/x", f"{home}//evil.example", "javascript:alert(1)")
    )
    turtle = f"<{about}> <{home}/evil.example/p> {names} ; a <{home}/evil.example/c> ."
    sent = target.client.post(
        "/datasets/leading",
        files={"data": ("a.ttl", turtle.encode())},
        data={"private": "false"},
        headers=target.headers("admin"),
    )
    assert sent.status_code == 201, sent.text
    for path in ("/thing", "/graphs"):
        page = browser.get(path, params={"of": about, "graph": sent.json()["graph"]})
        assert page.status_code == 200 and "evil.example" in page.text
        assert not re.search(r"""(href|action|src)=["']?(//|/\\|javascript:)""", page.text)
