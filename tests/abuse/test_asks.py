"""Requests that are well-formed and mean harm."""

from __future__ import annotations

import json
import logging

import httpx
import pytest

import mcqms_kg
from abuse.api import API
from abuse.asks import ASKS, SECRETS, Ask
from abuse.victim import Victim
from service.tenants import TRACE


def sent(target: Victim, ask: Ask) -> httpx.Response:
    client = target.client
    headers = {**target.headers(ask.who), **ask.headers}
    request = client.build_request(
        ask.method, client.base_url.copy_with(raw_path=ask.path.encode()), headers=headers, content=ask.body
    )
    if ask.params is not None:
        request.url = request.url.copy_with(query=str(httpx.QueryParams(ask.params)).encode())
    return client.send(request)


@pytest.mark.parametrize("ask", (*ASKS, *API), ids=lambda ask: ask.name)
def test_ask(target: Victim, ask: Ask) -> None:
    response = sent(target, ask)
    assert response.status_code == ask.status, response.text[:500]
    assert ask.says in response.text
    said = response.text + str(response.headers)
    assert not any(
        trace in said
        for trace in (TRACE, "root:", "Traceback", "access-control-allow-origin", str(target.built.folder))
    )
    assert response.headers["x-content-type-options"] == "nosniff" and "x-request-id" in response.headers
    if ask.status == 401:
        assert response.headers["www-authenticate"].startswith('Bearer realm="mcqms"')


def test_what_is_sent_makes_no_line_of_its_own_in_the_log(target: Victim, caplog: pytest.LogCaptureFixture) -> None:
    forged = '{"caller": "admin", "status": 200}'
    with caplog.at_level(logging.INFO, "mcqms.requests"):
        target.client.get(f"/x%0a{forged}", headers={"user-agent": forged, "x-request-id": forged, "referer": forged})
        target.client.get("/sparql", params={"query": f"ASK {{}} #\n{forged}"})
        target.client.request("BREW", "/sparql")
    lines = [json.loads(record.message) for record in caplog.records if record.name == "mcqms.requests"]
    assert len(lines) >= 2 and all(line["caller"] == "anybody" for line in lines)
    assert "admin" not in caplog.text and "BREW" not in caplog.text


def test_a_token_never_reaches_the_log_or_an_answer(target: Victim, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        for headers in (target.headers("rival"), {"authorization": target.headers("rival")["authorization"] + "x"}):
            response = target.client.get("/sparql", params={"query": "SELECT"}, headers=headers)
            assert target.built.tokens["rival"] not in response.text + str(response.headers)
    assert target.built.tokens["rival"] not in caplog.text


def test_a_token_that_expires_or_is_revoked_while_it_is_used(target: Victim) -> None:
    sent = mcqms_kg.new_token("Leaving", "admin", workspace=target.built.folder)
    headers = {"authorization": f"Bearer {sent}", "accept": "text/csv"}
    assert TRACE in target.client.get("/sparql", params={"query": SECRETS}, headers=headers).text
    mcqms_kg.revoke_token("Leaving", workspace=target.built.folder)
    refused = target.client.get("/sparql", params={"query": SECRETS}, headers=headers)
    assert refused.status_code == 401 and TRACE not in refused.text
