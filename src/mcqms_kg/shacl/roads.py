"""Which road a graph takes: plans answered in Python where it is small, in SQL where it is huge, else on arrays."""

from __future__ import annotations

import os
from enum import Enum

from mcqms_kg.errors import BadValue
from mcqms_kg.graph.columns.columns import Columns

SETTING = "MCQMS_ROAD"
"""The environment variable that forces a road."""
FEW, MANY = 50_000, 10_000_000
"""Up to the one number of statements Python is the quickest road; beyond the other arrays would take too much memory."""


class Road(Enum):
    """How plans are answered."""

    PYTHON = "python"
    ARRAYS = "arrays"
    SQL = "sql"


def road_of(columns: Columns, target_shapes: int, road: Road | None) -> Road:
    """The road as it is forced, or by how many statements there are. Without a target shape nothing is asked, and SQL loads nothing."""
    if forced := road or _forced():
        return forced
    statements = columns.statements
    if statements > MANY or not target_shapes:
        return Road.SQL
    return Road.PYTHON if statements <= FEW else Road.ARRAYS


def _forced() -> Road | None:
    name = os.environ.get(SETTING)
    try:
        return Road(name) if name else None
    except ValueError as problem:
        known = ", ".join(road.value for road in Road)
        raise BadValue(f"{SETTING} is {name!r}", remedy=f"Known roads: {known}.") from problem
