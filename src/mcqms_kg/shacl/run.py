"""Compiles each target shape to SQL, runs it on columns, and reads the results back as terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import duckdb

from mcqms_kg.errors import RulebookError, Unsupported
from mcqms_kg.graph.columns import Columns
from mcqms_kg.model import Term, Triple, ValidationResult
from mcqms_kg.shacl.patterns import Search
from mcqms_kg.shacl.plan import Named, Plan
from mcqms_kg.shacl.planner import Reported, reports
from mcqms_kg.shacl.present import surely_unmet
from mcqms_kg.shacl.results import as_results
from mcqms_kg.shacl.searching import Slow, matching
from mcqms_kg.shacl.shapes import Shape, Shapes, Target
from mcqms_kg.shacl.sql.macros import define_macros
from mcqms_kg.shacl.sql.queries import Query, focus_query, report_query, rows_query
from mcqms_kg.shacl.targets import focus_nodes, subclasses

_RESULT = """
    CREATE OR REPLACE TEMP TABLE result
        (shape INTEGER, report INTEGER, place INTEGER, focus BIGINT, value BIGINT, path BIGINT, told BIGINT[])"""
_LITTLE = 300_000
_NONE = "focus_none"
_BEYOND_EXACT = (Unsupported, duckdb.InvalidInputException, duckdb.OutOfRangeException, duckdb.ConversionException)
_TOLD = "SELECT id, text FROM term WHERE id IN (SELECT DISTINCT unnest(told) FROM result)"
_READ = """
    SELECT report, place, f.text, v.text, p.text, told FROM result
    JOIN term AS f ON f.id = focus LEFT JOIN term AS v ON v.id = value LEFT JOIN term AS p ON p.id = path"""


@dataclass(frozen=True)
class Compiled:
    """A target shape as SQL: the query of its focus nodes, and one query for each reporting shape."""

    shape: Shape
    focus: Query
    queries: tuple[tuple[Query, tuple[Reported, ...]], ...]

    @property
    def all(self) -> Iterator[Query]:
        yield self.focus
        yield from (query for query, _ in self.queries)


def compile_shape(shapes: Shapes, shape: Shape) -> Compiled:
    """Raises `Unsupported` where the shape cannot be run exactly."""
    nodes = focus_nodes(shape)
    stored: Plan = Named("focus", nodes, stored=True)
    found = tuple((report_query(group), group) for group in reports(shapes, shape, stored))
    return Compiled(shape, focus_query(nodes), found)


def target_query(shape: Shape) -> Query:
    """The query of a shape's focus nodes. Raises `RulebookError` where a target query cannot be run exactly: no other engine is asked."""
    try:
        query = focus_query(focus_nodes(shape))
    except Unsupported as problem:
        raise _beyond(shape, problem.what) from problem
    if query.searches:
        raise _beyond(shape, "a regular expression beyond RE2")
    return query


def _beyond(shape: Shape, what: str) -> RulebookError:
    return RulebookError(
        f"The target query of {shape.name} cannot be run exactly: {what}",
        remedy="Say it otherwise, or target by class or property.",
    )


@dataclass
class Run:
    """One validation: what has been found so far."""

    columns: Columns
    shapes: Iterable[Triple]
    focus_nodes: dict[Term, int] = field(default_factory=dict)
    reported: list[tuple[Reported, ...]] = field(default_factory=list)
    met: dict[tuple[Target, ...], str] = field(default_factory=dict)
    classes: set[Term] = field(default_factory=set)
    targets: tuple[Target, ...] | None = None

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        return self.columns.connection

    def meet(self, shapes: Iterable[Shape]) -> None:
        """Finds the focus nodes of each target shape; shapes often share their targets."""
        self._use_few_threads_for_little()
        define_macros(self.connection)
        targeted = tuple(shapes)
        by_targets = {shape.targets: shape for shape in targeted}
        unmet = surely_unmet(self.connection, set(by_targets))
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {_NONE} (focus BIGINT)")
        self.met |= dict.fromkeys(unmet, _NONE)
        queries = {targets: target_query(shape) for targets, shape in by_targets.items() if targets not in unmet}
        self._stand(queries.values())
        met = dict.fromkeys(unmet, 0)
        met |= {targets: self._meet(n, targets, query) for n, (targets, query) in enumerate(queries.items())}
        self.focus_nodes = {shape.name: met[shape.targets] for shape in targeted}

    def _meet(self, number: int, targets: tuple[Target, ...], query: Query) -> int:
        name = f"focus_{number}"
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query.sql}")
        (count,) = self.connection.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,)
        self.met[targets] = name
        return int(count)

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

    def _use_few_threads_for_little(self) -> None:
        """Threads cost more than they bring where a graph is small."""
        (statements,) = self.connection.execute("SELECT count(*) FROM triple").fetchone() or (0,)
        if statements < _LITTLE:
            self.connection.execute("SET threads = 1")

    def prepare(self, compiled: Iterable[Compiled]) -> None:
        """Everything that the queries need to stand."""
        queries = [query for one in compiled for query in one.all]
        self.connection.execute(_RESULT)
        self._stand(queries)

    def _stand(self, queries: Iterable[Query]) -> None:
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

    def _load_shapes(self) -> None:
        """The shapes graph as a table, for the queries that look into it."""
        rows = list(self.shapes)
        self.columns.ensure_terms(term for triple in rows for term in triple)
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE shape_triple AS SELECT number_of(s) AS s, number_of(p) AS p, number_of(o) AS o "
            "FROM (SELECT unnest(?::VARCHAR[]) AS s, unnest(?::VARCHAR[]) AS p, unnest(?::VARCHAR[]) AS o)",
            [list(column) for column in zip(*rows, strict=True)],
        )

    def shape(self, number: int, compiled: Compiled) -> None:
        """Runs one target shape. Raises `Unsupported`, with nothing kept of it, where the data go beyond exact arithmetic."""
        self._focus(compiled)
        try:
            for query, reported in compiled.queries:
                self._report(number, query, reported)
        except Slow as problem:
            raise Slow(
                f"The shape {compiled.shape.name} is not decided. {problem.what}", remedy=problem.remedy
            ) from problem
        except _BEYOND_EXACT as problem:
            self.connection.execute("DELETE FROM result WHERE shape = ?", [number])
            raise Unsupported(str(problem)) from problem

    def _focus(self, compiled: Compiled) -> None:
        """The table `focus`; shapes that follow each other often share their targets."""
        if compiled.shape.targets != self.targets:
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE focus AS FROM {self.met[compiled.shape.targets]}")
            self.targets = compiled.shape.targets

    def _report(self, number: int, query: Query, reported: tuple[Reported, ...]) -> None:
        for search in query.searches:
            self._search(search)
        place = len(self.reported)
        self.connection.execute(f"INSERT INTO result SELECT {number}, {place}, * FROM ({query.sql})")
        self.reported.append(reported)

    def _search(self, search: Search) -> None:
        texts = self.connection.execute(search.candidates.sql("duckdb")).fetchall()
        found = list(matching(search.pattern, search.flags, texts))
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {search.table} AS SELECT unnest(?::BIGINT[]) AS id", [found]
        )

    def results(self) -> Iterator[ValidationResult]:
        """What was found, as terms."""
        told = {number: Term(text) for number, text in self.connection.execute(_TOLD).fetchall()}
        return as_results(self.reported, self.connection.execute(_READ).fetchall(), told)
