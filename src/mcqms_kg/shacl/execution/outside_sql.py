"""What is found outside SQL before a query runs: what a regular expression of Python matches, and what the embedded store answers."""

from __future__ import annotations

from collections.abc import Callable

from mcqms_kg.errors import McqmsError
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.shacl.embedded.asked import Asked, Embedded, seeds
from mcqms_kg.shacl.patterns import Search
from mcqms_kg.shacl.searching import matching
from mcqms_kg.shacl.sql.queries import Query

About = Callable[[str], str]
"""SQL asked of the focus nodes in question."""


def find_outside(columns: Columns, embedded: Embedded, query: Query, about: About = str) -> None:
    """The tables of what a query finds outside SQL."""
    for search in query.searches:
        if isinstance(search, Asked):
            _ask(columns, embedded, search, about)
            _stand_again(columns, query)
        else:
            _match(columns, search, about)


def _match(columns: Columns, search: Search, about: About) -> None:
    texts = columns.connection.execute(about(search.candidates.sql("duckdb"))).fetchall()
    found = list(matching(search.pattern, search.flags, texts))
    columns.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {search.table} AS SELECT unnest(?::BIGINT[]) AS id", [found]
    )


def _ask(columns: Columns, embedded: Embedded, asked: Asked, about: About) -> None:
    """Asks the embedded store; its answers become a table of numbers."""
    names, numbering = asked.question.columns, columns.numbering
    rows = list(embedded.answers(asked.question, seeds(columns.connection, asked, about)))
    columns.ensure_terms(term for row in rows for term in row if term)
    if numbering != columns.numbering:
        raise McqmsError("Two terms have the same hash", remedy="Validate again, or with the reference engine.")
    picked = ", ".join(f"CASE WHEN {name} IS NOT NULL THEN number_of({name}) END AS {name}" for name in names)
    texts = ", ".join(f"unnest(?::VARCHAR[]) AS {name}" for name in names)
    columns.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {asked.table} AS SELECT {picked} FROM (SELECT {texts})",
        [[row[place] for row in rows] for place in range(len(names))],
    )


def _stand_again(columns: Columns, query: Query) -> None:
    """Answers may be new terms, whose values the query looks up."""
    if "literal" in query.tables:
        columns.ensure_literals()
    if "value" in query.tables:
        columns.ensure_values()
