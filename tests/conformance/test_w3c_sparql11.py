"""The W3C tests of queries, updates, their syntax and their results, against the live service: right, or refused by name."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from conformance.endpoint import Endpoint, serving, triples_of
from conformance.sparql_manifest import (
    QueryCase,
    SyntaxCase,
    UpdateCase,
    canonical,
    expected,
    load,
    normal,
    query_cases,
    results,
    suite,
    syntax_cases,
    update_cases,
)
from mcqms_kg.model import Triple
from service.writable import writable

ROOT = suite()
QUERIES, UPDATES, TEXTS = (query_cases(ROOT), update_cases(ROOT), syntax_cases(ROOT)) if ROOT else ([], [], [])
pytestmark = [
    pytest.mark.skipif(ROOT is None, reason="the W3C SPARQL 1.1 suite is not here; set MCQMS_SUITES"),
    pytest.mark.xdist_group("w3c-sparql11"),
]
NOT_THERE = "a path of length zero at a term that is not in the data; the store gives no row, so it is refused"
LOAD = "LOAD fetches what others name, and is refused even where it would fail in silence"
REFUSED = {
    "functions/bnode01": "BNODE with a label gives the same node in every solution; the specification wants another, so it is refused",
    "property-path/zero_or_more_set_end": NOT_THERE,
    "property-path/zero_or_more_set_start": NOT_THERE,
    "property-path/zero_or_one_set_end": NOT_THERE,
    "property-path/zero_or_one_set_start": NOT_THERE,
    "update-silent/load-silent": LOAD,
    "update-silent/load-into-silent": LOAD,
}
WRONG = {
    "csv-tsv-res/csv03": "the store writes literals in one spelling, 1.0 as 1",
}
ACCEPT = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".srj": "application/sparql-results+json",
    ".srx": "application/sparql-results+xml",
}
GRAPH_OR_ROWS = "application/sparql-results+json, application/n-triples"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A service that holds every file of data that queries ask, each as the graph of its address."""
    files = {path for case in QUERIES for path in (*case.data, *case.graph_data)}
    with writable(serving(tmp_path_factory.mktemp("filled"))) as client:
        endpoint = Endpoint(client)
        endpoint.hold({path.as_uri(): load(path) for path in sorted(files)})
        yield endpoint


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with writable(serving(tmp_path_factory.mktemp("working"))) as client:
        yield Endpoint(client)


@pytest.mark.parametrize("case", QUERIES, ids=lambda case: case.name)
def test_query_evaluation(filled: Endpoint, case: QueryCase, request: pytest.FixtureRequest) -> None:
    text = f"BASE <{case.query.as_uri()}>\n{case.query.read_text('utf-8')}"
    accept = ACCEPT.get(case.result.suffix, GRAPH_OR_ROWS)
    default, named = ([path.as_uri() for path in paths] for paths in (case.data, case.graph_data))
    if "FROM" in text:
        answer = filled.client.post("/sparql", data={"query": text}, headers={"accept": accept})
    else:
        answer = filled.query(text, default, named, accept)
    if case.name in REFUSED:
        assert answer.status_code == 422, answer.text
        return
    if case.name in WRONG:
        request.applymarker(pytest.mark.xfail(reason=WRONG[case.name], strict=True))
    assert answer.status_code == 200, answer.text
    if case.result.suffix == ".csv":
        assert table(answer.text) == table(case.result.read_text("utf-8"))
    else:
        assert found(answer) == canonical(normal(expected(case)))


def found(answer: httpx.Response) -> object:
    kind = answer.headers["content-type"].split(";")[0]
    if kind == "application/n-triples":
        return canonical(triples_of(answer.content))
    format = ox.QueryResultsFormat.from_media_type(kind)
    assert format
    return canonical(normal(results(answer.content, format)))


def table(text: str) -> tuple[set[str], Counter[tuple[str, ...]]]:
    """Columns and rows of CSV in any order, blank nodes alike."""
    header, *rows = csv.reader(io.StringIO(text))
    order = sorted(range(len(header)), key=lambda n: header[n])
    cells = (tuple("_:" if row[n].startswith("_:") else row[n] for n in order) for row in rows)
    return set(header), Counter(cells)


@pytest.mark.parametrize("case", UPDATES, ids=lambda case: case.name)
def test_update_evaluation(working: Endpoint, case: UpdateCase) -> None:
    working.hold(graphs(case.before))
    done = working.update(f"BASE <{case.update.as_uri()}>\n{case.update.read_text('utf-8')}")
    if case.name in REFUSED:
        assert done.status_code == 403, done.text
        assert dataset(working.held()) == dataset(graphs(case.before))
        return
    assert done.status_code == 204, done.text
    assert dataset(working.held()) == dataset(graphs(case.after))


def graphs(named: tuple[tuple[str, Path], ...]) -> dict[str, tuple[Triple, ...]]:
    made: dict[str, tuple[Triple, ...]] = {}
    for name, path in named:
        made[name] = (*made.get(name, ()), *load(path))
    return made


def dataset(graphs: dict[str, tuple[Triple, ...]]) -> object:
    """Graphs so that two sets of them which say the same are equal, whatever their blank nodes are called; empty ones do not count."""
    lines = [
        f"{' '.join(triple)} {f'<{name}>' if name else ''} ."
        for name, triples in graphs.items()
        for triple in cast_normal(triples)
    ]
    made = ox.Dataset(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS))
    made.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, made))


def cast_normal(triples: tuple[Triple, ...]) -> tuple[Triple, ...]:
    given = normal(triples)
    assert isinstance(given, tuple)
    return given


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: case.name)
def test_syntax(working: Endpoint, case: SyntaxCase) -> None:
    """What is good is not called bad, though LOAD and functions that are not known are refused; what is bad is called so."""
    text = f"BASE <{case.text.as_uri()}>\n{case.text.read_text('utf-8')}"
    answer = working.update(text) if case.update else working.query(text, (), (), "*/*")
    if not case.good:
        assert answer.status_code == 400, answer.text
    elif "LOAD" in text or "SERVICE" in text:
        assert answer.status_code == 403 and "would reach outside" in answer.json()["detail"]
    else:
        assert answer.status_code in (200, 204, 404, 409, 422), answer.text


def test_the_suite_is_whole() -> None:
    assert (len(QUERIES), len(UPDATES), len(TEXTS)) == (235, 94, 169)
