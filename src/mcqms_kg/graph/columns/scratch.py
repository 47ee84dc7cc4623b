"""A file of lines that another reader is handed, and that is gone when it is closed."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import IO


def scratch(suffix: str = ".nt") -> AbstractContextManager[IO[bytes]]:
    """An empty file, open for writing; flush it before another reads it by its name."""
    from tempfile import NamedTemporaryFile  # takes long to import, and files of lines need none

    return NamedTemporaryFile("wb", suffix=suffix)
