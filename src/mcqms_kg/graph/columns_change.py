"""A change to columns that stand: which statements truly come and go, and the tables kept right without building them anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal

import duckdb

from mcqms_kg.errors import McqmsError
from mcqms_kg.graph import columns_tags as tags
from mcqms_kg.graph import columns_values, terms
from mcqms_kg.graph import columns_xsd as xsd
from mcqms_kg.graph.columns import Columns
from mcqms_kg.model import Term, Triple

_PLAIN_DIGITS = 15
_BUILDERS = {"literal": columns_values.build_literals, "value": columns_values.build_values}
_TABLES = {"literal": ("literal",), "value": ("value", "ill_formed")}
_CHANGED = """
    CREATE OR REPLACE TEMP TABLE wished AS SELECT number_of(s) AS s, number_of(p) AS p, number_of(o) AS o, comes
    FROM (SELECT unnest(?::VARCHAR[]) AS s, unnest(?::VARCHAR[]) AS p, unnest(?::VARCHAR[]) AS o, unnest(?::BOOLEAN[]) AS comes)"""
_TEXTS = "CREATE OR REPLACE TEMP TABLE arrived AS SELECT number_of(text) AS id, text FROM (SELECT unnest(?::VARCHAR[]) AS text)"


def note(columns: Columns, added: set[Triple], removed: set[Triple]) -> tuple[Triple, ...]:
    """The statements that truly come or go, left in the table `changed`. What is both added and removed, stands in the end."""
    wished = [*((triple, True) for triple in added), *((triple, False) for triple in removed - added)]
    if not wished:
        return ()
    con = columns.connection
    parts = [[triple[place] for triple, _ in wished] for place in range(3)]
    con.execute(_CHANGED, [*parts, [comes for _, comes in wished]])
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE standing AS SELECT t.s, t.p, t.o FROM triple AS t SEMI JOIN wished AS w
            ON t.s = w.s AND t.p = w.p AND t.o = w.o WHERE {_predicates(con, "wished")};
        CREATE OR REPLACE TEMP TABLE changed AS SELECT * FROM wished AS w
            WHERE comes <> EXISTS (SELECT 1 FROM standing AS t WHERE t.s = w.s AND t.p = w.p AND t.o = w.o)""")
    found = con.execute("SELECT s, p, o FROM changed").fetchall()
    numbers = dict(con.execute("SELECT number_of(text), text FROM (SELECT unnest(?::VARCHAR[]) AS text)", [
        list({term for triple, _ in wished for term in triple})]).fetchall())  # fmt: skip
    return tuple((Term(numbers[s]), Term(numbers[p]), Term(numbers[o])) for s, p, o in found)


def _predicates(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """A condition that names the predicates, so that a scan skips the rows of all others."""
    found = con.execute(f"SELECT DISTINCT p FROM {table}").fetchall()
    return f"p IN ({', '.join(str(number) for (number,) in found) or 'NULL'})"


def insert(columns: Columns, changed: Iterable[Triple]) -> None:
    """Adds the statements of `changed` that come. Raises `McqmsError` where a new term has the number of another."""
    con = columns.connection
    if con.execute("SELECT 1 FROM changed WHERE comes LIMIT 1").fetchone() is None:
        return
    texts = sorted({term for triple in changed for term in triple})
    con.execute(_TEXTS, [texts])
    listed = ", ".join(str(number) for (number,) in con.execute("SELECT id FROM arrived").fetchall())
    known = dict(con.execute(f"SELECT id, text FROM term WHERE id IN ({listed})").fetchall())
    arrived = dict(con.execute("SELECT id, text FROM arrived").fetchall())
    if len(arrived) < len(texts) or any(known.get(number, text) != text for number, text in arrived.items()):
        raise McqmsError("Two terms have the same hash", remedy="Validate with the reference engine.")
    new = [text for number, text in arrived.items() if number not in known]
    con.execute("INSERT INTO triple SELECT s, p, o FROM changed WHERE comes")
    con.execute(_TEXTS, [new])
    con.execute("INSERT INTO term SELECT id, text FROM arrived")
    _derive(columns, [Term(text) for text in new])


def delete(columns: Columns) -> None:
    """Takes away the statements of `changed` that go. Their terms stay: no query asks for a term that no statement holds."""
    con = columns.connection
    if con.execute("SELECT 1 FROM changed WHERE NOT comes LIMIT 1").fetchone() is None:
        return
    con.execute(f"""DELETE FROM triple WHERE {_predicates(con, "(FROM changed WHERE NOT comes)")}
        AND (s, p, o) IN (SELECT (s, p, o) FROM changed WHERE NOT comes)""")


@contextmanager
def both(columns: Columns) -> Iterator[None]:
    """For a while, what went stands beside what came."""
    (going,) = columns.connection.execute("SELECT count(*) FROM changed WHERE NOT comes").fetchone() or (0,)
    if not going:
        yield
        return
    columns.connection.execute("INSERT INTO triple SELECT s, p, o FROM changed WHERE NOT comes")
    try:
        yield
    finally:
        delete(columns)


def _derive(columns: Columns, new: list[Term]) -> None:
    """The rows of new literals in the derived tables; where their order among others must be found, the tables are built anew."""
    if not any(map(terms.is_literal, new)):
        return
    if any(map(_needs_rank, new)):
        columns._derived.clear()
    for table in sorted(columns._derived):
        with _apart(columns.connection):
            _BUILDERS[table](columns.connection)
        for name in _TABLES[table]:
            columns.connection.execute(f"INSERT INTO {name} SELECT * FROM apart.main.{name}")


@contextmanager
def _apart(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """A small database that holds only the new terms, for the builders to work in."""
    (home,) = con.execute("SELECT current_catalog()").fetchone() or ("memory",)
    con.execute("ATTACH IF NOT EXISTS ':memory:' AS apart; CREATE OR REPLACE TABLE apart.main.term AS FROM arrived")
    con.execute("USE apart")
    try:
        yield
    finally:
        con.execute(f'USE "{home}"')


def _needs_rank(term: Term) -> bool:
    """Whether a double or a whole microsecond may not tell the value from its neighbours (`tie` in `value`)."""
    tag = tags.tag_of(term)
    if tag not in tags.VALUED:
        return False
    found = xsd.value(terms.lexical(term), tags.DATATYPES[tag])
    if isinstance(found, Decimal):
        return len(terms.lexical(term)) > _PLAIN_DIGITS
    if isinstance(found, xsd.Duration):
        return found.seconds * xsd.MICROSECONDS % 1 != 0
    return isinstance(found, xsd.Moment) and found.finer != 0
