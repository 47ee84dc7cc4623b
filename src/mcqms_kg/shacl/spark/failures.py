"""What Spark says when it fails: a query that it cannot run exactly, or a machine that broke down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcqms_kg.errors import McqmsError, Unsupported

if TYPE_CHECKING:
    from pyspark.errors import PySparkException

_BEYOND_EXACT = {
    "USER_RAISED_EXCEPTION",
    "ARITHMETIC_OVERFLOW",
    "BINARY_ARITHMETIC_OVERFLOW",
    "CAST_INVALID_INPUT",
    "CAST_OVERFLOW",
    "DATETIME_OVERFLOW",
    "DIVIDE_BY_ZERO",
    "INTERVAL_ARITHMETIC_OVERFLOW",
    "NUMERIC_OUT_OF_SUPPORTED_RANGE",
    "NUMERIC_VALUE_OUT_OF_RANGE",
}


def as_unsupported(problem: PySparkException | Unsupported) -> Unsupported:
    """Why the query cannot be run exactly; raises `McqmsError` where it is Spark itself that failed."""
    from pyspark.errors import AnalysisException, PythonException

    if isinstance(problem, Unsupported):
        return problem
    said = str(problem)
    condition = (problem.getCondition() or "").split(".")[0]
    slow = isinstance(problem, PythonException) and "takes too long on a text" in said
    if slow or condition in _BEYOND_EXACT or isinstance(problem, AnalysisException):
        return Unsupported(f"Spark cannot run this exactly: {said.strip().splitlines()[0]}")
    raise McqmsError(
        f"Spark failed: {said.strip().splitlines()[0][:500]}", remedy="Look into its logs, or give it more memory."
    ) from problem
