"""Which of two roads a graph takes: plans answered in Python where the graph is small, else in SQL. Both give the same report."""

from __future__ import annotations

import os
from enum import Enum

from mcqms_kg.errors import BadValue
from mcqms_kg.graph.columns import Columns

SETTING = "MCQMS_ROAD"
"""The environment variable that forces a road."""
STATEMENTS, PER_SHAPE = 200_000, 1_000
"""With more statements SQL is the quicker road. Its queries must be planned first, so more shapes need more statements."""


class Road(Enum):
    """How plans are answered."""

    PYTHON = "python"
    SQL = "sql"


def is_small(columns: Columns, target_shapes: int, road: Road | None) -> bool:
    """Whether plans are answered in Python: as it is forced, or because there are few statements for so many shapes."""
    forced = road or _forced()
    if forced:
        return forced is Road.PYTHON
    (statements,) = columns.connection.execute("SELECT count(*) FROM triple").fetchone() or (0,)
    return bool(target_shapes) and int(statements) <= STATEMENTS + PER_SHAPE * target_shapes


def _forced() -> Road | None:
    name = os.environ.get(SETTING)
    try:
        return Road(name) if name else None
    except ValueError as problem:
        known = ", ".join(road.value for road in Road)
        raise BadValue(f"{SETTING} is {name!r}", remedy=f"Known roads: {known}.") from problem
