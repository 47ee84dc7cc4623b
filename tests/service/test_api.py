"""The rest of the API: the rulebook, findings, questions, names that are looked up, and how the service says it is."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from mcqms_kg import operations
from mcqms_kg.graph.read import FORMATS
from service.served import DAY, Api

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def check(api_client: Api) -> str:
    """The address of a check of the latest version."""
    found = api_client.post("/datasets/horizon/checks", json={"as_of": DAY})
    assert found.status_code == 200
    return found.headers["content-location"]


def test_the_rulebook_is_listed(api_client: Api) -> None:
    clauses = api_client.get("/clauses").json()
    listed = operations.clauses()
    assert [c["notation"] for c in clauses] == [c.clause.notation for c in listed]
    asked = api_client.get("/requirements").json()
    assert len(asked) == sum(len(c["requirements"]) for c in clauses) > 60
    some = api_client.get("/requirements", params={"clause": "8.1", "grade": "major", "lang": "id"}).json()
    assert some and {(r["clause"], r["grade"]) for r in some} == {("8.1", "major")}
    assert some[0]["label"] != next(r for r in asked if r["iri"] == some[0]["iri"])["label"]
    assert {p["name"] for p in api_client.get("/profiles").json()} == {p.name for p in operations.profiles()}
    assert api_client.get("/clauses", params={"profile": "none"}).status_code == 404
    assert "Did you mean" in api_client.get("/requirements/8.1dd").json()["detail"]


def test_findings_are_those_of_the_report(api_client: Api, check: str) -> None:
    report = api_client.get(check).json()
    every = api_client.get("/findings", params={"dataset": "horizon", "limit": 500}).json()
    assert [f["id"] for f in every["findings"]] == [f["id"] for f in report["findings"]]
    assert every["total"] == len(every["findings"]) and every["checks"] == {check.split("/")[-1]: "horizon/2"}
    plain = {key: value for key, value in every["findings"][0].items() if key not in ("check", "isWaived")}
    assert plain == report["findings"][0]
    parts = [api_client.get(f"{check}/findings", params={"offset": n, "limit": 10}).json() for n in range(0, 60, 10)]
    assert [f for part in parts for f in part["findings"]] == every["findings"]


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"grade": "major"}, lambda f: f["grade"] == "major"),
        ({"clause": "8.1"}, lambda f: f["clause"].endswith("clause/8.1")),
        ({"requirement": "8.1d"}, lambda f: f["notation"] == "8.1d"),
        (
            {"focus": "https://example.org/flawed-provider/mc-word"},
            lambda f: f["focus"]["term"]["value"].endswith("mc-word"),
        ),
        ({"waived": "true"}, lambda f: f["isWaived"]),
        ({"waived": "false"}, lambda f: not f["isWaived"]),
        ({"provider": "http://e/none"}, lambda f: f is None),
    ],
)
def test_findings_that_fit(api_client: Api, check: str, wanted: dict[str, str], fits: object) -> None:
    every = api_client.get(f"{check}/findings", params={"limit": 500}).json()["findings"]
    found = api_client.get(f"{check}/findings", params={"limit": 500, **wanted}).json()
    assert found["findings"] == [f for f in every if fits(f)]  # type: ignore[operator]  # a lambda of the list above
    assert found["total"] == len(found["findings"])


def test_a_finding_is_explained(api_client: Api, check: str) -> None:
    first = api_client.get(f"{check}/findings", params={"limit": 1}).json()["findings"][0]
    text = api_client.get(f"/findings/{first['id']}", headers={"accept": "text/plain"}).text
    assert text.startswith(f"finding {first['id']}") and "How to put it right" in text
    assert api_client.get(f"/findings/finding:{first['id']}", params={"lang": "id"}).json()["text"] != text
    assert api_client.get("/findings/none").status_code == 404


def test_two_checks_are_compared(api_client: Api, check: str) -> None:
    old = api_client.post("/checks", json={"dataset": "horizon", "version": 1, "as_of": DAY})
    sides = {"old": old.headers["content-location"].split("/")[-1], "new": check.split("/")[-1]}
    found = api_client.get("/comparisons", params=sides).json()
    assert found["isWorse"] is True and {f["requirement"] for f in found["new"]} and found["persisting"]
    text = api_client.get("/comparisons", params=sides, headers={"accept": "text/plain"}).text
    assert text.startswith("New: ")
    assert api_client.get("/comparisons", params={**sides, "old": "none"}).status_code == 404


def test_questions_are_addresses(api_client: Api) -> None:
    listed = api_client.get("/questions").json()
    assert {q["name"] for q in listed} == set(operations.questions())
    asked = {"date": DAY}
    rows = api_client.get("/questions/problems_still_open", params=asked).json()["results"]["bindings"]
    assert rows and all("flawed-provider" in row["provider"]["value"] for row in rows)
    csv = api_client.get("/questions/problems_still_open", params=asked, headers={"accept": "text/csv"})
    assert csv.text.count("\r\n") == len(rows) + 1


@pytest.mark.parametrize(
    ("query", "accept", "status", "says"),
    [
        ("", "*/*", 400, "needs a value for 'date'"),
        ("date=yesterday", "*/*", 400, "Its kind is date"),
        ("date=2026-06-30&date=2026-07-01", "*/*", 400, "given 2 times"),
        ("date=2026-06-30&more=1", "*/*", 400, "has no parameter 'more'"),
        ("date=%FF", "*/*", 400, "UTF-8"),
        ("date=2026-06-30", "text/turtle", 406, "Known: application/sparql-results+json"),
        ("date=2026-06-30&provider=http://e/a%3E%20%7D", "*/*", 400, "is no value for 'provider'"),
    ],
)
def test_bad_parameters_of_questions(api_client: Api, query: str, accept: str, status: int, says: str) -> None:
    found = api_client.get(f"/questions/problems_still_open?{query}", headers={"accept": accept})
    assert (found.status_code, found.headers["content-type"]) == (status, PROBLEM)
    assert says in found.json()["detail"]


NAMES = [
    "/ns/MicroCredential",
    "/code/stage-design",
    "/clause/8.1",
    "/requirement/8.1d",
    "/shape/8.1d-MicroCredential",
    "/framework/mcqms",
    "/profile/mcqms-vocational",
    "/parameter/maximumWorkloadHours",
    "/occupation/network-technician",
    "/skkni/unit/J.611000.017.01",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_looked_up_by_their_paths(api_client: Api, name: str) -> None:
    iri = "https://w3id.org/mcqms" + (name.replace("/ns/", "/ns#") if name.startswith("/ns/") else name)
    told = api_client.get(name).json()
    assert told["iri"] == iri and told["statements"]
    for accept, ending in (
        ("text/turtle", ".ttl"),
        ("application/n-triples", ".nt"),
        ("application/rdf+xml", ".rdf"),
        ("application/ld+json", ".jsonld"),
    ):
        found = api_client.get(name, headers={"accept": accept})
        assert found.headers["content-type"].split(";")[0] == accept
        quads = list(ox.parse(found.content, format=FORMATS[ending]))
        assert len(quads) == len(told["statements"]) and any(str(q.subject) == f"<{iri}>" for q in quads)
    assert api_client.get(name, headers={"accept": "text/plain"}).text.startswith(iri)


def test_what_is_not_named_is_not_found(api_client: Api) -> None:
    for name in ("/ns/Nothing", "/clause/99", "/shape/../../etc", "/ns/a%3E%20%3Cb", "/code/%00"):
        assert api_client.get(name).status_code == 404
    whole = api_client.get("/ns", headers={"accept": "text/turtle"})
    assert b"mc:MicroCredential" in whole.content
    assert api_client.get("/ns/MicroCredential", headers={"accept": "image/png"}).status_code == 406


def test_health_and_numbers(api_client: Api) -> None:
    assert api_client.get("/health/live").json()["status"] == "live"
    assert api_client.get("/health/ready").json()["status"] == "ready"
    api_client.get("/datasets/horizon")
    api_client.get("/no/such/place")
    text = api_client.get("/metrics").text
    assert 'mcqms_requests_total{method="GET",route="/datasets/{name}",status="200"}' in text
    assert 'route="none",status="404"' in text and "mcqms_jobs{" in text
    assert "horizon" not in text and "such" not in text


def test_errors_have_one_shape(api_client: Api) -> None:
    for method, address, status in (
        ("GET", "/nothing", 404),
        ("PATCH", "/checks", 405),
        ("GET", "/clauses?lang=xx", 400),
        ("POST", "/checks", 415),
    ):
        found = api_client.request(method, address)
        assert (found.status_code, found.headers["content-type"]) == (status, PROBLEM), address
        assert {"type", "title", "status", "detail"} <= set(found.json())
    assert "POST" in api_client.request("PATCH", "/checks").headers["allow"]


def test_a_page_comes_with_the_policy_that_it_names(api_client: Api, check: str) -> None:
    page = api_client.get(check, headers={"accept": "text/html"})
    policy = page.headers.get_list("content-security-policy")
    assert len(policy) == 1 and policy[0].endswith("; frame-ancestors 'none'")
    assert policy[0].removesuffix("; frame-ancestors 'none'").replace("'", "&#39;") in page.text
    assert api_client.get(check).headers["content-security-policy"].startswith("default-src 'none'; frame")


def test_unchanged_reports_are_not_sent_again(api_client: Api, check: str) -> None:
    first = api_client.get(check, headers={"accept": "text/csv"})
    tag = {"accept": "text/csv", "if-none-match": first.headers["etag"]}
    assert api_client.get(check, headers=tag).status_code == 304
    assert "Accept" in first.headers["vary"]


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        ({"dataset": "none"}, 404, "Known datasets"),
        ({"dataset": "horizon", "version": 9}, 404, "has no version 9"),
        ({"dataset": "horizon", "profile": "none"}, 404, "Known profiles"),
        ({"dataset": "horizon", "as_of": "yesterday"}, 400, "as_of"),
        ({"dataset": "horizon", "as_of": "0001-01-01"}, 422, "before the calendar begins"),
        ({"dataset": "horizon", "engine": "spark"}, 400, "engine"),
        ({"dataset": "horizon", "more": 1}, 400, "more"),
        ({"dataset": "../horizon"}, 400, "dataset"),
        ([], 400, "does not fit"),
    ],
)
def test_bad_checks(api_client: Api, given: object, status: int, says: str) -> None:
    found = api_client.post("/checks", json=given)
    assert (found.status_code, found.headers["content-type"]) == (status, PROBLEM)
    assert says in found.json()["detail"]
