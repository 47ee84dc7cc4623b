"""What the compiled reader has read, put into `triple` and `term`."""

from __future__ import annotations

import duckdb
import numpy as np

from mcqms_kg.graph.columns.reader import Reader

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
    numbers = np.empty(len(texts), np.int64)
    numbers[found["row"]] = found["id"]
    con.register(_GIVEN, dict(zip("spo", reader.settle(numbers), strict=True)))
    con.execute(f"INSERT INTO triple SELECT s, p, o FROM {_GIVEN}; DROP TABLE read_term")
    con.unregister(_GIVEN)
