"""Whatever bytes are read: quads that can be written and read again, or an error of ours that says what and where."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mcqms_kg.errors import UnreadableInput
from mcqms_kg.graph.read import FORMATS, prefixes, read_quads, source
from mcqms_kg.settings import Settings

ENDINGS = sorted({".ttl", ".nt", ".nq", ".trig", ".rdf", ".jsonld"})
BOUNDS = Settings(max_input_bytes=5_000, max_line_bytes=400, max_nesting=20)
LINES = [
    *(
        b"<http://e/a> <http://e/p> <http://e/b>",
        b" .\n",
        b"_:a <http://e/p> '1' ",
        b"@prefix : <http://e/> .\n",
        b":a",
    ),
    *(
        b"PREFIX e: <x>",
        b"[ :p :q ]",
        b"( 1 2 )",
        b"'''a\n'''@en-x",
        b'"\\u00e9\\U0010ffff"',
        b'"\\ud800"',
        b"<\\u0020>",
    ),
    *(b"<<( :a :b :c )>>", b"{| :a 1 |}", b"^^<http://www.w3.org/2001/XMLSchema#integer>", b"01.0e", b":g { ", b" } "),
    *(b'{"@context": {"p": "http://e/p"}, "@id": "a", "p": ', b'[{"@list": [1.5e300, null]}]', b"}", b'"@graph": '),
    *(b'{"@context": "http://127.0.0.1:9/"}', b'{"@import": "x"}', b'"@direction": "rtl"', b'"@json"', b"[[[["),
    *(b"<?xml version='1.0' encoding='utf-16'?>", b"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"),
    *(b"<r:Description r:about='http://e/a'><p xmlns='http://e/'>", b"</p></r:Description></r:RDF>", b"&#0;", b"&x;"),
    *(b"<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", b"xml:base='file:///'", b"r:ID='1'", b"<![CDATA["),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\r", b"a" * 500, b"\n" * 50, b"#", b"\xc3", b"version "),
]
SOUP = st.lists(st.one_of(st.sampled_from(LINES), st.binary(max_size=12)), max_size=12).map(b"".join)


@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(ending=st.sampled_from(ENDINGS), content=SOUP)
def test_any_bytes(tmp_path: Path, ending: str, content: bytes) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(content)
    try:
        found = list(read_quads(source(path), BOUNDS))
    except UnreadableInput as problem:
        assert problem.what and problem.place and problem.place.file == str(path)
        return
    text = "".join(f"{s} {p} {o} {g or ''} .\n" for s, p, o, g in found)
    assert len(list(ox.parse(text.encode(), format=FORMATS[".nq"]))) == len(found)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(ending=st.sampled_from(ENDINGS), content=SOUP)
def test_prefixes_of_what_can_be_read(tmp_path: Path, ending: str, content: bytes) -> None:
    """Shapes are read first, and their prefixes afterwards from the same bytes."""
    path = tmp_path / f"a{ending}"
    path.write_bytes(content)
    try:
        list(read_quads(source(path), BOUNDS))
    except UnreadableInput:
        return
    assert isinstance(prefixes([path]), dict)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_whole_file_is_not_refused(tmp_path: Path, ending: str) -> None:
    good = {
        ".rdf": b"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        b"<r:Description r:about='http://e/a'><p xmlns='http://e/'>1</p></r:Description></r:RDF>",
        ".jsonld": b'{"@id": "http://e/a", "http://e/p": 1}',
    }
    path = tmp_path / f"a{ending}"
    path.write_bytes(good.get(ending, b"<http://e/a> <http://e/p> '1' .\n".replace(b"'", b'"')))
    assert len(list(read_quads(source(path), BOUNDS))) == 1
