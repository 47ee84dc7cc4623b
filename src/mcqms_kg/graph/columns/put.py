"""What the compiled reader has read, put into `triple` and `term`."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import numpy as np

from mcqms_kg.graph.columns.gathered import Gathered
from mcqms_kg.graph.columns.reader import Reader

if TYPE_CHECKING:
    import duckdb

_GIVEN = "given_columns"


def put(con: duckdb.DuckDBPyConnection, reader: Reader) -> None:
    """Adds the terms and statements of a reader to those that are there; its statements come once each, in the order of predicates."""
    texts = np.array(reader.texts(), dtype=object)
    con.register(_GIVEN, {"row": np.arange(len(texts)), "text": texts})
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE read_term AS SELECT row, number_of(text) AS id, text FROM {_GIVEN};
        INSERT INTO term SELECT id, text FROM read_term
            WHERE NOT EXISTS (SELECT 1 FROM term WHERE term.id = read_term.id AND term.text = read_term.text)""")
    found = con.execute("SELECT row, id FROM read_term").fetchnumpy()
    numbers = (ctypes.c_int64 * len(texts))()
    np.ctypeslib.as_array(numbers)[found["row"]] = found["id"]
    con.execute("DROP TABLE read_term")
    _put_statements(con, Gathered.by(reader, numbers))


def put_gathered(con: duckdb.DuckDBPyConnection, gathered: Gathered) -> bool:
    """Fills the empty tables; whether the numbers are those that the database gives to the texts."""
    texts = [*gathered.all_texts(), *gathered.added.values()]
    numbers = np.concatenate((gathered.numbers, np.fromiter(gathered.added, np.int64)))
    con.register(_GIVEN, {"id": numbers, "text": np.array(texts, dtype=object)})
    con.execute(f"INSERT INTO term SELECT id, text FROM {_GIVEN}")
    _put_statements(con, gathered)
    return con.execute("SELECT 1 FROM term WHERE id <> number_of(text) LIMIT 1").fetchone() is None


def _put_statements(con: duckdb.DuckDBPyConnection, gathered: Gathered) -> None:
    con.register(_GIVEN, {side: gathered.array(side) for side in "spo"})
    con.execute(f"INSERT INTO triple SELECT s, p, o FROM {_GIVEN}")
    con.unregister(_GIVEN)
