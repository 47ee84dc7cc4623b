"""One Spark for all tests: starting it takes longer than most of them."""

from __future__ import annotations

import importlib.util
import os
import shutil

import pytest

MASTER = "local[2]"
os.environ.setdefault(
    "PYSPARK_SUBMIT_ARGS", '--driver-java-options "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" pyspark-shell'
)


def missing() -> str:
    """What Spark needs and this machine lacks."""
    if importlib.util.find_spec("pyspark") is None:
        return "PySpark is not installed: pip install mcqms-kg[spark]"
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        return "there is no Java"
    return ""


needs_spark = pytest.mark.skipif(bool(missing()), reason=missing() or "Spark is here")
