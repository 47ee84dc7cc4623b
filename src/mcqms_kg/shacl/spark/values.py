"""The tables `literal`, `value` and `ill_formed` (see `graph.columns.values`), by the same Python functions on every literal once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags
from mcqms_kg.graph.columns.values import EXACT, rows_of
from mcqms_kg.model import Term

LITERAL = "id BIGINT, lexical STRING, lang STRING, datatype STRING"
VALUE = f"id BIGINT, space TINYINT, x DOUBLE, tie BIGINT, us BIGINT, months BIGINT, zoned BOOLEAN, exact {EXACT}"
VALUE_OR_TEXT = f"{VALUE}, text STRING"
"""A row of `value`, or the text of a literal whose place among others has to be found with all of them at hand."""

_PLAIN_DIGITS = 15
_FINE = re.compile(r"\.[0-9]{7}")
Terms = Iterable[tuple[int, str]]
Row = tuple[Any, ...]


def literal_rows(literals: Terms) -> Iterator[Row]:
    for number, text in literals:
        yield number, terms.lexical(text), terms.language(text), terms.datatype(text)


def value_or_text_rows(literals: Terms) -> Iterator[Row]:
    """Rows of `value`; what needs a `tie` is handed on as text, and ill-formed literals give none."""
    simple: list[tuple[int, int, str]] = []
    for number, text in literals:
        if needs_rank(text):
            yield (number, *[None] * 7, text)
        else:
            simple.append((number, number >> tags.SHIFT, text))
    for row in rows_of(simple):
        yield (*row, None)


def ranked_rows(literals: Terms) -> list[Row]:
    """Rows of `value` for all the literals that need a `tie`."""
    return list(rows_of((number, number >> tags.SHIFT, text) for number, text in literals))


def needs_rank(text: str) -> bool:
    """Whether a double or a whole microsecond might not tell the value from its neighbours."""
    tag = tags.tag_of(Term(text))
    if tag in tags.EXACT_NUMBERS:
        return len(terms.lexical(text)) > _PLAIN_DIGITS
    return tag in tags.VALUED and tag not in tags.NUMBERS and _FINE.search(text) is not None


def in_arrow(rows: Any, schema: Any, batches: Iterable[Any]) -> Iterator[Any]:
    """Runs on the executors: `rows` on Arrow batches of numbers and texts."""
    import pyarrow as pa

    for batch in batches:
        found = list(rows(zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True)))
        yield record_batch(found, schema) if found else pa.RecordBatch.from_pylist([], schema)


def record_batch(rows: list[Row], schema: Any) -> Any:
    import pyarrow as pa

    columns = zip(*rows, strict=True)
    return pa.RecordBatch.from_arrays(
        [pa.array(list(column), field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )
