"""Tables of a session: rows from here, and tables that are computed once and kept while a run needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LITTLE = 50_000
"""Statements up to which a graph is small: then Python here is quicker than Python on executors."""
MIDDLING = 2_000_000
"""Statements up to which compiling a query takes longer than it saves: on 0.45 million, half of the processor time."""
_NOT_COMPILED = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
_FOR_LITTLE = {
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
}


@dataclass
class Tables:
    """A session, and how it keeps tables; they go when nobody holds the session any more."""

    spark: SparkSession
    little: int = LITTLE
    little_now: bool = False

    def plan_for(self, statements: int) -> None:
        """Settings for a graph of that size: on little data, compiling and tuning a query takes longer than running it."""
        self.little_now = statements <= self.little
        chosen = (_FOR_LITTLE if self.little_now else {}) | (_NOT_COMPILED if statements <= MIDDLING else {})
        for name, value in chosen.items():
            self.spark.conf.set(name, value)

    def arrow_schema(self, schema: str) -> Any:
        from pyspark.sql.pandas.types import to_arrow_schema
        from pyspark.sql.types import _parse_datatype_string

        return to_arrow_schema(_parse_datatype_string(schema))  # type: ignore[arg-type]  # a text of columns gives a struct

    def frame(self, rows: list[tuple[Any, ...]], schema: str) -> DataFrame:
        """Rows from here as a table."""
        import pyarrow as pa

        arrow = self.arrow_schema(schema)
        columns = zip(*rows, strict=True) if rows else ([] for _ in arrow)
        arrays = [pa.array(list(column), kind.type) for column, kind in zip(columns, arrow, strict=True)]
        return self.spark.createDataFrame(pa.Table.from_arrays(arrays, schema=arrow), schema=schema)

    def local(self, name: str, rows: list[tuple[Any, ...]], schema: str) -> None:
        """Rows from here as a table with a name."""
        self.frame(rows, schema).createOrReplaceTempView(name)

    def kept(self, frame: DataFrame) -> DataFrame:
        """The table, computed once for all queries of the run."""
        if self.little_now:
            return self.spark.createDataFrame(frame.toArrow(), schema=frame.schema)
        return (
            frame.localCheckpoint()
        )  # not persist: Spark would plan how the table was made with every query that reads it
