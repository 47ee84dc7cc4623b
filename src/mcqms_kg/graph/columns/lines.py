"""Line files in bulk, where that is possible: the ways of reading them, the strictest first, and what is undone when one fails."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.graph.columns import read as columns_read
from mcqms_kg.graph.columns.database import errors

if TYPE_CHECKING:
    import duckdb

_DELIMITER = b"\x01"
"""What stands between columns for DuckDB; reading that is not strict passes over what follows one."""


def read_in_bulk(con: duckdb.DuckDBPyConnection, path: Path, blank_prefix: str) -> bool:
    """Whether the file could be read; nothing is kept of one that could not: not UTF-8, a line beyond bounds.

    Strict reading refuses lines that end differently. Raises `UnreadableInput` where a line is not well-formed.
    """
    (before,) = con.execute("SELECT count(*) FROM triple").fetchone() or (0,)
    for strict in (True, False):
        if not strict and _holds_delimiter(path):
            return False
        try:
            columns_read.read_file(con, path, blank_prefix, strict=strict)
            return True
        except errors("InterruptException"):
            raise
        except errors("Error"):
            con.execute(f"DELETE FROM triple WHERE rowid >= {before}")
    return False


def _holds_delimiter(path: Path) -> bool:
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(_DELIMITER) >= 0
