"""N-Triples and N-Quads files into columns: plain lines in SQL, a few at a time in Python for what is not plain."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyoxigraph as ox

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph.columns_tags import tag_sql
from mcqms_kg.model import Quad
from mcqms_kg.namespaces import XSD

PIECE = 256 * 1024 * 1024
"""Bytes read at a time: bounds the memory that reading takes."""

_IRI = r"<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*>"
_BLANK = r"_:[A-Za-z0-9_]+"
_LITERAL = rf"\"[^\"\\\x00-\x1F\x7F]*\"(?:@[a-zA-Z]{{1,8}}(?:-[a-zA-Z0-9]{{1,8}})*|\^\^{_IRI})?"
_PLAIN = rf"^({_IRI}|{_BLANK}) ({_IRI}) ({_IRI}|{_BLANK}|{_LITERAL}) (?:(?:{_IRI}|{_BLANK}) )?\.\r?$"
"""Never more than one way to go on: RE2 then reads a line in one pass, four times as fast. Lines of any other form go to the parser."""
_CANONICAL = r"^(\S+) (\S+) (.*) \.$"
_STRING = f"^^<{XSD}string>"


def read_file(con: duckdb.DuckDBPyConnection, path: Path, blank_prefix: str) -> None:
    """Adds the statements of a file to `triple` and `term`. Raises `UnreadableInput` where a line is not well-formed."""
    for piece in _pieces(path):
        parts = f"SELECT line, regexp_extract(line, '{_PLAIN}', ['s', 'p', 'o']) AS t FROM {_lines(piece)}"
        statements = f"SELECT if(t.p = '', line, t.s) AS s, t.p AS p, t.o AS o FROM ({parts}) WHERE line IS NOT NULL"
        odd = _stage(con, statements, blank_prefix, tidy=True)
        if odd:
            read_canonical(con, _parse(odd, path), blank_prefix)


def read_canonical(con: duckdb.DuckDBPyConnection, lines: Iterable[str], blank_prefix: str = "") -> None:
    """Adds statements given as canonical N-Triples lines."""
    with tempfile.NamedTemporaryFile("w", suffix=".nt", encoding="utf-8", newline="\n") as file:
        file.writelines(lines)
        file.flush()
        parts = f"SELECT regexp_extract(line, '{_CANONICAL}', ['s', 'p', 'o']) AS t FROM {_lines(Path(file.name))}"
        _stage(con, f"SELECT t.s AS s, t.p AS p, t.o AS o FROM ({parts})", blank_prefix, tidy=False)


def quad_lines(quads: Iterable[Quad]) -> Iterator[str]:
    """Quads as canonical lines, graph names dropped."""
    return (f"{s} {p} {o} .\n" for s, p, o, _ in quads)


def _lines(path: Path) -> str:
    name = str(path).replace("'", "''")
    return (
        f"read_csv('{name}', columns = {{'line': 'VARCHAR'}}, delim = chr(1), quote = '', escape = '', comment = '', "
        f"header = false, auto_detect = false, max_line_size = {PIECE // 4})"
    )


def _stage(con: duckdb.DuckDBPyConnection, statements: str, blank_prefix: str, *, tidy: bool) -> list[str]:
    """Adds statements; gives back the lines that are none in plain form (`p` is empty, `s` the line)."""
    s, o = (_term(name, blank_prefix, tidy) for name in "so")
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE staged AS SELECT number_of(s) AS si, digest(p) AS pi, number_of(o) AS oi, s, p, o
        FROM (SELECT {s} AS s, p, {o} AS o FROM ({statements}))""")
    odd = con.execute("SELECT s FROM staged WHERE p = '' AND NOT regexp_matches(s, '^\\s*(#.*)?$')").fetchall()
    con.execute("""
        INSERT INTO triple SELECT si, pi, oi FROM staged WHERE p <> '';
        INSERT INTO term SELECT DISTINCT id, text FROM (
            SELECT DISTINCT si AS id, s AS text FROM staged WHERE p <> '' UNION ALL
            SELECT DISTINCT pi, p FROM staged WHERE p <> '' UNION ALL
            SELECT DISTINCT oi, o FROM staged WHERE p <> ''
        ) AS found WHERE NOT EXISTS (SELECT 1 FROM term WHERE term.id = found.id AND term.text = found.text);
        DROP TABLE staged""")
    return [line for (line,) in odd]


def _term(name: str, blank_prefix: str, tidy: bool) -> str:
    """Blank nodes are named apart by file; language tags are in lower case and strings lose their datatype (RDF 1.1, 3.3)."""
    blank = f"WHEN {name}[1] = '_' THEN '_:{blank_prefix}' || {name}[3:]" if blank_prefix else ""
    if name == "s" or not tidy:
        return f"CASE {blank} ELSE {name} END" if blank else name
    return f"""CASE {blank} WHEN {name}[1] = '<' OR ends_with({name}, '"') THEN {name}
        WHEN ends_with({name}, '"{_STRING}') THEN left({name}, length({name}) - {len(_STRING)})
        WHEN NOT ends_with({name}, '>') THEN regexp_extract({name}, '^(.*)@', 1) || lower(regexp_extract({name}, '@[^@]*$'))
        ELSE {name} END"""


def _parse(lines: list[str], path: Path) -> Iterator[str]:
    text = "\n".join(lines)
    try:
        for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS):
            if isinstance(quad.object, ox.Triple):
                raise UnreadableInput("The file holds a triple term (RDF 1.2)", place=Place(str(path)))
            yield f"{quad.subject} {quad.predicate} {quad.object} .\n"
    except SyntaxError as problem:
        bad = lines[(problem.lineno or 1) - 1]
        raise UnreadableInput(
            f"The line is not well-formed: {problem.msg}",
            place=Place(str(path), _line_number(path, bad), problem.offset),
            remedy="Mend this line and check again.",
        ) from problem


def _line_number(path: Path, bad: str) -> int | None:
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        return next((n for n, line in enumerate(file, start=1) if line.rstrip("\n") == bad), None)


def _pieces(path: Path) -> Iterator[Path]:
    """The file itself, or copies of it in pieces that end with a line."""
    if path.stat().st_size <= PIECE * 4:
        yield path
        return
    with path.open("rb") as file:
        while chunk := file.read(PIECE):
            with _temporary(chunk + file.readline()) as piece:
                yield piece


@contextmanager
def _temporary(content: bytes) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile("wb", suffix=".nt") as piece:
        piece.write(content)
        piece.flush()
        yield Path(piece.name)


NUMBER_OF = f"""
    CREATE OR REPLACE TEMP MACRO digest(t) AS (md5_number_lower(t) >> 8)::BIGINT;
    CREATE OR REPLACE TEMP MACRO number_of(t) AS (({tag_sql("t")})::BIGINT << 56) | digest(t)"""
"""The number of a term: its tag, and 56 bits of the MD5 of its text (DuckDB's own hash clashes on IRIs that are alike)."""
