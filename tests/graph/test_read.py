"""Reading: every syntax, every refusal says what, where and what to do."""

from __future__ import annotations

from codecs import BOM_UTF8
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcqms_kg.errors import EmptyInput, McqmsError, UnreadableInput
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.folders import expand_folders
from mcqms_kg.graph.read import prefixes, read_quads, read_triples, source
from mcqms_kg.settings import Settings

TURTLE = (
    '@prefix ex: <http://example.org/> .\nex:a ex:p "01"^^<http://www.w3.org/2001/XMLSchema#integer> , "x"@en-GB .\n'
)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_lexical_forms_are_kept(tmp_path: Path) -> None:
    triples = read_triples([write(tmp_path, "a.ttl", TURTLE)])
    assert {t[2] for t in triples} == {
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"x"@en-gb',
    }  # language tags may be lower-cased (RDF 1.1, 3.3)


STATEMENT = ("<http://e/a>", "<http://e/p>", "<http://e/b>")
SYNTAXES = pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.nt", "<http://e/a> <http://e/p> <http://e/b> .\n"),
        ("a.nq", "<http://e/a> <http://e/p> <http://e/b> <http://e/g> .\n"),
        ("a.trig", "<http://e/g> { <http://e/a> <http://e/p> <http://e/b> }"),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
            '<rdf:Description rdf:about="http://e/a"><e:p rdf:resource="http://e/b"/></rdf:Description></rdf:RDF>',
        ),
        ("a.jsonld", '{"@id": "http://e/a", "http://e/p": {"@id": "http://e/b"}}'),
        ("A.TTL", "<http://e/a> <http://e/p> <http://e/b> ."),
    ],
)


@SYNTAXES
def test_every_syntax_gives_the_same_triple(tmp_path: Path, name: str, content: str) -> None:
    assert read_triples([write(tmp_path, name, content)]) == (STATEMENT,)


@SYNTAXES
def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path, name: str, content: str) -> None:
    path = write(tmp_path, name, BOM_UTF8 + content.replace("\n", "\r\n").encode())
    assert read_triples([path]) == (STATEMENT,)
    assert prefixes([path]) is not None
    with Columns.load_files([path]) as columns:
        assert list(columns.triples()) == [STATEMENT]


RELATIVE = pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ttl", "<#a> <http://e/p> <http://e/b> ."),
        ("a.trig", "<#a> <http://e/p> <http://e/b> ."),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
            '<rdf:Description rdf:ID="a"><e:p rdf:resource="http://e/b"/></rdf:Description></rdf:RDF>',
        ),
        ("a.jsonld", '{"@id": "#a", "http://e/p": {"@id": "http://e/b"}}'),
    ],
)


@RELATIVE
def test_a_relative_iri_without_a_base_is_refused_and_nothing_is_left_out(
    tmp_path: Path, name: str, content: str
) -> None:
    """A parser of JSON-LD leaves statements with relative IRIs out where it knows no base: that would be a silent loss."""
    with pytest.raises(UnreadableInput, match="relative IRI") as refused:
        read_triples([write(tmp_path, name, content)])
    assert "base" in refused.value.remedy


@RELATIVE
def test_relative_iris_may_start_from_the_file(tmp_path: Path, name: str, content: str) -> None:
    path = write(tmp_path, name, content)
    found = [quad[:3] for quad in read_quads(source(path, located=True))]
    assert found == [(f"<{path.as_uri()}#a>", *STATEMENT[1:])]


def test_a_relative_datatype_in_json_ld_is_refused_too(tmp_path: Path) -> None:
    path = write(tmp_path, "a.jsonld", '{"@id": "http://e/a", "http://e/p": {"@value": "x", "@type": "kind"}}')
    with pytest.raises(UnreadableInput, match="<kind>"):
        read_triples([path])


@pytest.mark.parametrize(
    ("name", "content", "says", "line"),
    [
        ("broken.ttl", "<http://e/a> <http://e/p> <http://e/b> .\n<http://e/a> <http://e/p> .\n", "not well-formed", 2),
        ("not-utf-8.ttl", b'<http://e/a> <http://e/p> "\xff\xfe" .', "not well-formed", 1),
        ("dtd.rdf", '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "b">]>\n<r/>', "document type declaration", 2),
        (
            "utf-16.rdf",
            '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE r []><r/>'.encode("utf-16"),
            "document type declaration",
            1,
        ),
        ("not-xml.rdf", "<rdf:RDF", "XML is not well-formed", 1),
        (
            "remote.jsonld",
            '{"@context": "http://example.org/context", "@id": "http://e/a"}',
            "nothing remote is fetched",
            None,
        ),
        ("deep.jsonld", '{"http://e/p":' + "[" * 500 + "]" * 500 + "}", "nested deeper", 1),
        ("not-json.json", "{", "not well-formed", 1),
        ("star.ttl", "<http://e/a> <http://e/p> <<( <http://e/a> <http://e/p> <http://e/b> )>> .", "triple term", None),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    tmp_path: Path, name: str, content: str | bytes, says: str, line: int | None
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(UnreadableInput) as refused:
        list(read_quads(source(path)))
    problem = refused.value
    assert says in problem.what
    assert problem.place is not None
    assert problem.place.file == str(path)
    assert line is None or problem.place.line == line
    assert problem.remedy


def test_a_line_that_never_ends_is_refused_before_it_is_held(tmp_path: Path) -> None:
    path = write(
        tmp_path, "long.nt", b'<http://e/a> <http://e/p> "x" .\n<http://e/a> <http://e/p> "' + b"x" * 3_000_000
    )
    with pytest.raises(UnreadableInput, match="longer than 1000000 bytes") as refused:
        list(read_quads(source(path), Settings(max_line_bytes=1_000_000)))
    assert refused.value.place is not None
    assert refused.value.place.line == 2


def test_a_file_above_the_bound_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "large.nt", "<http://e/a> <http://e/p> <http://e/b> .\n" * 1000)
    with pytest.raises(UnreadableInput, match="larger than"):
        list(read_quads(source(path), Settings(max_input_bytes=2000)))


def test_unknown_endings_missing_files_and_empty_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no RDF syntax"):
        source(write(tmp_path, "a.docx", ""))
    with pytest.raises(UnreadableInput, match="no such file"):
        source(tmp_path / "nowhere.ttl")
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmptyInput, match="holds no RDF file"):
        expand_folders([tmp_path / "empty"])


def test_blank_nodes_have_the_same_names_each_time_and_stay_apart_between_files(tmp_path: Path) -> None:
    path = write(tmp_path, "a.ttl", "[] <http://e/p> [] . _:x <http://e/p> _:x .")
    assert list(read_quads(source(path))) == list(read_quads(source(path)))
    other = write(tmp_path, "b.ttl", "_:x <http://e/p> _:x .")
    assert len({t[0] for t in read_triples([path, other])}) == 3


@pytest.mark.parametrize("value", ["0", "-1", "many", "1e6"])
def test_a_setting_that_is_no_number_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MCQMS_MAX_LINE_BYTES", value)
    with pytest.raises(McqmsError, match="MCQMS_MAX_LINE_BYTES"):
        Settings.from_environment()


@given(st.binary(max_size=400), st.sampled_from([".ttl", ".nt", ".nq", ".trig", ".rdf", ".jsonld"]))
def test_any_bytes_give_quads_or_a_clear_error(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, ending: str
) -> None:
    path = write(tmp_path_factory.mktemp("bytes"), f"a{ending}", content)
    try:
        quads = list(read_quads(source(path)))
    except UnreadableInput as problem:
        assert problem.place is not None
    else:
        assert all(len(quad) == 4 for quad in quads)
