"""The number of a term: its tag in the high byte, and below it 56 bits of a digest of its N-Triples text.

Two digests are at hand. The quick one is made of two of DuckDB's own hashes, of which one alone gives many IRIs that are alike the same
number: five signs more move the text against the blocks of eight bytes that are hashed. The strong one is MD5, at ten times the cost.
Columns begin with the quick one, notice every clash, and go over to the strong one.
"""

from __future__ import annotations

from mcqms_kg.graph.columns.tags import SHIFT, tag_sql

QUICK = "(xor(hash(t), hash('#####' || t)) >> 8)::BIGINT"
STRONG = "(md5_number_lower(t) >> 8)::BIGINT"
"""The digest of the text `t`, as SQL."""


def macros(digest: str) -> str:
    """The macros `digest(t)` and `number_of(t)`, as SQL."""
    return f"""
        CREATE OR REPLACE TEMP MACRO digest(t) AS {digest};
        CREATE OR REPLACE TEMP MACRO number_of(t) AS (({tag_sql("t")})::BIGINT << {SHIFT}) | digest(t);"""
