"""Columns hold exactly the statements of the files, lexical forms as written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mcqms_kg.errors import UnreadableInput
from mcqms_kg.graph.columns import read as columns_read
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.read import read_quads, source
from mcqms_kg.model import Term

LINES = r"""
# a comment
<https://example.org/a> <https://example.org/p> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .
<https://example.org/a> <https://example.org/p> "tab\there, caf\u00E9, \"quoted\" \\ and \U0001F600" .
<https://example.org/a> <https://example.org/p> "plain"^^<http://www.w3.org/2001/XMLSchema#string> .
<https://example.org/a> <https://example.org/p> "plain" .
<https://example.org/a> <https://example.org/p> "colour"@en-GB .
<https://example.org/a>   <https://example.org/p>	<https://example.org/b>.
_:n.1 <https://example.org/p> _:n-2 . # after
<https://example.org/\u00E9> <https://example.org/p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<https://example.org/a> <https://example.org/p> "raw	tab" .
<https://example.org/a> <https://example.org/p> "named" <https://example.org/graph> .
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def without_blanks(triples: object) -> set[tuple[str, ...]]:
    assert hasattr(triples, "__iter__")
    return {tuple("_:" if t.startswith("_:") else t for t in triple) for triple in triples}


def test_a_file_in_bulk_is_what_the_parser_reads(tmp_path: Path) -> None:
    path = write(tmp_path, "data.nq", LINES)
    expected = without_blanks((s, p, o) for s, p, o, _ in read_quads(source(path)))
    with Columns.load_files([path]) as loaded:
        assert without_blanks(loaded.triples()) == expected
    assert len(expected) == 9, "a statement that stands twice counts once"


def test_other_syntaxes_are_read_too(tmp_path: Path) -> None:
    path = write(tmp_path, "data.ttl", "<https://example.org/a> <https://example.org/p> 01, 1.50 .")
    with Columns.load_files([path]) as loaded:
        values = {o for _, _, o in loaded.triples()}
    assert values == {
        f'"{text}"^^<http://www.w3.org/2001/XMLSchema#{kind}>'
        for text, kind in (("01", "integer"), ("1.50", "decimal"))
    }


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    line = '_:x <https://example.org/p> "v" .\n'
    paths = [write(tmp_path, "one.nt", line), write(tmp_path, "two.nt", line)]
    with Columns.load_files(paths) as loaded:
        assert len(list(loaded.triples())) == 2


def test_no_label_runs_into_the_number_of_another_file(tmp_path: Path) -> None:
    """The label 1x of file 1 and the label x of file 11 would be one node if the number just stood before the label."""
    lines = [
        '_:1x <https://example.org/p> "v" .\n' if n == 1 else '_:x <https://example.org/p> "v" .\n' for n in range(12)
    ]
    with Columns.load_files(write(tmp_path, f"{n:02}.nt", line) for n, line in enumerate(lines)) as loaded:
        assert len(list(loaded.triples())) == 12


@pytest.mark.parametrize(
    "bad", ["<https://example.org/a> <https://example.org/p> .", "<a> <b> <c> .", '"s" <https://example.org/p> "o" .']
)
def test_a_line_that_is_none_is_named(tmp_path: Path, bad: str) -> None:
    path = write(tmp_path, "bad.nt", f'<https://example.org/a> <https://example.org/p> "good" .\n{bad}\n')
    with pytest.raises(UnreadableInput) as caught:
        Columns.load_files([path])
    assert caught.value.place is not None
    assert caught.value.place.line == 2


def test_bytes_that_are_no_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.nt"
    path.write_bytes(b'<https://example.org/a> <https://example.org/p> "\xff\xfe" .\n')
    with pytest.raises(UnreadableInput):
        Columns.load_files([path])


def test_iris_that_are_alike_keep_numbers_of_their_own() -> None:
    """DuckDB's own hash gives these two the same number; a national graph holds many such pairs."""
    stem = "<https://example.org/national/1/provider/15/credential"
    names = (Term(f"{stem}/12/task/1>"), Term(f"{stem}/82/task/4>"))
    with Columns.load((name, Term("<http://e/p>"), name, None) for name in names) as columns:
        assert columns.connection.execute("SELECT count(DISTINCT s) FROM triple").fetchone() == (2,)
        assert columns.connection.execute(
            "SELECT count(DISTINCT hash(text)) FROM (SELECT unnest(?) AS text)", [list(names)]
        ).fetchone() == (1,)


def test_a_language_that_is_missing_is_refused(tmp_path: Path) -> None:
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
    path = write(tmp_path, "bad.nt", f'<https://example.org/a> <https://example.org/p> "x"^^<{kind}> .\n')
    with pytest.raises(UnreadableInput):
        Columns.load_files([path])


@pytest.mark.parametrize("name", ["data[1].nt", "data*.nt", "data?.nt", "it's.nt"])
def test_a_name_is_a_name_and_no_pattern(tmp_path: Path, name: str) -> None:
    write(tmp_path, "data1.nt", '<https://example.org/a> <https://example.org/p> "other" .\n')
    path = write(tmp_path, name, '<https://example.org/a> <https://example.org/p> "own" .\n')
    with Columns.load_files([path]) as loaded:
        assert [value for _, _, value in loaded.triples()] == ['"own"']


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r", b"\n\r\n", b"\n\r\n\r"])
def test_lines_may_end_in_any_ways_and_are_read_in_bulk(
    tmp_path: Path, ends: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, ways = tmp_path / "data.nt", re.findall(rb"\r\n|\r|\n", ends)
    lines = [f'_:b{n} <https://example.org/p> "two words {n}"@en .'.encode() for n in range(50)]
    path.write_bytes(b"".join(line + ways[n % len(ways)] for n, line in enumerate(lines)))
    monkeypatch.setattr(columns_read, "file_as_lines", None)
    with Columns.load_files([path]) as loaded:
        assert sorted(o for _, _, o in loaded.triples()) == sorted(f'"two words {n}"@en' for n in range(50))


def test_a_file_whose_last_piece_is_read_carefully_stands_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read of it in bulk is taken back: its blank nodes would stand under two names."""
    monkeypatch.setattr(columns_read, "PIECE", 400)
    path = tmp_path / "data.nt"
    lines = [f'_:b{n} <https://example.org/p> "{n}" .\n' for n in range(60)]
    path.write_bytes("".join(lines).encode() + b'_:b0 <https://example.org/p> "\x01" .\r\n' + lines[1].encode())
    with Columns.load_files([path]) as loaded:
        found = list(loaded.triples())
    assert len(found) == 61
    assert len({subject for subject, _, _ in found}) == 60
