"""N-Triples and N-Quads files into columns: plain lines in SQL, a few at a time in Python for what is not plain.

A line is cut at its first two blanks. Whether the pieces are terms is asked of each different piece once, not of each line: that is a
tenth of the work. Lines with a piece that is no term in plain form go to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph.columns.scratch import scratch
from mcqms_kg.graph.read import FORMATS, Source, parsed_quads
from mcqms_kg.model import Quad, Term
from mcqms_kg.namespaces import RDF, XSD

if TYPE_CHECKING:
    import duckdb

PIECE = 256 * 1024 * 1024
"""Bytes read at a time: bounds the memory that reading takes."""

_IRI = r"<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*>"
_LITERAL = rf"\"(?:[^\"\\\x00-\x1F\x7F]|\\[tbnrf\"\\])*\"(?:@[a-z]{{1,8}}(?:-[a-z0-9]{{1,8}})*|\^\^{_IRI})?"
_STRING = f"^^<{XSD}string>"


@dataclass(frozen=True)
class _Lines:
    """Lines of a file: the SQL that gives them, whether they may name a graph, and what the names of their blank nodes begin with."""

    sql: str
    graphs: bool
    blank_prefix: str

    @property
    def pieces(self) -> str:
        """Columns `s`, `p`, `o`, `g` (a graph's name or nothing) and `line`; a line without an end has an empty `o`."""
        cut = f"SELECT line, string_split(line, ' ') AS x FROM {self.sql}"
        plain = "WHEN len(x) = 4 THEN x[3] ELSE array_to_string(x[3:-2], ' ')"
        if not self.graphs:
            return f"SELECT x[1] AS s, x[2] AS p, CASE WHEN x[-1] <> '.' THEN '' {plain} END AS o, NULL AS g, line FROM ({cut})"
        named = "len(x) > 4 AND regexp_full_match(x[-2], '<[^\"]*>|_:[^\"]*')"
        return f"""SELECT x[1] AS s, x[2] AS p, g, line,
                CASE WHEN x[-1] <> '.' THEN '' WHEN g IS NOT NULL THEN array_to_string(x[3:-3], ' ') {plain} END AS o
            FROM (SELECT line, x, CASE WHEN {named} THEN x[-2] END AS g FROM ({cut}))"""

    @property
    def terms(self) -> str:
        """The same with terms as they are kept: blank nodes named apart by file, language tags in lower case, strings without datatype."""
        s, o = self._blank("s"), f"CASE WHEN starts_with(o, '<') THEN o {self._blank_case('o')} {_LITERAL_CASES} END"
        return f"SELECT {s} AS s, p, {o} AS o, g, line FROM ({self.pieces})"

    def _blank(self, name: str) -> str:
        case = self._blank_case(name)
        return f"CASE {case} ELSE {name} END" if case else name

    def _blank_case(self, name: str) -> str:
        return f"WHEN starts_with({name}, '_:') THEN '_:{self.blank_prefix}' || {name}[3:]" if self.blank_prefix else ""

    @property
    def forms(self) -> dict[str, str]:
        """What a piece must look like to be a term, by its place in the line."""
        blank = f"_:{self.blank_prefix}[A-Za-z0-9_]+"
        return {"s": f"{_IRI}|{blank}", "p": _IRI, "o": f"{_IRI}|{blank}|{_LITERAL}", "g": f"{_IRI}|_:[A-Za-z0-9_]+"}


_UNTAGGED = f"ends_with(text, '^^<{RDF}langString>')"
"""A literal that says it has a language and has none."""


_TAG = "split_part(o, '\"', -1)"
_LITERAL_CASES = f"""WHEN ends_with(o, '"') THEN o WHEN ends_with(o, '"{_STRING}') THEN left(o, length(o) - {len(_STRING)})
    WHEN ends_with(o, '>') OR NOT regexp_matches(o, '"@[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*$') THEN o
    ELSE left(o, length(o) - length({_TAG})) || lower({_TAG})"""


def read_file(con: duckdb.DuckDBPyConnection, path: Path, blank_prefix: str, *, strict: bool = True) -> None:
    """Adds the statements of a file to `triple` and `term`. Raises `UnreadableInput` where a line is not well-formed."""
    for piece in _pieces(path):
        lines = _Lines(_lines_of(piece, strict=strict), path.suffix.lower() == ".nq", blank_prefix)
        _stage(con, lines.terms)
        if _set_odd_apart(con, lines):
            odd = con.execute(f"SELECT line FROM ({lines.terms}) WHERE {_ODD}").fetchall()
            _add(con)
            with as_lines(parsed(statements_of(line for (line,) in odd), path)) as lines_:
                read_lines(con, lines_, blank_prefix)
        else:
            _add(con)


def read_lines(con: duckdb.DuckDBPyConnection, path: Path, blank_prefix: str = "") -> None:
    """Adds the statements of a file of canonical N-Triples lines, which are known to be well-formed."""
    _stage(con, _Lines(_lines_of(path), graphs=False, blank_prefix=blank_prefix).terms)
    _add(con)


@contextmanager
def as_lines(quads: Iterable[Quad]) -> Iterator[Path]:
    """Quads as a file of canonical lines for a while; graph names are dropped."""
    with scratch() as file:
        file.writelines(f"{s} {p} {o} .\n".encode() for s, p, o, _ in quads)
        file.flush()
        yield Path(file.name)


@contextmanager
def file_as_lines(given: Source, blank_prefix: str) -> Iterator[Path]:
    """A file of any syntax as a file of canonical lines for a while; graph names are dropped.

    Raises `UnreadableInput` as `read_quads` does.
    """
    quads = parsed_quads(given, blank_prefix=blank_prefix)
    with scratch() as file:
        ox.serialize((quad.triple for quad in quads), output=file, format=ox.RdfFormat.N_TRIPLES)
        file.flush()
        yield Path(file.name)


def _lines_of(path: Path, *, strict: bool = True) -> str:
    name = re.sub(r"[*?\[]", r"[\g<0>]", str(path)).replace("'", "''")  # DuckDB takes these signs for patterns of names
    return (
        f"read_csv('{name}', columns = {{'line': 'VARCHAR'}}, delim = chr(1), quote = '', escape = '', comment = '', "
        f"header = false, auto_detect = false, max_line_size = {PIECE // 4}, strict_mode = {strict})"
    )


def _stage(con: duckdb.DuckDBPyConnection, terms: str) -> None:
    """The table `staged`: terms and their numbers, and the tables of the different terms in each place."""
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE staged AS
            SELECT number_of(s) AS si, digest(p) AS pi, number_of(o) AS oi, s, p, o, g FROM ({terms}) WHERE line IS NOT NULL;
        CREATE OR REPLACE TEMP TABLE found_s AS SELECT DISTINCT si AS id, s AS text FROM staged;
        CREATE OR REPLACE TEMP TABLE found_p AS SELECT DISTINCT pi AS id, p AS text FROM staged;
        CREATE OR REPLACE TEMP TABLE found_o AS SELECT DISTINCT oi AS id, o AS text FROM staged;
        CREATE OR REPLACE TEMP TABLE found_g AS SELECT DISTINCT g AS text FROM staged WHERE g IS NOT NULL""")


_PLACES = "spog"
_ODD = " OR ".join(f"{place} IN (SELECT text FROM odd_{place})" for place in _PLACES)


def _set_odd_apart(con: duckdb.DuckDBPyConnection, lines: _Lines) -> bool:
    """Takes lines with a piece that is no plain term out of what is staged; whether there are any."""
    for place, form in lines.forms.items():
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE odd_{place} AS SELECT text FROM found_{place} "
            f"WHERE regexp_full_match(text, '{form}') IS NOT true OR {_UNTAGGED}"
        )
    some = " UNION ALL ".join(f"SELECT 1 FROM odd_{place}" for place in _PLACES)
    if con.execute(f"SELECT 1 FROM ({some}) LIMIT 1").fetchone() is None:
        return False
    con.execute(f"DELETE FROM staged WHERE {_ODD}")
    for place in _PLACES:
        con.execute(f"DELETE FROM found_{place} WHERE text IN (SELECT text FROM odd_{place})")
    return True


def _add(con: duckdb.DuckDBPyConnection) -> None:
    """Moves what is staged into `triple` and `term`."""
    con.execute("""
        INSERT INTO triple SELECT si, pi, oi FROM staged;
        INSERT INTO term SELECT id, text FROM (FROM found_s UNION FROM found_p UNION FROM found_o) AS found
            WHERE NOT EXISTS (SELECT 1 FROM term WHERE term.id = found.id AND term.text = found.text);
        DROP TABLE staged""")


def statements_of(lines: Iterable[str]) -> list[str]:
    """Those of the lines that say something: neither empty nor a comment."""
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def parsed(lines: list[str], path: Path) -> Iterator[Quad]:
    """The statements of lines of a file, by the parser. Raises `UnreadableInput` with the place in the file."""
    text = "\n".join(lines)
    try:
        for quad in ox.parse(text, format=FORMATS[path.suffix.lower()]):
            if isinstance(quad.object, ox.Triple):
                raise UnreadableInput("The file holds a triple term (RDF 1.2)", place=Place(str(path)))
            yield Term(str(quad.subject)), Term(str(quad.predicate)), Term(str(quad.object)), None
    except SyntaxError as problem:
        bad = lines[(problem.lineno or 1) - 1]
        raise UnreadableInput(
            f"The line is not well-formed: {problem.msg}",
            place=Place(str(path), _line_number(path, bad), problem.offset),
            remedy="Mend this line and check again.",
        ) from problem


def _line_number(path: Path, bad: str) -> int | None:
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        return next((n for n, line in enumerate(file, start=1) if line.rstrip("\r\n") == bad), None)


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
    with scratch() as piece:
        piece.write(content)
        piece.flush()
        yield Path(piece.name)
