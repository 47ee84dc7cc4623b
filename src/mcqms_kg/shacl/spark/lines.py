"""N-Triples and N-Quads on Spark: plain lines by one regular expression, every other line by the store library's parser."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.namespaces import XSD
from mcqms_kg.settings import Settings

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

_MARK = "\x01"
_IRI = r"<[A-Za-z][A-Za-z0-9+.-]*+:[^\x00-\x20<>\"{}|^`\\]*+>"
_BLANK = r"_:[A-Za-z0-9_]++"
_PLAIN_TEXT = r"[^\"\\\x00-\x1F\x7F]*+"
_TAG = r"@[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8}){0,8}"
_LITERAL = rf"\"{_PLAIN_TEXT}(?:\\[tbnrf\"\\]{_PLAIN_TEXT}){{0,50}}\"(?:{_TAG}|\^\^{_IRI})?"
"""Repeated groups have bounds, because Java's regular expressions take stack for each round."""
_STRING = f"^^<{XSD}string>"
_ODD = "s STRING, p STRING, o STRING, problem STRING, line BINARY"


def read_lines(spark: SparkSession, path: Path, blank_prefix: str) -> DataFrame:
    """Columns `s`, `p`, `o` of the statements of a file; a line that is none has a `problem` instead, and itself as `line`."""
    from pyspark.sql import functions as f

    lines = spark.read.option("lineSep", "\n").text(_literally(path))
    cut = f.split(f.regexp_replace("value", _pattern(path), f"{_MARK}$1{_MARK}$2{_MARK}$3"), _MARK)
    whole = lines.select("value", cut.alias("x"))
    is_plain = (f.size("x") == 4) & (f.col("x")[0] == "") & ~f.col("value").contains(_MARK) & f.is_valid_utf8("value")
    pieces = whole.select(is_plain.alias("plain"), "x", f.col("value").cast("binary").alias("line"))
    plain = pieces.where("plain").select(*(f.col("x")[place].alias(name) for place, name in enumerate("spo", start=1)))
    odd = pieces.where("NOT plain").select("line")
    parsed = odd.mapInArrow(partial(_parsed, path.suffix.lower(), Settings.from_environment().max_line_bytes), _ODD)
    s, o = _apart(f.col("s"), blank_prefix), _apart(_tidy(f.col("o")), blank_prefix)
    return plain.unionByName(parsed, allowMissingColumns=True).select(
        s.alias("s"), "p", o.alias("o"), "problem", "line"
    )


def _literally(path: Path) -> str:
    """The path for Hadoop, which would take some characters for wildcards."""
    return re.sub(r"([\[\]{}*?\\])", r"\\\1", str(path.resolve()))


def _pattern(path: Path) -> str:
    graph = rf"(?:(?:{_IRI}|{_BLANK}) )?" if path.suffix.lower() == ".nq" else ""
    return rf"\A({_IRI}|{_BLANK}) ({_IRI}) ({_IRI}|{_BLANK}|{_LITERAL}) {graph}\.\r?\z"


def _tidy(o: Column) -> Column:
    """Language tags in lower case; strings lose their datatype (RDF 1.1, 3.3)."""
    from pyspark.sql import functions as f

    ending = f.substring_index(o, '"', -1)
    before = o.substr(f.lit(1), f.length(o) - f.length(ending))
    lower = f.when(ending.startswith("@"), f.concat(before, f.lower(ending))).otherwise(o)
    return f.when(o.startswith('"'), f.when(ending == _STRING, before).otherwise(lower)).otherwise(o)


def _apart(term: Column, prefix: str) -> Column:
    """Blank nodes named apart by file."""
    from pyspark.sql import functions as f

    return f.when(
        term.startswith("_:"), f.concat(f.lit(f"_:{prefix}"), term.substr(f.lit(3), f.length(term)))
    ).otherwise(term)


def _parsed(suffix: str, most: int, batches: Iterable[Any]) -> Iterator[Any]:
    """Runs on the executors: Arrow batches of lines in, of statements and problems out."""
    import pyarrow as pa

    names = ("s", "p", "o", "problem")
    for batch in batches:
        rows = [row for line in batch.column(0).to_pylist() for row in _statements(line, suffix, most)]
        columns = {name: pa.array([row[place] for row in rows], pa.string()) for place, name in enumerate(names)}
        columns["line"] = pa.array([row[4] for row in rows], pa.binary())
        yield pa.RecordBatch.from_pydict(columns)


def _statements(line: bytes, suffix: str, most: int) -> Iterator[tuple[str | bytes | None, ...]]:
    def problem(what: str) -> tuple[str | bytes | None, ...]:
        return None, None, None, what, line

    if len(line) > most:
        yield problem(f"it is longer than {most} bytes")
        return
    try:
        for quad in ox.parse(line.removeprefix(BOM_UTF8), format=FORMATS[suffix]):
            if isinstance(quad.object, ox.Triple):
                yield problem("it holds a triple term (RDF 1.2)")
            else:
                yield str(quad.subject), str(quad.predicate), str(quad.object), None, None
    except SyntaxError as found:
        yield problem(str(found.msg))


def refuse_problems(staged: DataFrame, files: Sequence[Path]) -> None:
    """Raises `UnreadableInput` with the place of a line that is not well-formed; `file` is the place among the files."""
    found = staged.where("problem IS NOT NULL").select("file", "problem", "line").limit(1).collect()
    if found:
        number, what, line = found[0]
        raise UnreadableInput(
            f"The line is not well-formed: {what}",
            place=Place(str(files[number]), _line_number(files[number], bytes(line))),
            remedy="Mend this line and check again.",
        )


def _line_number(path: Path, bad: bytes) -> int | None:
    with path.open("rb") as file:
        return next((n for n, line in enumerate(file, start=1) if line.rstrip(b"\r\n") == bad.rstrip(b"\r")), None)
