"""The number of a term on Spark: its tag in the high byte, and below it 56 bits of the MD5 of its N-Triples text."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mcqms_kg.graph.columns import tags
from mcqms_kg.model import Term
from mcqms_kg.namespaces import RDF, XSD

if TYPE_CHECKING:
    from pyspark.sql import Column

_NO_LANGUAGE = f"^^<{RDF}langString>"
_DIGITS = (64 - 8) // 4


def number_of(term: Term) -> int:
    digest = hashlib.md5(term.encode(), usedforsecurity=False).hexdigest()
    return _tag(term) << tags.SHIFT | int(digest[:_DIGITS], 16)


def _tag(term: Term) -> int:
    """A literal that names the datatype of texts with a language, and has none, is of no known kind."""
    return tags.OTHER if term.endswith(_NO_LANGUAGE) else tags.tag_of(term)


def number_column(text: Column) -> Column:
    """The numbers of terms as a Spark expression over their N-Triples texts."""
    from pyspark.sql import functions as f

    digest = f.conv(f.substring(f.md5(text), 1, _DIGITS), 16, 10).cast("bigint")
    return f.shiftleft(tag_column(text).cast("bigint"), tags.SHIFT).bitwiseOR(digest)


def tag_column(text: Column) -> Column:
    """The tag of a term; the ending of the text decides (as in `columns_tags.tag_sql`)."""
    from pyspark.sql import functions as f

    ending = f.substring_index(text, '"', -1)
    known = {f"^^<{iri}>": tag for iri, tag in tags.TAGS.items() if iri.startswith(XSD)} | {"": tags.STRING}
    table = f.create_map(*(f.lit(part) for pair in known.items() for part in pair))
    of_literal = f.when(ending.startswith("@"), tags.LANGUAGE).otherwise(f.coalesce(table[ending], f.lit(tags.OTHER)))
    return f.when(text.startswith("<"), tags.IRI).when(text.startswith("_"), tags.BLANK).otherwise(of_literal)
