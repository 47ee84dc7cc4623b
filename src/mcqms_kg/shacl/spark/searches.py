"""Regular expressions on the executors: those for RE2 by DuckDB, as on one machine, and the others by `regex` within a time bound.

Spark's own are Java's, which take exponential time on some texts and mean other things by `$`, `.` and letter case.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from mcqms_kg.shacl.searching import matching
from mcqms_kg.shacl.spark.dialect import RE2

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

XPATH = "matches_xpath"
"""The function on Spark that runs a regular expression beyond RE2."""


def register(spark: SparkSession) -> None:
    """Makes the two functions known to the session."""
    from pyspark.sql.pandas.functions import arrow_udf

    for name, function in ((RE2, matches_re2), (XPATH, matches_xpath)):
        spark.udf.register(name, arrow_udf(function, "boolean"))  # type: ignore[call-overload]  # the kind is read from its hints


def matches_re2(texts: pa.Array, patterns: pa.Array) -> pa.Array:
    """Runs on the executors: Arrow arrays of texts, and of one pattern again and again."""
    if not len(texts):
        return pa.array([], pa.bool_())
    connection = _connection()
    connection.register("batch", pa.table({"text": texts}))
    found = connection.execute("SELECT regexp_matches(text, ?) FROM batch", [patterns[0].as_py()]).fetchall()
    return pa.array([matched for (matched,) in found], pa.bool_())


@cache
def _connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def matches_xpath(texts: pa.Array, patterns: pa.Array, flags: pa.Array) -> pa.Array:
    """Runs on the executors. Texts that take too long stop the query."""
    if not len(texts):
        return pa.array([], pa.bool_())
    found = set(matching(patterns[0].as_py(), flags[0].as_py(), enumerate(texts.to_pylist())))
    return pa.array([place in found for place in range(len(texts))], pa.bool_())
