"""What Spark says when it fails: a query that it cannot run exactly, or a machine that broke down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import AnalysisException, PySparkException, PythonException

from mcqms_kg.errors import McqmsError, Unsupported
from mcqms_kg.shacl.searching import Slow

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
    """Why the query cannot be run exactly. Raises `McqmsError` where it is Spark itself that failed, and `Slow` for a pattern that is."""
    if isinstance(problem, Unsupported):
        return problem
    if isinstance(problem, PythonException) and Slow.__name__ in str(problem):
        raise Slow(
            "A pattern takes too long on the texts of the data", remedy="Write one that needs no retries."
        ) from problem
    condition = (problem.getCondition() or "").split(".")[0]
    if condition in _BEYOND_EXACT or isinstance(problem, AnalysisException):
        return Unsupported(f"Spark cannot run this exactly: {_first_line(problem)}")
    raise _failed(problem) from problem


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turns what Spark raises into `McqmsError`."""
    try:
        yield
    except (PySparkException, Py4JError) as problem:
        raise _failed(problem) from problem


def _failed(problem: Exception) -> McqmsError:
    return McqmsError(
        f"Spark failed: {_first_line(problem)}", remedy="Look into its logs; it may need more memory or another master."
    )


def _first_line(problem: Exception) -> str:
    return (str(problem).strip() or type(problem).__name__).splitlines()[0][:500]
