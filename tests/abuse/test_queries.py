"""Queries that are made to read more than they may, to write, to reach other machines, or to use this one up."""

from __future__ import annotations

import threading
import time

import httpx
import pytest

from abuse.queries import ATTACKS, Attack
from abuse.victim import ALIVE, Victim
from service.tenants import TRACE

FORMATS = "application/sparql-results+json, text/turtle;q=0.5"


def _with_marks(attack: Attack, seen: list[Attack]) -> object:
    """Most of those that take all of their time are for the slow run."""
    seen += [attack] if attack.status == 503 else []
    return pytest.param(attack, id=attack.name, marks=[pytest.mark.slow] if attack in seen[4:] else [])


_SEEN: list[Attack] = []


@pytest.mark.parametrize("attack", [_with_marks(attack, _SEEN) for attack in ATTACKS])
def test_query(target: Victim, attack: Attack) -> None:
    headers = {"accept": FORMATS, "content-type": "application/sparql-query"}
    response = target.client.post("/sparql", content=attack.query.encode(), headers=headers)
    assert response.status_code == attack.status, response.text[:500]
    assert attack.says in response.text and TRACE not in response.text
    if attack.status != 200:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["status"] == attack.status


def test_hostile_queries_hold_nobody_up(target: Victim) -> None:
    """One process is kept busy with runaways all the time; others are answered meanwhile."""
    runaways = [attack.query for attack in ATTACKS if attack.status == 503][:2]
    statuses: list[int] = []

    def attack() -> None:
        for query in runaways:
            statuses.append(
                httpx.get(f"{target.client.base_url}/sparql", params={"query": query}, timeout=30).status_code
            )

    thread = threading.Thread(target=attack)
    thread.start()
    answered = 0
    while thread.is_alive():
        assert target.client.get("/sparql", params={"query": f"{ALIVE} # {answered}"}).status_code == 200
        answered += 1
        time.sleep(0.02)
    assert statuses == [503, 503] and answered > 10
