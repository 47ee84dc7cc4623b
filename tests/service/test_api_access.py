"""Who may do and see what through the API: private datasets leave no trace for others, and what is done is on record."""

from __future__ import annotations

import httpx
import pytest

from mcqms_kg import operations
from service.served import DAY, Api

TRACE = "Zeta-Quark-4712"
TURTLE = f"""@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix e: <http://e/{TRACE}/> .
e:school a mc:Provider ; rdfs:label "{TRACE}"@en .
e:mc a mc:MicroCredential ; mc:isOfferedBy e:school ; rdfs:label "{TRACE} one"@en .
"""
WHO = ["", "Budi", "Citra"]
DOCUMENT = {"content-type": "text/turtle"}


def as_(client: Api, who: str) -> dict[str, str]:
    return {"authorization": ""} if not who else client.of(who)


@pytest.fixture(scope="module")
def check(api_client: Api) -> str:
    """A check of a dataset that Dewi keeps private."""
    file = [("data", (f"{TRACE}.ttl", TURTLE.encode()))]
    made = api_client.post(
        "/datasets/dewi", files=file, data={"private": "true", "title": TRACE}, headers=api_client.of("Dewi")
    )
    assert made.status_code == 201 and made.json()["private"] is True
    found = api_client.post("/datasets/dewi/checks", json={"as_of": DAY}, headers=api_client.of("Dewi"))
    assert found.status_code == 200 and TRACE in found.text
    return found.headers["content-location"]


def get(client: Api, address: str, who: str) -> httpx.Response:
    headers = {"authorization": ""} if not who else client.of(who)
    request = client.build_request("GET", address, headers=headers)
    if not who:
        del request.headers["authorization"]
    return client.send(request)


@pytest.mark.parametrize("who", WHO)
def test_others_find_no_trace(api_client: Api, check: str, who: str) -> None:
    job = check.replace("checks", "jobs")
    finding = get(api_client, f"{check}/findings", "Dewi").json()["findings"][0]["id"]
    hidden = [check, f"{check}/findings", job, f"{job}/events", "/datasets/dewi", "/datasets/dewi/checks"]
    hidden += ["/datasets/dewi/versions/1", f"/datasets/dewi/versions/1/files/{TRACE}.ttl", "/findings?dataset=dewi"]
    hidden += [
        "/datasets/dewi/differences?old=1&new=1",
        f"/findings/{finding}",
        f"/comparisons?old={check[8:]}&new={check[8:]}",
    ]
    for address in hidden:
        found = get(api_client, address, who)
        assert found.status_code == 404 and TRACE not in found.text, address
    for address in ("/datasets", "/findings", "/questions/who_handed_in_what", "/metrics", "/findings?limit=500"):
        found = get(api_client, address, who)
        assert found.status_code == 200 and TRACE not in found.text and "dewi" not in found.text, address


def test_those_to_whom_it_is_named_see_it(api_client: Api, check: str) -> None:
    for who in ("Dewi", "Ana"):
        assert TRACE in get(api_client, check, who).text
        assert get(api_client, "/datasets/dewi", who).status_code == 200
        assert TRACE in get(api_client, "/findings?dataset=dewi", who).text
    assert get(api_client, check.replace("checks", "jobs"), "Ana").status_code == 404, "a job is its owner's alone"


@pytest.mark.parametrize(("who", "status"), [("", 401), ("Citra", 403), ("Budi", 403), ("Dewi", 403)])
def test_who_may_not_hand_in(api_client: Api, who: str, status: int) -> None:
    """An auditor and a learner nothing, and a provider nothing under a name that is not theirs."""
    for method, address in (
        ("POST", "/datasets/other"),
        ("PUT", "/datasets/other"),
        ("POST", "/datasets/horizon/rollbacks"),
    ):
        json = {"json": {"version": 1}} if "rollbacks" in address else {"content": TURTLE.encode()}
        headers = {} if "json" in json else dict(DOCUMENT)
        request = api_client.build_request(method, address, headers={**headers, **as_(api_client, who)}, **json)
        if not who:
            del request.headers["authorization"]
        found = api_client.send(request)
        assert found.status_code == status and found.headers["content-type"] == "application/problem+json"
    assert get(api_client, "/datasets/other", "Ana").status_code == 404


def test_a_check_of_what_one_does_not_see_is_a_check_of_nothing(api_client: Api, check: str) -> None:
    del check
    asked = api_client.post("/checks", json={"dataset": "dewi"}, headers=api_client.of("Budi"))
    unknown = api_client.post("/checks", json={"dataset": "nowhere"}, headers=api_client.of("Budi"))
    assert asked.status_code == unknown.status_code == 404
    assert asked.json()["detail"] == unknown.json()["detail"].replace("nowhere", "dewi")


def test_writes_and_checks_are_on_record(api_client: Api, check: str) -> None:
    del check
    folder = api_client.workspace
    deeds = [
        (e.deed.who, e.deed.role, e.deed.action, e.deed.about.get("dataset"), str(e.outcome))
        for e in operations.audit(workspace=folder)
    ]
    for action in ("import", "check"):
        assert ("Dewi", "provider", action, "dewi", "done") in deeds
    done = [e for e in operations.audit(workspace=folder) if e.deed.action == "check" and str(e.outcome) == "done"]
    assert {"conformant", "nonconformant", "not-checked"} >= {e.deed.about["verdict"] for e in done}
    assert operations.verify_audit(workspace=folder)
