"""Where an answer is written to, up to its limits: memory, and a file from a size on."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import IO

from mcqms_kg.errors import AnswerTooLarge
from mcqms_kg.graph.xml_bytes import XmlBytes
from mcqms_kg.query.formats import RowCounter
from mcqms_kg.settings import MEBIBYTE, QueryLimits

IN_MEMORY = MEBIBYTE
"""Bytes above which an answer goes to a file, where there is one."""


class Capped(io.RawIOBase):
    """Takes what is written, up to the limits on bytes and rows; XML only where XML can hold it."""

    def __init__(self, limits: QueryLimits, format: str, spool: str | None = None) -> None:
        super().__init__()
        self._limits, self._spool = limits, spool
        self._rows = RowCounter(format)
        self._digest = hashlib.sha256()
        self._xml = XmlBytes() if format in ("xml", "rdfxml") else None
        self._file: IO[bytes] | None = None
        self.content = bytearray()
        self.size = 0
        self.problem: AnswerTooLarge | None = None

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()

    def write(self, chunk: bytes) -> int:  # type: ignore[override]  # the engine writes bytes only
        given = len(chunk)
        chunk = self._xml.fit(chunk) if self._xml else chunk
        self._rows.see(chunk)
        self._digest.update(chunk)
        self.size += len(chunk)
        self._keep(chunk)
        limits = self._limits
        if self.size > limits.query_max_bytes:
            self._refuse(f"more than {limits.query_max_bytes} bytes", "MCQMS_QUERY_MAX_BYTES")
        if self._rows.rows > limits.query_max_rows:
            self._refuse(f"more than {limits.query_max_rows} rows", "MCQMS_QUERY_MAX_ROWS")
        return given

    def _keep(self, chunk: bytes) -> None:
        if self._file is None and self._spool and self.size > IN_MEMORY:
            self._file = Path(self._spool).open("wb")  # noqa: SIM115  # closed by `finish`
            self._file.write(self.content)
            self.content.clear()
        if self._file:
            self._file.write(chunk)
        else:
            self.content += chunk

    def finish(self) -> None:
        """Writes the file through, so that another process reads all of it."""
        if self._file:
            self._file.close()

    def _refuse(self, what: str, setting: str) -> None:
        self.problem = AnswerTooLarge(
            f"The answer has {what}", remedy=f"Ask for less, by LIMIT or more conditions, or raise {setting}."
        )
        raise self.problem
