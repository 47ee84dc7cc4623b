"""One validation on Spark: counts focus nodes, runs the queries several at a time, and reads the results back as terms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pyspark.errors import PySparkException

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term, Triple, ValidationResult
from mcqms_kg.shacl.embedded.asked import Asked
from mcqms_kg.shacl.execution.compiled import Compiled, beyond_targets, target_query
from mcqms_kg.shacl.patterns import Search
from mcqms_kg.shacl.planning.planner import Reported
from mcqms_kg.shacl.plans.classes import subclasses
from mcqms_kg.shacl.results import as_results
from mcqms_kg.shacl.searching import compiled as pattern
from mcqms_kg.shacl.shapes import Shape, Target
from mcqms_kg.shacl.spark.closures import Closures
from mcqms_kg.shacl.spark.data import SparkColumns
from mcqms_kg.shacl.spark.failures import as_unsupported
from mcqms_kg.shacl.spark.parts import Parts
from mcqms_kg.shacl.spark.queries import runnable, searching
from mcqms_kg.shacl.spark.searches import register
from mcqms_kg.shacl.sql.queries import Query, rows_query

TOGETHER = 12
"""Queries in one statement: Spark takes about as long to plan one as to run it."""

Numbers = tuple[int, int, int, int | None, int | None, list[int | None] | None]


@dataclass
class SparkRun:
    """What has been found so far. The focus nodes of a target are a table; two underscores keep its name apart from those in queries."""

    columns: SparkColumns
    shapes: tuple[Triple, ...]
    focus_nodes: dict[Term, int] = field(default_factory=dict)
    reported: list[tuple[Reported, ...]] = field(default_factory=list)
    found: list[Numbers] = field(default_factory=list)
    beyond: dict[Term, Unsupported] = field(default_factory=dict)
    focus_tables: dict[tuple[Target, ...], str] = field(default_factory=dict)
    classes: set[Term] = field(default_factory=set)
    searches: int = 0

    def __post_init__(self) -> None:
        self.spark = self.columns.spark
        tables = self.columns.tables
        self.parts = Parts(tables, Closures(tables))
        register(self.spark)

    def meet(self, shapes: Iterable[Shape]) -> None:
        """Counts the focus nodes of each target shape; shapes often share their targets."""
        shapes = tuple(shapes)
        queries = {targets: _target_query(shape) for targets, shape in {s.targets: s for s in shapes}.items()}
        self._stand(tuple(queries.values()))
        for number, (targets, query) in enumerate(queries.items()):
            self.focus_tables[targets] = f"focus__{number}"
            nodes = self.spark.sql(self._text(query, {}))
            self.columns.tables.kept(nodes).createOrReplaceTempView(f"focus__{number}")
        counts = self._counted(self.focus_tables.values())
        self.focus_nodes = {shape.name: counts[self.focus_tables[shape.targets]] for shape in shapes}

    def _find_subclasses(self, queries: Iterable[Query]) -> None:
        """The table `subclass` of every class that the queries ask for."""
        wanted = {class_ for query in queries for class_ in query.classes} - self.classes
        if not wanted:
            return
        self.classes |= wanted
        found = rows_query(subclasses(tuple(sorted(self.classes))))
        self.columns.ensure_terms(found.constants)
        self.columns.tables.kept(self.spark.sql(self._text(found, {}))).createOrReplaceTempView("subclass")

    def _counted(self, tables: Iterable[str]) -> dict[str, int]:
        counts = [f"SELECT '{table}', count(*) FROM {table}" for table in tables]
        return dict(self.spark.sql(" UNION ALL ".join(counts)).collect()) if counts else {}

    def _text(self, query: Query, tables: dict[str, str]) -> str:
        return runnable(query.tree, self.columns.number, tables, self.parts)

    def prepare(self, compiled: Iterable[Compiled]) -> None:
        """Everything that the queries need to stand."""
        self._stand(tuple(query for one in compiled for query in one.all))

    def _stand(self, queries: Sequence[Query]) -> None:
        """Terms and tables that the queries name."""
        wanted = {table for query in queries for table in query.tables}
        of_shapes = self.shapes if "shape_triple" in wanted else ()
        named = [term for query in queries for term in query.constants]
        self.columns.ensure_terms([*named, *(term for triple in of_shapes for term in triple)])
        self._find_subclasses(queries)
        if of_shapes:
            numbers = [tuple(map(self.columns.number, triple)) for triple in of_shapes]
            self.columns.tables.local("shape_triple", numbers, "s BIGINT, p BIGINT, o BIGINT")
        for table in ("literal", "value"):
            if table in wanted:
                self.columns.ensure(table)

    def all(self, compiled: Sequence[Compiled], tell: Callable[[Term], None]) -> None:
        """Runs target shapes, several queries at a time; what Spark cannot run exactly is named in `beyond`."""
        waiting: list[tuple[Term, str]] = []
        for one in compiled:
            tell(one.shape.name)
            try:
                waiting += [(one.shape.name, text) for text in self._reports(one)]
            except (Unsupported, PySparkException) as problem:
                self.beyond[one.shape.name] = as_unsupported(problem)
            if len(waiting) >= TOGETHER:
                self._run(waiting)
                waiting = []
        self._run(waiting)

    def _reports(self, one: Compiled) -> list[str]:
        """A text for each query of a target shape, with the number of its report."""
        found = []
        for left in one.beyond.values():
            raise left.reason
        for query, reported in one.queries.values():
            tables = {"focus": self.focus_tables[one.shape.targets]}
            for search in query.searches:
                if isinstance(search, Asked):
                    raise Unsupported("A query for the embedded store, which is not on Spark")
                tables[search.table] = self._searched(search, tables)
            number = len(self.reported)
            self.reported.append(reported)
            found.append(f"SELECT {number} AS report, * FROM ({self._text(query, tables)})")
        return found

    def _searched(self, search: Search, tables: dict[str, str]) -> str:
        pattern(search.pattern, search.flags)  # one that is none is refused here
        self.searches += 1
        view = f"searched__{self.searches}"
        candidates = runnable(search.candidates, self.columns.number, tables, self.parts)
        self.spark.sql(searching(search, candidates)).createOrReplaceTempView(view)
        return view

    def _run(self, waiting: Sequence[tuple[Term, str]]) -> None:
        """All at once and, should one fail, each target shape by itself."""
        if not waiting:
            return
        try:
            self.found += self._rows([text for _, text in waiting])
        except PySparkException as problem:
            reason = as_unsupported(problem)
            names = dict.fromkeys(name for name, _ in waiting)
            if len(names) == 1:
                self.beyond[waiting[0][0]] = reason
                return
            for name in names:
                self._run([pair for pair in waiting if pair[0] == name])

    def _rows(self, texts: Sequence[str]) -> list[Numbers]:
        found = self.spark.sql(" UNION ALL ".join(texts)).toArrow()
        return list(zip(*(column.to_pylist() for column in found.columns), strict=True))

    def results(self) -> Iterator[ValidationResult]:
        """What was found, as terms."""
        wanted = {n for row in self.found for n in (*row[2:5], *(row[5] or ())) if n is not None}
        texts = self.columns.texts(wanted)
        texts_or_none: dict[int | None, Term | None] = {None: None} | dict(texts)
        told = (
            (report, place, texts[focus], texts_or_none[value], texts_or_none[path], names)
            for report, place, focus, value, path, names in self.found
        )
        return as_results(self.reported, told, texts)


def _target_query(shape: Shape) -> Query:
    """Raises `RulebookError` where Spark alone cannot find the focus nodes."""
    query = target_query(shape)
    if query.searches:
        raise beyond_targets(shape, "it needs what Spark does not have")
    return query
