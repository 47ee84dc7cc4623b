"""The formats of answers, by name and media type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

RESULTS: Mapping[str, ox.QueryResultsFormat] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
"""What SELECT and ASK may give; ASK has no CSV and TSV."""

GRAPHS: Mapping[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
}
"""What CONSTRUCT and DESCRIBE may give."""

_BETWEEN_ROWS = {"json": b"},{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}


@dataclass
class RowCounter:
    """Counts rows in written bytes by what stands between them; the same characters inside a text count too, so it never counts too few."""

    format: str
    rows: int = 0
    _rest: bytes = b""

    def see(self, chunk: bytes) -> None:
        mark = _BETWEEN_ROWS.get(self.format)
        if mark:
            joined = self._rest + chunk
            self.rows += joined.count(mark)
            self._rest = joined[-(len(mark) - 1) :] if len(mark) > 1 else b""
