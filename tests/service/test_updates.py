"""Updates over HTTP: what they change, what never changes, that they are whole or nothing, and their limits."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest

import mcqms_kg
from mcqms_kg.service.callers.access import Caller, Role
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits, UpdateLimits
from service.live import live
from service.writable import writable
from store.workspaces import hand, new_workspace, turtle

VERSION = "https://w3id.org/mcqms/dataset/school/1"
PROVENANCE = "https://w3id.org/mcqms/provenance"
UPDATE = {"content-type": "application/sparql-update"}
LIMITS = UpdateLimits(update_timeout_s=4, update_max_bytes=200_000, update_max_statements=2000)


def start(folder: Path) -> partial[Serving]:
    with new_workspace(folder / "ws") as workspace:
        hand(workspace, turtle(folder / "a.ttl", "ex:a ex:p 'kept' . ex:b ex:p ex:a ."))
    return partial(Serving, folder / "ws", QueryLimits(query_timeout_s=10), 1, LIMITS)


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with writable(start(tmp_path_factory.mktemp("served"))) as client:
        yield client


@pytest.fixture
def service(serving: httpx.Client) -> Iterator[httpx.Client]:
    """A service without working graphs, whose versions are found to be untouched afterwards."""
    kept = [protected(serving, graph) for graph in (VERSION, PROVENANCE)]
    assert update(serving, "DROP SILENT ALL").status_code == 204
    yield serving
    assert [protected(serving, graph) for graph in (VERSION, PROVENANCE)] == kept
    assert "kept" in kept[0] and "wasAttributedTo" in kept[1]


def protected(service: httpx.Client, graph: str) -> str:
    found = service.get("/graphs", params={"graph": graph}, headers={"accept": "application/n-triples"})
    assert found.status_code == 200
    return found.text


def update(service: httpx.Client, text: str, **parameters: str) -> httpx.Response:
    return service.post("/sparql", params=parameters, content=text.encode(), headers=UPDATE)


def rows(service: httpx.Client, query: str) -> list[str]:
    answer = service.get("/sparql", params={"query": query}, headers={"accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.split("\r\n")[1:-1])


def working(service: httpx.Client) -> list[str]:
    return rows(service, "SELECT ?g { GRAPH ?g { } FILTER(!STRSTARTS(STR(?g), 'https://w3id.org/mcqms/')) }")


def test_what_is_written_is_seen_by_default_and_by_name(service: httpx.Client) -> None:
    done = update(
        service,
        "INSERT DATA { <http://e/new> <http://e/p> 01 GRAPH <http://g/1> { <http://e/new> <http://e/p> 'named' } }",
    )
    assert (done.status_code, done.content) == (204, b"")
    assert rows(service, "SELECT ?o { <http://e/new> <http://e/p> ?o }") == ["1"], "literals have one spelling"
    assert rows(service, "SELECT ?s { ?s <http://e/p> 'kept' }") == ["http://e/a"], "versions are seen as before"
    assert rows(service, "SELECT ?g ?o { GRAPH ?g { <http://e/new> ?p ?o } }") == ["http://g/1,named"]
    assert rows(service, "SELECT ?o FROM <http://g/1> { <http://e/new> ?p ?o }") == ["named"]
    described = service.get("/sparql", headers={"accept": "text/turtle"}).text
    assert "SPARQL11Update" in described and "<http://g/1>" in described


PROTECTED = [
    "INSERT DATA { GRAPH <VERSION> { <http://e/a> <http://e/p> 2 } }",
    "DELETE DATA { GRAPH <VERSION> { <http://e/a> <http://e/p> 'kept' } }",
    "PREFIX d: <https://w3id.org/mcqms/dataset/school/> INSERT DATA { GRAPH d:1 { <http://e/a> <http://e/p> 2 } }",
    "BASE <https://w3id.org/mcqms/dataset/> INSERT DATA { GRAPH <school/1> { <http://e/a> <http://e/p> 2 } }",
    "INSERT DATA { GRAPH <https://w3id.org/mcqms/data\\u0073et/school/1> { <http://e/a> <http://e/p> 2 } }",
    "INSERT DATA { GRAPH <https://w3id.org/mcqms> { <http://e/a> <http://e/p> 2 } }",
    "INSERT DATA { GRAPH <https://w3id.org/mcqms/dataset/none/1> { <http://e/a> <http://e/p> 2 } }",
    "DELETE WHERE { GRAPH <VERSION> { ?s ?p ?o } }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?g = <VERSION>) GRAPH <VERSION> { ?s ?p ?o } }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } USING NAMED <VERSION> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "INSERT { GRAPH ?g { <http://e/a> <http://e/p> 2 } } WHERE { BIND(<VERSION> AS ?g) }",
    "INSERT { GRAPH ?g { <http://e/a> <http://e/p> 2 } } WHERE { VALUES ?g { <http://g/1> <PROVENANCE> } }",
    "INSERT { GRAPH ?g { <http://e/a> <http://e/p> 2 } } WHERE { BIND(IRI(CONCAT('https://w3id.org/', 'mcqms/dataset/school/1')) AS ?g) }",
    "WITH <VERSION> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "WITH <VERSION> INSERT { <http://e/a> <http://e/p> 2 } WHERE { }",
    "CLEAR GRAPH <VERSION>",
    "CLEAR SILENT GRAPH <VERSION>",
    "DROP GRAPH <PROVENANCE>",
    "DROP SILENT GRAPH <PROVENANCE>",
    "CREATE GRAPH <https://w3id.org/mcqms/dataset/school/2>",
    "MOVE <VERSION> TO <http://g/1>",
    "MOVE SILENT <VERSION> TO DEFAULT",
    "COPY DEFAULT TO <VERSION>",
    "ADD DEFAULT TO GRAPH <VERSION>",
    "INSERT DATA { <http://e/x> <http://e/p> 1 } ; CLEAR GRAPH <VERSION>",
]


@pytest.mark.parametrize("text", PROTECTED)
def test_versions_and_provenance_never_change(service: httpx.Client, text: str) -> None:
    """Refused by name before anything is done; the fixture sees that the graphs are as they were."""
    refused = update(service, text.replace("VERSION", VERSION).replace("PROVENANCE", PROVENANCE))
    assert refused.status_code == 403, refused.text
    assert "never changes" in refused.json()["detail"] and refused.json()["line"] == 1
    assert working(service) == [] and service.get("/graphs?default").text.strip() == ""


@pytest.mark.parametrize(
    "text", ["CLEAR ALL", "CLEAR NAMED", "DROP ALL", "DROP NAMED", "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }"]
)
def test_all_and_named_and_variables_mean_working_graphs(service: httpx.Client, text: str) -> None:
    update(service, "INSERT DATA { GRAPH <http://g/1> { <http://e/new> <http://e/p> 'named' } }")
    assert update(service, text).status_code == 204
    assert rows(service, "SELECT ?g { GRAPH ?g { ?s ?p 'named' } }") == []
    assert working(service) == ([] if "DROP" in text else ["http://g/1"])


@pytest.mark.parametrize(
    "text",
    [
        "INSERT { ?s ?p ?o } USING <VERSION> WHERE { ?s ?p ?o }",
        "INSERT { ?s ?p ?o } WHERE { GRAPH <VERSION> { ?s ?p ?o } }",
        "INSERT { ?s ?p ?o } USING NAMED <VERSION> WHERE { GRAPH ?g { ?s ?p ?o } }",
        "COPY <VERSION> TO DEFAULT",
        "ADD <VERSION> TO DEFAULT",
    ],
)
def test_versions_are_read_where_they_are_named(service: httpx.Client, text: str) -> None:
    assert update(service, text.replace("VERSION", VERSION)).status_code == 204
    unnamed = service.get("/graphs?default", headers={"accept": "application/n-triples"}).text
    assert sorted(unnamed.splitlines()) == sorted(protected(service, VERSION).splitlines())


def test_the_protocol_names_the_graphs_of_where(service: httpx.Client) -> None:
    update(service, "INSERT DATA { GRAPH <http://g/1> { <http://e/s> <http://e/p> 1 } }")
    text = "INSERT { <http://e/s> <http://e/q> ?o } WHERE { ?s <http://e/p> ?o }"
    assert update(service, text, **{"using-graph-uri": "http://g/1"}).status_code == 204
    assert rows(service, "SELECT ?o { ?s <http://e/q> ?o }") == ["1"]
    assert update(service, text, **{"using-graph-uri": "http://g/none"}).status_code == 204
    for twice in (
        "INSERT { ?s ?p 1 } USING <http://g/1> WHERE { ?s ?p ?o }",
        "WITH <http://g/1> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ):
        refused = update(service, twice, **{"using-graph-uri": "http://g/1"})
        assert refused.status_code == 400 and "in the request and in the update" in refused.json()["detail"]
    assert update(service, text, **{"using-graph-uri": "no iri"}).status_code == 400


@pytest.mark.parametrize(
    ("text", "status", "title"),
    [
        ("CLEAR GRAPH <http://g/none>", 404, "MissingGraph"),
        ("DROP GRAPH <http://g/none>", 404, "MissingGraph"),
        ("ADD <http://g/none> TO DEFAULT", 404, "MissingGraph"),
        ("COPY <http://g/none> TO DEFAULT", 404, "MissingGraph"),
        ("MOVE <http://g/none> TO DEFAULT", 404, "MissingGraph"),
        ("INSERT { ?s ?p ?o } USING <http://g/none> WHERE { ?s ?p ?o }", 404, "MissingGraph"),
        ("CREATE GRAPH <http://g/1> ; CREATE GRAPH <http://g/1>", 409, "GraphExists"),
        ("LOAD <http://127.0.0.1:9/>", 403, "Forbidden"),
        ("LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <http://g/1>", 403, "Forbidden"),
        ("LOAD <http://127.0.0.1:9/", 400, "BadQuery"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "Forbidden"),
        ("INSERT { ?s ?p ?o } USING <file:///etc/passwd> WHERE { ?s ?p ?o }", 404, "MissingGraph"),
        ("INSERT { ?s ?p ?o } USING <https://w3id.org/mcqms/secret> WHERE { ?s ?p ?o }", 403, "Forbidden"),
        ("INSERT DATA { ?s <http://e/p> 1 }", 400, "BadQuery"),
        ("DELETE DATA { _:b <http://e/p> 1 }", 400, "BadQuery"),
        ("DELETE { [] <http://e/p> ?o } WHERE { ?s <http://e/p> ?o }", 400, "BadQuery"),
        ("DELETE WHERE { ?s (<http://e/p>|<http://e/q>) ?o }", 400, "BadQuery"),
        ("INSERT DATA { _:b <http://e/p> 1 } ; INSERT DATA { _:b <http://e/p> 2 }", 400, "BadQuery"),
        ("INSERT DATA { <http://e/a> <http://e/p> << <a:b> <a:c> <a:d> >> }", 422, "Unsupported"),
        ("INSERT DATA { GRAPH <http://g/1> { GRAPH <http://g/2> { } } }", 400, "BadQuery"),
        ("INSERT DATA { } INSERT DATA { }", 400, "BadQuery"),
        ("SELECT * { ?s ?p ?o }", 400, "BadQuery"),
        ("INSERT { ?x <http://e/p> 1 } WHERE { <http://e/none> <http://e/p>* ?x }", 422, "Unsupported"),
    ],
)
def test_what_is_refused_is_a_problem(service: httpx.Client, text: str, status: int, title: str) -> None:
    refused = update(service, text)
    assert (refused.status_code, refused.json()["title"]) == (status, title), refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    assert working(service) == [], "nothing was done"


@pytest.mark.parametrize("text", ["", "PREFIX e: <http://e/>", "INSERT DATA { } ;", "CLEAR SILENT GRAPH <http://g/0>"])
def test_nothing_to_do_is_done(service: httpx.Client, text: str) -> None:
    assert update(service, text).status_code == 204


def test_all_operations_of_a_request_or_none(service: httpx.Client) -> None:
    first = "INSERT DATA { <http://e/x> <http://e/p> 1 GRAPH <http://g/1> { <http://e/x> <http://e/p> 1 } }"
    refused = update(service, f"{first} ; CREATE GRAPH <http://g/2> ;\nDROP GRAPH <http://g/none>")
    assert refused.status_code == 404 and refused.json()["line"] == 2
    assert rows(service, "SELECT * { <http://e/x> ?p ?o }") == [] and working(service) == []


def test_later_operations_see_what_earlier_ones_did(service: httpx.Client) -> None:
    text = (
        "CREATE GRAPH <http://g/1> ; INSERT DATA { GRAPH <http://g/1> { <http://e/x> <http://e/p> 1 , 2 } } ; "
        "DELETE { GRAPH ?g { ?s ?p 1 } } INSERT { ?s ?p 3 } WHERE { GRAPH ?g { ?s ?p 1 } } ; "
        "COPY <http://g/1> TO <http://g/2> ; MOVE <http://g/1> TO <http://g/3> ; DROP GRAPH <http://g/2>"
    )
    assert update(service, text).status_code == 204
    assert rows(service, "SELECT ?g ?o { { GRAPH ?g { <http://e/x> ?p ?o } } UNION { <http://e/x> ?p ?o } }") == [
        ",3",
        "http://g/3,2",
    ]
    assert working(service) == ["http://g/3"]


def test_blank_nodes_keep_their_identity_and_new_ones_are_new(service: httpx.Client) -> None:
    update(service, "INSERT DATA { _:b <http://e/p> 1 ; <http://e/q> _:b }")
    update(service, "INSERT DATA { _:b <http://e/p> 2 }")
    update(service, "DELETE { ?b <http://e/p> 1 } INSERT { ?b <http://e/p> 3 } WHERE { ?b <http://e/p> 1 }")
    assert rows(service, "SELECT ?o { ?b <http://e/q> ?b ; <http://e/p> ?o }") == ["3"]
    assert rows(service, "SELECT (COUNT(DISTINCT ?b) AS ?n) { ?b <http://e/p> ?o FILTER(ISBLANK(?b)) }") == ["2"]


def test_a_runaway_update_is_stopped_and_changes_nothing(service: httpx.Client) -> None:
    """Queries are answered meanwhile, and the next update is done."""
    facts = " ".join(f"<http://e/s{n}> <http://e/p> {n} ." for n in range(300))
    assert update(service, f"INSERT DATA {{ {facts} }}").status_code == 204
    pattern = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?l = ?nothing)"
    runaway = f"INSERT DATA {{ <http://e/x> <http://e/x> 1 }} ; INSERT {{ ?a <http://e/x> ?f }} WHERE {{ {pattern} }}"
    statuses: list[int] = []
    thread = threading.Thread(target=lambda: statuses.append(update(service, runaway).status_code))
    begun = time.monotonic()
    thread.start()
    time.sleep(0.5)
    assert rows(service, "SELECT ?s { ?s <http://e/p> 7 }") == ["http://e/s7"]
    assert thread.is_alive()
    assert update(service, "INSERT DATA { <http://e/y> <http://e/x> 2 }").status_code == 204, "after the runaway"
    thread.join()
    assert statuses == [503] and time.monotonic() - begun < 30
    assert rows(service, "SELECT ?s { ?s <http://e/x> ?o }") == ["http://e/y"]


def test_too_much_is_refused(service: httpx.Client) -> None:
    facts = " ".join(f"<http://e/s{n}> <http://e/p> {n} ." for n in range(2001))
    refused = update(service, f"INSERT DATA {{ {facts} }}")
    assert (refused.status_code, refused.json()["title"]) == (413, "ChangeTooLarge")
    assert update(service, "INSERT DATA { } #" + "x" * 250_000).status_code == 413
    assert rows(service, "SELECT ?s { ?s <http://e/p> 7 }") == []


def test_a_form_is_as_good(service: httpx.Client) -> None:
    assert service.post("/sparql", data={"update": "CREATE GRAPH <http://g/1>"}).status_code == 204
    assert working(service) == ["http://g/1"]
    for bad in ({"update": ["CLEAR ALL", "CLEAR ALL"]}, {"update": "CLEAR ALL", "query": "ASK {}"}):
        assert service.post("/sparql", data=bad).status_code == 400
    assert service.get("/sparql", params={"update": "CLEAR ALL"}).status_code == 400
    assert service.post("/sparql", params={"query": "ASK {}"}, content=b"CLEAR ALL", headers=UPDATE).status_code == 400


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_others_may_not(tmp_path: Path, role: Role) -> None:
    with writable(start(tmp_path), Caller("Ben", role)) as service:
        assert update(service, "CREATE GRAPH <http://g/1>").status_code == 403
        assert service.post("/sparql", data={"update": "CREATE GRAPH <http://g/1>"}).status_code == 403
        assert service.put("/graphs?default", content=b"", headers={"content-type": "text/turtle"}).status_code == 403
        assert working(service) == []


def test_with_a_token_of_an_admin(tmp_path: Path) -> None:
    """The way that the guide tells, and the trace that it leaves."""
    begin = start(tmp_path)
    tokens = {
        role: mcqms_kg.new_token(f"Ana {role}", role, workspace=tmp_path / "ws") for role in ("admin", "regulator")
    }
    text = "INSERT DATA { GRAPH <http://g/1> { <http://e/a> <http://e/p> 1 } }"
    with live(begin) as service:
        for sent, status in ((None, 401), ("regulator", 403), ("admin", 204)):
            headers = {**UPDATE, **({"authorization": f"Bearer {tokens[sent]}"} if sent else {})}
            assert service.post("/sparql", content=text.encode(), headers=headers).status_code == status
            headers["content-type"] = "text/turtle"
            put = service.put("/graphs/new", content=b"<> <http://e/p> 1 .", headers=headers)
            assert put.status_code == (201 if status == 204 else status)
        assert "http://g/1" in working(service)
    log = [entry for entry in mcqms_kg.audit(workspace=tmp_path / "ws") if entry.deed.action == "update"]
    recorded = [(entry.deed.who, str(entry.outcome)) for entry in log]
    assert recorded == [("Ana admin", "begun"), ("Ana admin", "done")] * 2


def test_working_graphs_last_and_go_into_backups(tmp_path: Path) -> None:
    begin = start(tmp_path)
    with writable(begin) as service:
        text = "INSERT DATA { _:b <http://e/p> 1 GRAPH <http://g/1> { <http://e/x> <http://e/p> 2 } } ; CREATE GRAPH <http://g/empty>"
        assert update(service, text).status_code == 204
    with writable(begin) as service:
        assert working(service) == ["http://g/1", "http://g/empty"]
    mcqms_kg.backup(tmp_path / "backup", workspace=tmp_path / "ws")
    mcqms_kg.restore(tmp_path / "backup", workspace=tmp_path / "again")
    with writable(partial(Serving, tmp_path / "again", QueryLimits(), 1, LIMITS)) as service:
        assert working(service) == ["http://g/1", "http://g/empty"]
        assert rows(service, "SELECT ?o { ?s <http://e/p> ?o FILTER(ISBLANK(?s)) }") == ["1"]
    asked = mcqms_kg.ask(
        query="SELECT ?o { ?s <http://e/p> ?o FILTER(ISBLANK(?s)) }", formats=["csv"], workspace=tmp_path / "ws"
    )
    assert asked.content == b"o\r\n1\r\n"
    mcqms_kg.import_files([tmp_path / "a.ttl"], "school", at=dt.datetime.now(dt.UTC), workspace=tmp_path / "ws")
    with writable(begin) as service:
        assert working(service) == ["http://g/1", "http://g/empty"], "a new version leaves them alone"
