"""Where the work is done: a Spark session on this machine or on a cluster."""

from __future__ import annotations

import os
import sys

from pyspark.sql import SparkSession

from mcqms_kg.errors import BadValue

NAME = "spark"
EXACT = {
    "spark.sql.ansi.enabled": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.crossJoin.enabled": "true",
}
"""What makes Spark's arithmetic exact or fail, as the queries need it."""

_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
}


def open_session(master: str) -> SparkSession:
    """A session of its own on `master`: `local[2]`, `local-cluster[2,1,2048]` or the address of a cluster.

    Raises `BadValue` for a master on which Spark does not start, or that is not the one in use.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("mcqms-kg").master(master)
    for name, value in _QUIET.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as problem:  # Py4J raises what Java raised
        raise BadValue(f"Spark does not start on {master!r}: {_why(problem)}", remedy=_REMEDY) from problem
    if session.sparkContext.master != master:
        raise BadValue(
            f"Spark already runs on {session.sparkContext.master!r} in this process",
            remedy="Use that master, or stop it first.",
        )
    return own(session)


_PARTITIONS, _USUAL = "spark.sql.shuffle.partitions", "200"
_REMEDY = "It needs Java 17 or 21, and a master like local[2] or spark://host:7077."


def own(session: SparkSession) -> SparkSession:
    """A session beside the given one, with tables and settings of its own."""
    beside = session.newSession()
    for name, value in EXACT.items():
        beside.conf.set(name, value)
    if beside.conf.get(_PARTITIONS) == _USUAL:
        beside.conf.set(_PARTITIONS, str(4 * session.sparkContext.defaultParallelism))
    return beside


def _why(problem: Exception) -> str:
    return (str(problem).strip() or type(problem).__name__).splitlines()[-1 if "JAVA" in str(problem) else 0]
