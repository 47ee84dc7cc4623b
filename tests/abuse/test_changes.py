"""Updates and graphs: whoever sends these, nothing is changed."""

from __future__ import annotations

import pytest

from abuse.changes import CHANGES, Changing
from abuse.victim import Victim
from mcqms_kg.store.audit_reading import entries, verify
from service.tenants import TRACE


@pytest.fixture(scope="module")
def before(attacked: Victim) -> str:
    return everything(attacked)


def everything(target: Victim) -> str:
    """All graphs, in order."""
    text = (
        "SELECT ?g ?s ?p ?o { { GRAPH ?g { ?s ?p ?o } FILTER(!CONTAINS(STR(?g), 'shipped')) } UNION { ?s <x:p> ?o } }"
    )
    response = target.client.get(
        "/sparql", params={"query": text}, headers={"accept": "text/csv", **target.headers("admin")}
    )
    assert response.status_code == 200
    return "\n".join(sorted(line for line in response.text.splitlines() if "b0" not in line))


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_change(target: Victim, before: str, change: Changing) -> None:
    kind = "text/turtle" if change.graph else "application/sparql-update"
    headers = {"content-type": kind, **target.headers(change.who), **change.headers}
    path, params = ("/graphs", {"graph": change.graph}) if change.graph else ("/sparql", {})
    response = target.client.request(change.method, path, params=params, content=change.text, headers=headers)
    assert response.status_code == change.status, response.text[:500]
    assert change.says in response.text and (change.who == "admin" or TRACE not in response.text)
    assert response.headers["content-type"] == "application/problem+json"
    assert everything(target) == before, "something was changed"


def test_what_was_tried_by_those_who_may_is_in_the_log(target: Victim) -> None:
    headers = {"content-type": "application/sparql-update", **target.headers("admin")}
    count = len(entries(target.built.folder))
    assert target.client.post("/sparql", content=b"INSERT DATA { <x:a> <x:q> 1 }", headers=headers).status_code == 204
    assert target.client.post("/sparql", content=b"LOAD <http://127.0.0.1:9/>", headers=headers).status_code == 403
    found = [(e.deed.who, e.deed.role, e.deed.action, str(e.outcome)) for e in entries(target.built.folder)[count:]]
    assert ("admin", "admin", "update", "done") in found and not verify(target.built.folder).broken
