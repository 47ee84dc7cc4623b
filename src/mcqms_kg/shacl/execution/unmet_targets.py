"""Which targets can meet anything: one look at the data's classes and properties, before a query for each target."""

from __future__ import annotations

import duckdb

from mcqms_kg.model import Term
from mcqms_kg.shacl.shapes import Target
from mcqms_kg.shacl.vocabulary import SUBCLASS, TYPE

_CLASSES = f"""
    WITH RECURSIVE class(id) AS (
        SELECT DISTINCT o FROM triple WHERE p = number_of('{TYPE}')
        UNION SELECT t.o FROM class JOIN triple AS t ON t.s = class.id AND t.p = number_of('{SUBCLASS}'))
    SELECT text FROM class JOIN term USING (id)"""
_PROPERTIES = "SELECT text FROM (SELECT DISTINCT p AS id FROM triple) JOIN term USING (id)"


def surely_unmet(connection: duckdb.DuckDBPyConnection, wanted: set[tuple[Target, ...]]) -> set[tuple[Target, ...]]:
    """Those of the targets that name only classes without instances and properties without statements."""
    used = {
        "targetClass": _texts(connection, _CLASSES),
        "targetSubjectsOf": (properties := _texts(connection, _PROPERTIES)),
        "targetObjectsOf": properties,
    }
    return {targets for targets in wanted if all(t.kind in used and t.value not in used[t.kind] for t in targets)}


def _texts(connection: duckdb.DuckDBPyConnection, query: str) -> set[Term]:
    return {Term(text) for (text,) in connection.execute(query).fetchall()}
