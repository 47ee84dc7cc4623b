"""What must stand in the database before queries run: terms and their values, subclasses, the shapes graph, macros."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb

from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl.plans.classes import subclasses
from mcqms_kg.shacl.sql.macros import define_macros
from mcqms_kg.shacl.sql.queries import Query, rows_query

_LITTLE = 300_000


@dataclass
class Preparation:
    """Makes what the queries of one shapes graph need, and remembers what it made."""

    columns: Columns
    shapes: Iterable[Triple]
    classes: set[Term] = field(default_factory=set)

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        return self.columns.connection

    def begin(self) -> None:
        self._use_few_threads_for_little()
        define_macros(self.connection)

    def _use_few_threads_for_little(self) -> None:
        """Threads cost more than they bring where a graph is small."""
        statements = self.columns.statements
        if statements < _LITTLE:
            self.connection.execute("SET threads = 1")

    def stand(self, queries: Iterable[Query]) -> None:
        """Terms and tables that the queries name."""
        queries = tuple(queries)
        self.columns.ensure_terms(term for query in queries for term in query.constants)
        self._find_subclasses(queries)
        tables = {table for query in queries for table in query.tables}
        if "literal" in tables:
            self.columns.ensure_literals()
        if "value" in tables:
            self.columns.ensure_values()
        if "shape_triple" in tables:
            self._load_shapes()

    def _find_subclasses(self, queries: Iterable[Query]) -> None:
        """The table `subclass` of every class that the queries ask for."""
        wanted = {class_ for query in queries for class_ in query.classes} - self.classes
        if not wanted:
            return
        if not self.classes:
            self.connection.execute("CREATE OR REPLACE TEMP TABLE subclass (class BIGINT, type BIGINT)")
        self.classes |= wanted
        found = rows_query(subclasses(tuple(sorted(wanted))))
        self.columns.ensure_terms(found.constants)
        self.connection.execute(f"INSERT INTO subclass BY NAME {found.sql}")

    def _load_shapes(self) -> None:
        """The shapes graph as a table, for the queries that look into it."""
        rows = list(self.shapes)
        self.columns.ensure_terms(term for triple in rows for term in triple)
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE shape_triple AS SELECT number_of(s) AS s, number_of(p) AS p, number_of(o) AS o "
            "FROM (SELECT unnest(?::VARCHAR[]) AS s, unnest(?::VARCHAR[]) AS p, unnest(?::VARCHAR[]) AS o)",
            [list(column) for column in zip(*rows, strict=True)],
        )
