"""RDF/XML and tables in XML say what was meant, or are refused by name: the serializer alone would write what others cannot read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import rdflib
from rdflib.query import Result

from interop.openbadges.badges import mcqms
from mcqms_kg import operations
from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.xml_bytes import XmlBytes

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
A_RETURN = f'<http://e.example/a> <{LABEL}> "one\\rtwo\\r\\nthree" .\n'
NEVER = {"\\u0000": "U+0000", "\\u000B": "U+000B", "\\u001F": "U+001F", "\\uFFFE": "U+FFFE"}


def test_a_carriage_return_is_there_again(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(A_RETURN)
    written = operations.export_to(operations.ExportRequest("rdfxml", [tmp_path / "a.nt"])).files["data.rdf"]
    (literal,) = rdflib.Graph().parse(data=written, format="xml").objects()
    assert str(literal) == "one\rtwo\r\nthree"


@pytest.mark.parametrize("character", NEVER)
def test_what_xml_cannot_hold_is_refused_by_name(character: str, tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(f'<http://e.example/a> <{LABEL}> "x{character}y" .\n')
    done = mcqms("export", "--from", tmp_path / "a.nt", "--to", "rdfxml")
    assert (done.code, done.out) == (2, "") and NEVER[character] in done.err and "Turtle" in done.err
    assert mcqms("export", "--from", tmp_path / "a.nt", "--to", "turtle").code == 0


@pytest.mark.parametrize(
    "property_", ["http://e.example/1", "http://e.example/", "urn:isbn:5", "http://e.example/a(b)"]
)
def test_a_property_without_a_name_is_refused_by_name(property_: str, tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(f'<http://e.example/a> <{property_}> "x" .\n')
    with pytest.raises(Unsupported, match="ends with no name") as refused:
        operations.export_to(operations.ExportRequest("rdfxml", [tmp_path / "a.nt"]))
    assert property_ in refused.value.what


def test_answers_of_queries_too(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(f'{A_RETURN}<http://e.example/b> <{LABEL}> "x\\u000By" .\n')
    workspace = tmp_path / "ws"
    assert mcqms("init", "--workspace", workspace).code == 0
    assert mcqms("import", tmp_path / "a.nt", "--dataset", "d", "--workspace", workspace).code == 0

    def asked(query: str, form: str) -> tuple[int, str, str]:
        (tmp_path / "q.rq").write_text(query)
        done = mcqms("ask", "--query", tmp_path / "q.rq", "--workspace", workspace, "--format", form)
        return done.code, done.out, done.err

    code, out, _ = asked(f"SELECT ?o {{ <http://e.example/a> <{LABEL}> ?o }}", "xml")
    (row,) = Result.parse(io.BytesIO(out.encode()), format="xml").bindings
    assert code == 0 and str(*row.values()) == "one\rtwo\r\nthree"
    for query, form in (
        (f"SELECT ?o {{ ?s <{LABEL}> ?o }}", "xml"),
        (f"CONSTRUCT {{ ?s <{LABEL}> ?o }} {{ ?s <{LABEL}> ?o }}", "rdfxml"),
    ):
        code, out, err = asked(query, form)
        assert (code, out) == (2, "") and "U+000B" in err, (form, err)
    assert asked(f"SELECT ?o {{ ?s <{LABEL}> ?o }}", "json")[0] == 0


def test_what_stands_across_two_pieces_is_seen() -> None:
    pieces = XmlBytes()
    assert pieces.fit(b"<a>\r") == b"<a>&#13;"
    pieces.fit(b"\xef\xbf")
    with pytest.raises(Unsupported, match=r"U\+FFFF"):
        pieces.fit(b"\xbf</a>")
    pieces = XmlBytes()
    pieces.fit(b"<oxprefix: xml")
    with pytest.raises(Unsupported, match="urn:1"):
        pieces.fit(b'ns:oxprefix="urn:1">')
