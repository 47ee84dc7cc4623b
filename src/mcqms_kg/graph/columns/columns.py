"""A graph as columns of numbers in DuckDB: `triple(s, p, o)` sorted by predicate, and `term(id, text)` to read the numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

import duckdb

from mcqms_kg.errors import McqmsError
from mcqms_kg.graph.columns import read as columns_read
from mcqms_kg.graph.columns import values as columns_values
from mcqms_kg.graph.columns.cancel import Cancel, cancellable
from mcqms_kg.graph.columns.early import prefix_of
from mcqms_kg.graph.columns.loading import Loading
from mcqms_kg.graph.columns.numbers import QUICK, STRONG, macros
from mcqms_kg.graph.columns.tags import BLANK, tag_of
from mcqms_kg.graph.read import expand_folders
from mcqms_kg.model import Quad, Term, Triple

_SMALL = 2_000


class Columns:
    """An open database of one data graph. Literals keep their lexical form; graph names are dropped; close it when done.

    Numbers are digests (`columns.numbers`), so that loading needs no joins; where two terms share one, the strong digest numbers all anew.
    """

    def __init__(
        self, database: Path | str = ":memory:", *, threads: int = 2, memory: str = "12GB", digest: str = QUICK
    ) -> None:
        self.connection = duckdb.connect(str(database), config={"threads": threads, "memory_limit": memory})
        self.connection.execute(
            "SET preserve_insertion_order = false; SET enable_progress_bar = false;"
            "CREATE OR REPLACE TABLE triple (s BIGINT, p BIGINT, o BIGINT);"
            "CREATE OR REPLACE TABLE term (id BIGINT, text VARCHAR);" + macros(digest)
        )
        self._derived: set[str] = set()
        self._ensured: set[Term] = set()
        self.kept: dict[str, object] = {}
        """What others keep beside the columns for as long as they are open."""
        self.version = 0
        """Another number whenever statements, terms or what is derived from them have changed."""
        self.numbering = 0
        """Another number whenever all terms were numbered anew."""

    @classmethod
    def load(
        cls,
        quads: Iterable[Quad],
        database: Path | str = ":memory:",
        *,
        digest: str = QUICK,
        cancel: Cancel | None = None,
    ) -> Columns:
        """The columns of some quads."""
        with columns_read.as_lines(quads) as lines:

            def read(loading: Loading) -> None:
                loading.lines(lines)

            return cls._read_by(read, (lines,), database, digest, cancel)

    @classmethod
    def load_files(
        cls,
        paths: Iterable[Path | str],
        database: Path | str = ":memory:",
        *,
        digest: str = QUICK,
        cancel: Cancel | None = None,
        located: bool = False,
    ) -> Columns:
        """The columns of RDF files: N-Triples and N-Quads in bulk, any other syntax through the store library's parser.

        Blank nodes of different files stay apart; `located` is as for `read.source`.
        Raises `UnreadableInput` where a file is not well-formed.
        """
        files = expand_folders(paths)

        def read(loading: Loading) -> None:
            for number, path in enumerate(files):
                loading.file(path, prefix_of(number), located)

        return cls._read_by(read, files, database, digest, cancel)

    @classmethod
    def _read_by(
        cls,
        read: Callable[[Loading], None],
        paths: Sequence[Path],
        database: Path | str,
        digest: str,
        cancel: Cancel | None,
    ) -> Columns:
        """Once with the quick digest and, should two terms share a number, again with the strong one."""
        columns = cls(database, digest=digest)
        try:
            with cancellable(columns.connection, cancel), Loading(columns.connection, paths, cancel) as loading:
                read(loading)
                if columns._settle(loading):
                    return columns
        except BaseException:  # half-read columns are closed whatever ended it, Ctrl-C too; it is raised on
            columns.close()
            raise
        columns.close()
        if digest == STRONG:
            raise _clash()
        return cls._read_by(read, paths, database, STRONG, cancel)

    def _settle(self, loading: Loading) -> bool:
        """Statements once each and in the order of their predicates, so that a scan for one predicate skips the others.

        Whether every term has a number of its own.
        """
        loading.put()
        if not loading.is_in_order:
            self.connection.execute("CREATE OR REPLACE TABLE triple AS SELECT DISTINCT s, p, o FROM triple ORDER BY p")
        (clashes,) = self.connection.execute("SELECT count(*) - count(DISTINCT id) FROM term").fetchone() or (0,)
        return not clashes

    def ensure_terms(self, wanted: Iterable[Term]) -> None:
        """Adds terms that shapes name and the data may lack, so that their values can be looked up like any other's."""
        new = set(wanted) - self._ensured
        if not new:
            return
        self._ensured |= new
        if not self._number(new):
            self.renumber()
            if not self._number(new):
                raise _clash()
        added = self.connection.execute(
            "INSERT INTO term SELECT id, text FROM wanted WHERE id NOT IN (SELECT id FROM term) RETURNING text"
        ).fetchall()
        self.version += bool(added)
        if any(tag_of(Term(text)) > BLANK for (text,) in added):
            self._derived.clear()

    def _number(self, texts: set[Term]) -> bool:
        """The table `wanted` with the numbers of some terms; whether no other term has one of them."""
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE wanted AS SELECT number_of(text) AS id, text FROM (SELECT unnest(?::VARCHAR[]) AS text)",
            [sorted(texts)],
        )
        clash = """SELECT 1 FROM wanted JOIN term USING (id) WHERE wanted.text <> term.text
            UNION ALL SELECT 1 FROM wanted GROUP BY id HAVING count(*) > 1"""
        return self.connection.execute(clash).fetchone() is None

    def renumber(self) -> None:
        """Numbers every term by the strong digest. What was made with the old numbers is of no use any more."""
        self.version, self.numbering = self.version + 1, self.numbering + 1
        self.connection.execute(f"""{macros(STRONG)}
            CREATE OR REPLACE TEMP TABLE anew AS SELECT id AS old, number_of(text) AS id FROM term;
            CREATE OR REPLACE TABLE triple AS SELECT a.id AS s, b.id AS p, c.id AS o FROM triple
                JOIN anew AS a ON a.old = s JOIN anew AS b ON b.old = p JOIN anew AS c ON c.old = o ORDER BY p;
            CREATE OR REPLACE TABLE term AS SELECT anew.id, text FROM term JOIN anew ON anew.old = term.id;
            DROP TABLE anew""")
        self._derived.clear()
        self.kept.clear()

    def ensure_literals(self) -> None:
        """Builds the table `literal` unless it stands."""
        self._ensure("literal")

    def ensure_values(self) -> None:
        """Builds the tables `value` and `ill_formed` unless they stand."""
        self._ensure("value")

    def _ensure(self, table: str) -> None:
        if table not in self._derived:
            build = {"literal": columns_values.build_literals, "value": columns_values.build_values}[table]
            self.version += 1
            build(self.connection)
            self._derived.add(table)

    def triples(self) -> Iterator[Triple]:
        """Every statement, in no fixed order."""
        cursor = self.connection.cursor().execute(
            "SELECT a.text, b.text, c.text FROM triple JOIN term AS a ON a.id = s JOIN term AS b ON b.id = p JOIN term AS c ON c.id = o"
        )
        while rows := cursor.fetchmany(_SMALL):
            for s, p, o in rows:
                yield Term(s), Term(p), Term(o)

    def write_parquet(self, folder: Path | str) -> None:
        """The columns as Parquet files in `triple/` and `term/`, which the engine on Spark reads without reading lines again."""
        for table in ("triple", "term"):
            path = Path(folder) / table
            path.mkdir(parents=True)
            name = str(path / "part.parquet").replace("'", "''")
            self.connection.execute(f"COPY (FROM {table}) TO '{name}' (FORMAT parquet)")

    def is_empty(self) -> bool:
        """Whether there is no statement at all."""
        return self.connection.execute("SELECT 1 FROM triple LIMIT 1").fetchone() is None

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Columns:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _clash() -> McqmsError:
    return McqmsError("Two terms have the same hash", remedy="Validate with the reference engine.")
