"""Updates worked out by us against those that the store's own engine does: the same requests end in the same graphs."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mcqms_kg.errors import ChangeTooLarge, Forbidden, McqmsError
from mcqms_kg.query.update.change_request import UpdateRequest, Work
from mcqms_kg.query.update.worker import drafted
from mcqms_kg.settings import UpdateLimits
from mcqms_kg.store.change import Change, apply

NAMES = st.sampled_from(["e:a", "e:b", "e:c"])
VALUES = st.one_of(
    NAMES, st.sampled_from(["1", "01", "1.0", "true", "'x'@en", "'x'@EN", "'2026-01-01T00:00:00.000Z'^^xsd:dateTime"])
)
GRAPHS = st.sampled_from(["e:g1", "e:g2", "e:g3"])
TRIPLE = st.builds("{} {} {} .".format, NAMES, NAMES, VALUES)
BLANK = st.builds("_:b {} {} .".format, NAMES, VALUES)
IN_GRAPH = st.builds("GRAPH {} {{ {} }}".format, GRAPHS, TRIPLE)
DATA = st.lists(TRIPLE | IN_GRAPH, max_size=4).map(" ".join)
PATTERN = st.sampled_from(
    [
        "?s ?p ?o",
        "GRAPH ?g { ?s ?p ?o }",
        "GRAPH e:g1 { ?s ?p ?o }",
        "?s ?p ?o FILTER(ISBLANK(?s))",
        "?s ?p ?x OPTIONAL { ?x ?q ?o }",
        "?s ?p ?o MINUS { ?s e:a ?o }",
        "GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o }",
        "{ ?s ?p ?o } UNION { GRAPH e:g2 { ?s ?p ?o } }",
        "BIND(e:a AS ?s) BIND(e:b AS ?p) BIND(BNODE() AS ?o)",
        "",
    ]
)
TEMPLATE = st.sampled_from(
    [
        "?s ?p ?o",
        "GRAPH ?g { ?s ?p ?o }",
        "GRAPH e:g3 { ?s ?p ?o }",
        "?o ?p ?s",
        "?s e:c 01",
        "GRAPH e:g1 { ?s e:a ?g }",
        "",
    ]
)
NEW = TEMPLATE | st.sampled_from(
    ["?s e:b [ e:c ?o ]", "_:n e:a ?o", "?s e:c ( ?o 1 )", "GRAPH ?g { _:n e:b ?o } _:n e:c ?s"]
)
OPERATION = st.one_of(
    st.builds("INSERT DATA {{ {} {} }}".format, DATA, BLANK | st.just("")),
    st.builds("DELETE DATA {{ {} }}".format, DATA),
    st.builds("DELETE WHERE {{ {} }}".format, st.sampled_from(["?s ?p ?o", "GRAPH ?g { ?s e:a ?o }", "e:a ?p 1"])),
    st.builds("DELETE {{ {} }} INSERT {{ {} }} WHERE {{ {} }}".format, TEMPLATE, NEW, PATTERN),
    st.builds("INSERT {{ {} }} WHERE {{ {} }}".format, NEW, PATTERN),
    st.builds("WITH {} DELETE {{ {} }} INSERT {{ {} }} WHERE {{ {} }}".format, GRAPHS, TEMPLATE, TEMPLATE, PATTERN),
    st.builds(
        "{} SILENT {}".format,
        st.sampled_from(["CLEAR", "DROP"]),
        st.sampled_from(["DEFAULT", "NAMED", "ALL"]) | st.builds("GRAPH {}".format, GRAPHS),
    ),
    st.builds("CREATE SILENT GRAPH {}".format, GRAPHS),
    st.builds(
        "CREATE SILENT GRAPH {0} ; {1} {0} TO {2}".format,  # of a graph that is not there the engine makes an empty one
        GRAPHS,
        st.sampled_from(["ADD", "MOVE", "COPY"]),
        GRAPHS | st.just("DEFAULT"),
    ),
    st.builds("{} DEFAULT TO {}".format, st.sampled_from(["ADD", "MOVE", "COPY"]), GRAPHS),
)
PROLOGUE = "PREFIX e: <http://e/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
LIMITS = UpdateLimits(update_memory_mb=100_000)


def change(store: ox.Store, folder: Path, text: str, limits: UpdateLimits = LIMITS) -> Change:
    store.backup(folder / "checkpoint")
    return drafted(Work(UpdateRequest(text), folder / "checkpoint", folder / "scratch", limits)).change


def content(store: ox.Store) -> list[str]:
    """Statements with blank nodes named alike. Empty graphs do not count: the engine makes none where an empty one is copied."""
    made = ox.Dataset(store)
    made.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, made))


@settings(max_examples=40)
@given(st.lists(OPERATION, max_size=3), st.lists(OPERATION, min_size=1, max_size=4))
@example(
    ["INSERT DATA { e:a e:a 1 }"], ["CLEAR ALL", "INSERT { e:b ?p ?o } WHERE { ?s ?p ?o }"]
)  # nothing is left to see
def test_they_end_in_the_same_graphs(first: list[str], then: list[str]) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ours, theirs = ox.Store(f"{folder}/ours"), ox.Store()
        for number, operations in enumerate((first, then)):
            (here := Path(folder) / str(number)).mkdir()
            text = PROLOGUE + " ; ".join(o.replace("_:b", f"_:b{n}") for n, o in enumerate(operations))
            apply(ours, change(ours, here, text))
            theirs.update(text)
            assert content(ours) == content(theirs), text


def test_a_change_is_what_differs_and_no_more(tmp_path: Path) -> None:
    store = ox.Store(tmp_path / "store")
    store.update(PROLOGUE + "INSERT DATA { e:a e:p 1 , 2 } ")
    found = change(store, tmp_path, PROLOGUE + "DELETE DATA { e:a e:p 01 } ; INSERT DATA { e:a e:p 1.0 , 1 , 3 }")
    assert not found.removed and {str(quad.object).split('"')[1] for quad in found.added} == {"1", "3"}


def test_a_protected_graph_is_refused_where_it_is_done_too(tmp_path: Path) -> None:
    """Whatever worked a change out: who does it looks again."""
    store = ox.Store(tmp_path / "store")
    graph = ox.NamedNode("https://w3id.org/mcqms/dataset/school/1")
    quad = ox.Quad(ox.NamedNode("http://e/a"), ox.NamedNode("http://e/p"), ox.Literal("1"), graph)
    graphs = (Change(emptied=(graph,)), Change(dropped=(graph,)), Change(created=(graph,)))
    for bad in (Change(added=(quad,)), Change(removed=(quad,)), *graphs):
        with pytest.raises(Forbidden, match="never changes"):
            apply(store, bad)
    assert not list(store.named_graphs())


def test_what_changes_is_counted(tmp_path: Path) -> None:
    store = ox.Store(tmp_path / "store")
    facts = " ".join(f"e:a e:p {n} ." for n in range(11))
    with pytest.raises(ChangeTooLarge, match="More than 10 statements"):
        change(
            store,
            tmp_path,
            f"{PROLOGUE} INSERT DATA {{ {facts} }}",
            UpdateLimits(update_max_statements=10, update_memory_mb=100_000),
        )


PIECES = ["{", "}", "GRAPH <https://w3id.org/mcqms/x>", "GRAPH <http://g/1>", "<http://e/a>", "?s ?p ?o", "WHERE"]
PIECES += ["INSERT", "DELETE", "DATA", ";", ".", "'", '"', "\\u0027", "#", "\n", "a", "_:b", "[", "]", "(", ")", "1"]
PIECES += ["WITH <http://g/1>", "USING", "CLEAR", "COPY", "TO", "DEFAULT", "ALL"]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("splices")
    ox.Store(folder / "store").backup(folder / "checkpoint")
    return folder / "checkpoint"


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
def test_splices_are_refused_or_leave_what_is_protected_alone(checkpoint: Path, text: str) -> None:
    try:
        found = drafted(Work(UpdateRequest(text), checkpoint, checkpoint.with_name("scratch"), LIMITS)).change
    except McqmsError:
        found = Change()
    finally:
        shutil.rmtree(checkpoint.with_name("scratch"), ignore_errors=True)
    assert all("w3id.org" not in str(quad.graph_name) for quad in (*found.added, *found.removed))
