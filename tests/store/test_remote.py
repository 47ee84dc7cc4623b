"""The home on a server behaves as the one in the folder does, on real servers; and its failures are told."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

import mcqms_kg
from mcqms_kg import resources
from mcqms_kg.errors import BadValue, Forbidden, McqmsError, Unsupported, WorkspaceError
from mcqms_kg.graph import terms
from mcqms_kg.settings import Settings
from mcqms_kg.store import provenance
from mcqms_kg.store.remote import RemoteHome
from mcqms_kg.store.remote_change import BATCH
from mcqms_kg.store.versions import Restoration, roll_back, versions
from store.servers import SERVERS
from store.workspaces import NOON, hand, new_workspace, turtle


@pytest.fixture(params=SERVERS, scope="module")
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    with request.param(tmp_path_factory.mktemp("server") / "data") as addresses:
        yield addresses


@pytest.fixture
def on_server(server: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MCQMS_STORE", server[0])
    monkeypatch.setenv("MCQMS_STORE_UPDATE", server[1])
    yield
    home = RemoteHome(*server, 60)
    for graph in home.graphs():
        if "mcqms" in graph:
            home._update(f"DROP SILENT GRAPH {graph}")
    home.close()


@pytest.mark.usefixtures("on_server")
def test_private_versions_on_a_server(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace:
        file = turtle(tmp_path / "a.ttl", "ex:a ex:p 1 .")
        made = [hand(workspace, file, dataset=name, private=private) for name, private in (("a", True), ("b", False))]
        made.append(hand(workspace, file, dataset="a"))
        assert versions(workspace) == (made[0], made[2], made[1]) and made[2].private
        assert not any("dataset/a" in term for triple in workspace.home.match(provenance.GRAPH) for term in triple)


@pytest.mark.usefixtures("on_server")
def test_versions_on_a_server(tmp_path: Path) -> None:
    text = 'ex:a ex:p [ ex:q "x\\n\\"y\\" é"@en ] , [ ex:q 2 ] . ex:b ex:p true , <http://e/ü> .'
    with new_workspace(tmp_path / "ws") as workspace:
        assert isinstance(workspace.home, RemoteHome) and versions(workspace) == ()
        first = hand(workspace, turtle(tmp_path / "a.ttl", text))
        second = hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 2 ."))
        third = roll_back(workspace, Restoration("school", 1, "Budi", NOON), Settings())
        assert versions(workspace) == (first, second, third)
        found = list(workspace.home.match(third.graph))
        assert len(found) == first.statements == 6
        assert len({s for s, _, _ in found if terms.is_blank(s)}) == 2
        assert {s for s, _, _ in found if terms.is_blank(s)}.isdisjoint(
            s for s, _, _ in workspace.home.match(first.graph) if terms.is_blank(s)
        )
        assert '"x\\n\\"y\\" é"@en' in {o for _, _, o in found}
        assert not list(workspace.lock.graphs())
        exact = next(t for t in found if not terms.is_blank(t[0]) and not terms.is_blank(t[2]))
        assert list(workspace.home.match(third.graph, *exact)) == [exact]
        assert not list(workspace.home.match(second.graph, *exact))


@pytest.mark.usefixtures("on_server")
def test_more_statements_than_one_update_takes(tmp_path: Path) -> None:
    text = "".join(f"ex:s{n} ex:p [ ex:q {n} ] .\n" for n in range(BATCH))
    with new_workspace(tmp_path / "ws") as workspace:
        made = hand(workspace, turtle(tmp_path / "a.ttl", text))
        found = list(workspace.home.match(made.graph))
        assert len(found) == made.statements == 2 * BATCH
        assert len({s for s, _, _ in found if terms.is_blank(s)}) == BATCH, "blank nodes of two updates are the same"


@pytest.mark.usefixtures("on_server")
def test_what_was_cut_short_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = turtle(tmp_path / "a.ttl", "ex:a ex:p 1 , 2 .")
    with new_workspace(tmp_path / "ws") as workspace:
        with monkeypatch.context() as broken:

            def fail(_: object) -> None:
                raise WorkspaceError("cut short")

            real = RemoteHome._update
            broken.setattr(
                RemoteHome, "_update", lambda self, text: fail(text) if "prov#" in text else real(self, text)
            )
            with pytest.raises(WorkspaceError, match="cut short"):
                hand(workspace, turtle(tmp_path / "b.ttl", "ex:half ex:p 1 ."))
        assert versions(workspace) == ()
        made = hand(workspace, file)
        assert made.number == 1 and len(list(workspace.home.match(made.graph))) == 2
        with pytest.raises(WorkspaceError, match="Somebody else wrote"):
            workspace.home.add({made.graph: [], provenance.GRAPH: []})
        assert len(list(workspace.home.match(made.graph))) == 2


@pytest.mark.usefixtures("on_server")
def test_questions_go_to_the_server(server: tuple[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "ws"
    mcqms_kg.init(folder)
    mcqms_kg.import_files([resources.root() / "data" / "polytechnic-networks"], "poly", by="Ana", workspace=folder)
    if server[0] == server[1]:  # Virtuoso does not follow paths of any length as SPARQL 1.1 has it
        with pytest.raises(Unsupported, match="paths of any length"):
            mcqms_kg.ask("what_to_earn_first", workspace=folder)
    else:
        found = mcqms_kg.ask("what_to_earn_first", formats=["csv"], workspace=folder).content.decode()
        poly = "https://example.org/polytechnic-networks/"
        assert found.replace("\r", "").splitlines() == [
            "credential,required,label",
            f"{poly}mc-operations,{poly}mc-installation,Installing a local network",
            f"{poly}mc-switching,{poly}mc-installation,Installing a local network",
        ]
    yes = mcqms_kg.ask(
        query="ASK { GRAPH <https://w3id.org/mcqms/dataset/poly/1> { ?s a mc:Provider } }", workspace=folder
    )
    assert b"true" in yes.content
    for query, kind in (
        ("ASK { SERVICE <http://127.0.0.1:9/> {} }", McqmsError),
        ("ASK FROM <http://e/g> {}", Forbidden),
        ("ASK { <http://e/nothing> mc:requires* ?x }", Unsupported),
    ):
        with pytest.raises(kind):
            mcqms_kg.ask(query=query, workspace=folder)
    with pytest.raises(Unsupported, match="on a server"):
        mcqms_kg.backup(tmp_path / "kept", workspace=folder)


class _Odd(http.server.BaseHTTPRequestHandler):
    """A server that answers as its path says."""

    def do_POST(self) -> None:  # the name the library wants
        self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path == "/slow":
            time.sleep(3)
        status = {"/error": 500, "/redirect": 302}.get(self.path, 200)
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:9/")
        self.send_header("Content-Type", "application/sparql-results+xml" if self.path != "/html" else "text/html")
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):  # who asked did not wait
            for _ in range(600 if self.path == "/drops" else 0):
                self.wfile.write(b" ")
                time.sleep(0.1)
            self.wfile.write(b"<html>no results</html>")

    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def odd() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Odd) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/html", "something else than SPARQL results"),
        ("/error", "status 500"),
        ("/redirect", "status 302"),
        ("/slow", "within 1 s"),
        ("/drops", "within 1 s"),
    ],
)
def test_a_server_that_fails_is_told_of(odd: str, path: str, says: str) -> None:
    home = RemoteHome(odd + path, odd + path, 1)
    with pytest.raises(WorkspaceError, match=says):
        home.graphs()


def test_a_server_that_is_not_there_and_addresses_that_are_none() -> None:
    with pytest.raises(WorkspaceError, match="cannot be reached") as caught:
        RemoteHome("http://user:secret@127.0.0.1:9/", "http://127.0.0.1:9/", 1).graphs()
    assert "secret" not in str(caught.value)
    for address in ("file:///etc/passwd", "127.0.0.1:9", "ftp://e/", "http://"):
        with pytest.raises(BadValue, match="no address of a store"):
            RemoteHome(address, address, 1)
