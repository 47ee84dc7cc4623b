"""Versions: what is kept of a submission, what is refused, and what going back means."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcqms_kg.errors import BadValue, EmptyInput, McqmsError, UnknownName, UnreadableInput, WorkspaceError
from mcqms_kg.graph import terms
from mcqms_kg.graph.digest import sha256
from mcqms_kg.namespaces import PROV
from mcqms_kg.operations.translating import kept_files
from mcqms_kg.settings import Settings
from mcqms_kg.store import provenance
from mcqms_kg.store.export import converted, originals
from mcqms_kg.store.versions import Restoration, roll_back, version, versions
from mcqms_kg.store.workspace import open_workspace
from store.workspaces import NOON, hand, new_workspace, turtle


def test_a_version_is_found_again_with_everything_that_was_said_of_it(tmp_path: Path) -> None:
    file = turtle(tmp_path / "school.ttl", 'ex:a ex:p "01"^^<http://www.w3.org/2001/XMLSchema#integer> , "1.50" .')
    with new_workspace(tmp_path / "ws") as workspace:
        made = hand(workspace, file, title="A school", by="Ana María <ana@example.org>")
    with open_workspace(tmp_path / "ws") as workspace:
        assert versions(workspace) == (made,)
        assert made.originals[0].digest == sha256(file)
        assert (made.number, made.statements, made.at, made.title) == (1, 2, NOON, "A school")
        assert originals(workspace, made)["school.ttl"].read_bytes() == file.read_bytes()


def test_a_version_is_a_graph_of_its_own_and_its_provenance_is_in_another(tmp_path: Path) -> None:
    file = turtle(tmp_path / "school.ttl", "ex:a ex:p ex:b .")
    with new_workspace(tmp_path / "ws") as workspace:
        first, second = hand(workspace, file), hand(workspace, file)
        assert workspace.home.graphs() == (first.graph, second.graph, provenance.GRAPH)
        assert [len(list(workspace.home.match(v.graph))) for v in (first, second)] == [1, 1]
        by = terms.iri(PROV + "wasAttributedTo")
        assert [o for _, _, o in workspace.home.match(provenance.GRAPH, first.graph, by)] == [
            terms.iri("https://w3id.org/mcqms/agent/Ana")
        ]
        revision = terms.iri(PROV + "wasRevisionOf")
        assert list(workspace.home.match(provenance.GRAPH, predicate=revision, value=first.graph)) == [
            (second.graph, revision, first.graph)
        ]


def test_literals_leave_as_they_were_written(tmp_path: Path) -> None:
    text = 'ex:a ex:p "01"^^<http://www.w3.org/2001/XMLSchema#integer> .'
    with new_workspace(tmp_path / "ws") as workspace:
        made = hand(workspace, turtle(tmp_path / "school.ttl", text))
        assert b'"01"' in converted(workspace, made, "nq", Settings())
        assert b"ex:p 01" in converted(workspace, made, "turtle", Settings()).replace(b"<http://e/p>", b"ex:p")
        stored = [o for _, _, o in workspace.home.match(made.graph)]
        assert terms.literal("1", datatype="http://www.w3.org/2001/XMLSchema#integer") in stored, (
            "no need for originals?"
        )


@pytest.mark.parametrize("syntax", ["turtle", "trig", "nt", "nq", "rdfxml", "jsonld"])
def test_every_syntax_says_the_same(tmp_path: Path, syntax: str) -> None:
    endings = {"turtle": "ttl", "rdfxml": "rdf"}
    with new_workspace(tmp_path / "ws") as workspace:
        said = 'ex:a a <http://www.w3.org/ns/dcat#Dataset> ; ex:p "01" , 7 , ex:b ; ex:q "x"@en-GB .'
        made = hand(workspace, turtle(tmp_path / "a.ttl", said))
        again = tmp_path / f"b.{endings.get(syntax, syntax)}"
        again.write_bytes(converted(workspace, made, syntax, Settings()))
        assert again.read_bytes() == converted(workspace, made, syntax, Settings())
        other = hand(workspace, again, dataset="other")
        assert set(workspace.home.match(made.graph)) == set(workspace.home.match(other.graph))
        assert other.statements == 5


def test_blank_nodes_of_files_and_versions_stay_apart(tmp_path: Path) -> None:
    one = turtle(tmp_path / "one.ttl", "_:x ex:p ex:a .")
    two = turtle(tmp_path / "two.ttl", "_:x ex:p ex:a .")
    with new_workspace(tmp_path / "ws") as workspace:
        first, second = hand(workspace, one, two), hand(workspace, one, two)
        subjects = [s for v in (first, second) for s, _, _ in workspace.home.match(v.graph)]
        assert len(set(subjects)) == 4


def test_a_folder_keeps_the_names_below_it(tmp_path: Path) -> None:
    turtle(tmp_path / "data" / "b.ttl", "ex:b ex:p 1 .")
    turtle(tmp_path / "data" / "deep" / "a.ttl", "ex:a ex:p 1 .")
    assert sorted(kept_files([tmp_path / "data"], None, tmp_path)[0]) == ["b.ttl", "deep/a.ttl"]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    files = [turtle(tmp_path / folder / "a.ttl", "ex:a ex:p 1 .") for folder in ("x", "y")]
    with pytest.raises(BadValue, match=r"'a\.ttl'"):
        kept_files(files, None, tmp_path)
    with pytest.raises(EmptyInput):
        kept_files([], None, tmp_path)


@pytest.mark.parametrize(
    ("ending", "content", "kind"),
    [
        (".ttl", b"<http://e/a> <http://e/p> .", UnreadableInput),
        (".ttl", b"# nothing", EmptyInput),
        (".rdf", b'<!DOCTYPE r [<!ENTITY a "aaa">]><r>&a;</r>', UnreadableInput),
        (".jsonld", b'{"@context": "http://127.0.0.1:9/c.jsonld", "@id": "http://e/a"}', UnreadableInput),
        (".docx", b"", UnreadableInput),
        (".nt", b"x" * 2000, UnreadableInput),
    ],
)
def test_what_cannot_be_read_leaves_nothing_behind(
    tmp_path: Path, ending: str, content: bytes, kind: type[McqmsError]
) -> None:
    good = turtle(tmp_path / "good.ttl", "ex:a ex:p 1 .")
    bad = tmp_path / f"bad{ending}"
    bad.write_bytes(content)
    with new_workspace(tmp_path / "ws") as workspace:
        with pytest.raises(kind) as caught:
            hand(workspace, good, bad)
        assert str(bad) in str(caught.value)
        assert versions(workspace) == () and workspace.home.graphs() == ()
    assert not [p for part in ("incoming", "originals") for p in (tmp_path / "ws" / part).rglob("*")]


def test_a_file_above_the_bound_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = turtle(tmp_path / "a.ttl", f"ex:a ex:p '{'x' * 500}' .")
    monkeypatch.setattr("store.workspaces.Settings", lambda: Settings(max_input_bytes=100))
    with new_workspace(tmp_path / "ws") as workspace, pytest.raises(UnreadableInput, match="larger than 100 bytes"):
        hand(workspace, file)


@pytest.mark.parametrize("name", ["", "../up", "Big", "a/b", "a b", "-a", "a" * 65, "ä", "a\n"])
def test_names_that_could_not_be_iris_and_folders_are_refused(tmp_path: Path, name: str) -> None:
    file = turtle(tmp_path / "a.ttl", "ex:a ex:p 1 .")
    with new_workspace(tmp_path / "ws") as workspace, pytest.raises(BadValue, match="name of a dataset"):
        hand(workspace, file, dataset=name)


def test_going_back_adds_a_version_and_keeps_the_history(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace:
        first = hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 1 ."), title="Old")
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 2 ."), title="New")
        third = roll_back(workspace, Restoration("school", 1, "Budi", NOON), Settings())
        assert (third.number, third.restores, third.by, third.title) == (3, 1, "Budi", "Old")
        assert third.originals == first.originals
        assert set(workspace.home.match(third.graph)) == set(workspace.home.match(first.graph))
        assert [v.number for v in versions(workspace, "school")] == [1, 2, 3]
        assert version(workspace, "school") == third


def test_names_and_numbers_that_are_not_there(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace:
        with pytest.raises(UnknownName, match="none yet"):
            versions(workspace, "school")
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 1 ."))
        with pytest.raises(UnknownName, match="Known datasets: school"):
            versions(workspace, "shcool")
        for number in (0, 2, -1):
            with pytest.raises(UnknownName, match=f"no version {number}"):
                version(workspace, "school", number)


def test_changed_originals_are_noticed(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as workspace:
        made = hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 1 ."))
        kept = originals(workspace, made)["a.ttl"]
        kept.chmod(0o644)
        kept.write_bytes(kept.read_bytes() + b"# more")
        with pytest.raises(WorkspaceError, match="were changed"):
            originals(workspace, made)
        kept.unlink()
        with pytest.raises(WorkspaceError, match="are gone"):
            roll_back(workspace, Restoration("school", 1, "Ana", NOON), Settings())
        assert len(versions(workspace)) == 1


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    file = turtle(tmp_path / "a.ttl", "ex:a ex:p 1 .")
    with new_workspace(tmp_path / "ws") as workspace:
        hand(workspace, file)
        hand(workspace, file, dataset="other")
        assert len([p for p in (tmp_path / "ws" / "originals").rglob("*") if p.is_file()]) == 1
