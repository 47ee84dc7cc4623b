"""From files, Parquet columns or statements at hand to the tables `triple` and `term` on Spark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.errors import EmptyInput, Place, UnreadableInput, Unsupported
from mcqms_kg.graph.folders import expand_folders
from mcqms_kg.graph.read import read_quads, source
from mcqms_kg.model import Term, Triple
from mcqms_kg.settings import Settings
from mcqms_kg.shacl.spark.data import SparkColumns
from mcqms_kg.shacl.spark.lines import read_lines, refuse_problems
from mcqms_kg.shacl.spark.numbers import number_column, number_of, tag_column
from mcqms_kg.shacl.spark.tables import Tables

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_LINES = (".nt", ".nq")
_STATEMENT, _TERM = "s BIGINT, p BIGINT, o BIGINT", "id BIGINT, text STRING"
_UNKNOWN = """SELECT x FROM (SELECT s AS x FROM triple UNION SELECT p FROM triple UNION SELECT o FROM triple)
    LEFT ANTI JOIN term ON term.id = x LIMIT 1"""


def load_triples(tables: Tables, triples: Iterable[Triple]) -> SparkColumns:
    """The columns of statements at hand."""
    numbers: dict[Term, int] = {}

    def number(term: Term) -> int:
        if term not in numbers:
            numbers[term] = number_of(term)
        return numbers[term]

    rows: list[tuple[int, ...]] = list({(number(s), number(p), number(o)): None for s, p, o in triples})
    tables.plan_for(len(rows))
    texts = [(number, str(term)) for term, number in numbers.items()]
    return SparkColumns(tables, tables.frame(rows, _STATEMENT), tables.frame(texts, _TERM))


def load_files(tables: Tables, paths: Sequence[Path], *, located: bool = False) -> SparkColumns:
    """The columns of RDF files, or of one folder of Parquet columns.

    N-Triples and N-Quads are read on the executors, any other syntax here. Raises `UnreadableInput` where something is not well-formed,
    and `EmptyInput` where there is no statement.
    """
    folders = [path for path in paths if _holds_parquet(path)]
    if folders and len(paths) > 1:
        raise Unsupported(
            "Parquet columns beside other data", remedy="Give one folder of Parquet columns, or RDF files."
        )
    columns = _of_parquet(tables, folders[0]) if folders else _of_files(tables, expand_folders(paths), located)
    if not columns.statements:
        raise EmptyInput("The files hold no statement", remedy="Give files with data.")
    return columns


def _holds_parquet(path: Path) -> bool:
    return (path / "triple").is_dir() and (path / "term").is_dir()


def _of_files(tables: Tables, files: Sequence[Path], located: bool) -> SparkColumns:
    from pyspark import StorageLevel
    from pyspark.sql import functions as f

    parts = [_staged(tables, path, n, located).withColumn("file", f.lit(n)) for n, path in enumerate(files)]
    staged = reduce(lambda one, other: one.unionByName(other, allowMissingColumns=True), parts)
    staged = staged.persist(StorageLevel.DISK_ONLY)
    if "problem" in staged.columns:
        refuse_problems(staged, files)
    triple = staged.select(*(number_column(f.col(place)).alias(place) for place in "spo")).distinct()
    texts = staged.select(f.explode(f.array("s", "p", "o")).alias("text")).distinct()
    term = texts.select(number_column(f.col("text")).alias("id"), "text")
    triple, term = tables.kept(triple), tables.kept(term)
    staged.unpersist()
    return SparkColumns(tables, triple, term)


def _staged(tables: Tables, path: Path, number: int, located: bool) -> DataFrame:
    given = source(path, located=located)
    if path.suffix.lower() not in _LINES:
        quads = read_quads(given, blank_prefix=f"f{number}_b")
        return tables.frame([(str(s), str(p), str(o)) for s, p, o, _ in quads], "s STRING, p STRING, o STRING")
    most = Settings.from_environment().max_input_bytes
    if path.stat().st_size > most:
        raise UnreadableInput(
            f"The file is larger than {most} bytes",
            place=Place(str(path)),
            remedy="Split the file, or raise MCQMS_MAX_INPUT_BYTES.",
        )
    return read_lines(tables.spark, path, f"f{number}_")


def _of_parquet(tables: Tables, folder: Path) -> SparkColumns:
    """Columns as `Columns.write_parquet` writes them; their numbers are taken as they are, and must be what the queries expect of them."""
    from pyspark.sql import functions as f

    triple, term = (tables.spark.read.parquet(str(folder / name)) for name in ("triple", "term"))
    if [dict(table.dtypes) for table in (triple, term)] != [
        dict.fromkeys("spo", "bigint"),
        {"id": "bigint", "text": "string"},
    ]:
        raise _no_columns(folder, "its tables have other columns")
    columns = SparkColumns(
        tables,
        tables.kept(triple.select("s", "p", "o").distinct()),
        tables.kept(term.select("id", "text")),
    )
    if not term.where(f.shiftright("id", 56) != tag_column(f.col("text"))).isEmpty():
        raise _no_columns(folder, "the number of a term does not tell its kind")
    if not tables.spark.sql(_UNKNOWN).isEmpty():
        raise _no_columns(folder, "a statement holds a number that no term has")
    return columns


def _no_columns(folder: Path, why: str) -> UnreadableInput:
    return UnreadableInput(
        f"These are no columns: {why}", place=Place(str(folder)), remedy="Write them by Columns.write_parquet."
    )
