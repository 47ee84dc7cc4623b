"""A graph as columns of numbers in DuckDB: `triple(s, p, o)` sorted by predicate, and `term(id, text)` to read the numbers.

What the compiled reader has gathered stays in memory until SQL is first asked: much is decided without a database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from mcqms_kg.errors import McqmsError
from mcqms_kg.graph.columns import read as columns_read
from mcqms_kg.graph.columns import values as columns_values
from mcqms_kg.graph.columns.cancel import Cancel, cancellable
from mcqms_kg.graph.columns.early import prefix_of
from mcqms_kg.graph.columns.gathered import Gathered
from mcqms_kg.graph.columns.loading import Loading
from mcqms_kg.graph.columns.numbers import QUICK, STRONG, macros
from mcqms_kg.graph.columns.tags import BLANK, tag_of
from mcqms_kg.graph.folders import expand_folders
from mcqms_kg.model import Quad, Term, Triple

if TYPE_CHECKING:
    import duckdb

_SMALL = 2_000
_MEMORY = ":memory:"
_TEXTS = "SELECT id, text FROM term WHERE id IN"
_NUMBERS = "SELECT text, number_of(text) FROM (SELECT unnest(?::VARCHAR[]) AS text)"


class Columns:
    """An open database of one data graph. Literals keep their lexical form; graph names are dropped; close it when done.

    Numbers are digests (`columns.numbers`), so that loading needs no joins; where two terms share one, the strong digest numbers all anew.
    """

    def __init__(
        self, database: Path | str = _MEMORY, *, threads: int = 2, memory: str = "12GB", digest: str = QUICK
    ) -> None:
        self._database, self._digest = str(database), digest
        self._config: dict[str, Any] = {"threads": threads, "memory_limit": memory}
        self._connection: duckdb.DuckDBPyConnection | None = None
        self.gathered: Gathered | None = None
        """All that there is, as long as no SQL was asked."""
        self._derived: set[str] = set()
        self._ensured: set[Term] = set()
        self.kept: dict[str, object] = {}
        """What others keep beside the columns for as long as they are open."""
        self.version = 0
        """Another number whenever statements, terms or what is derived from them have changed."""
        self.numbering = 0
        """Another number whenever all terms were numbered anew."""

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The database. It is opened when it is first asked for, and takes in what was gathered without it."""
        return self._connection or self._opened()

    def _opened(self) -> duckdb.DuckDBPyConnection:
        import duckdb  # it takes long to import

        self._connection = duckdb.connect(self._database, config=self._config)
        self._connection.execute(
            "SET preserve_insertion_order = false; SET enable_progress_bar = false;"
            "CREATE OR REPLACE TABLE triple (s BIGINT, p BIGINT, o BIGINT);"
            "CREATE OR REPLACE TABLE term (id BIGINT, text VARCHAR);" + macros(self._digest)
        )
        if self.gathered:
            from mcqms_kg.graph.columns.put import put_gathered  # likewise

            gathered, self.gathered = self.gathered, None
            if not put_gathered(self._connection, gathered):
                self.renumber()
        return self._connection

    def interrupt(self) -> None:
        """Ends what the database is asked at the moment."""
        if self._connection:
            self._connection.interrupt()

    @classmethod
    def load(
        cls,
        quads: Iterable[Quad],
        database: Path | str = _MEMORY,
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
        database: Path | str = _MEMORY,
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
            with cancellable(columns, cancel), Loading(lambda: columns.connection, paths, cancel) as loading:
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
        if loading.reader and self._is_left_in_memory():
            self.gathered = loading.gathered(loading.reader)
            return self.gathered is not None
        if loading.reader:
            from mcqms_kg.graph.columns.put import put  # NumPy takes long to import

            put(self.connection, loading.reader)
        if not loading.is_in_order:
            self.connection.execute("CREATE OR REPLACE TABLE triple AS SELECT DISTINCT s, p, o FROM triple ORDER BY p")
        (clashes,) = self.connection.execute("SELECT count(*) - count(DISTINCT id) FROM term").fetchone() or (0,)
        return not clashes

    def _is_left_in_memory(self) -> bool:
        """Whether the database can wait: nothing is in it yet, it is no file, and terms are numbered as the reader numbers them."""
        return self._connection is None and self._database == _MEMORY and self._digest == QUICK

    @property
    def statements(self) -> int:
        """How many statements there are."""
        if self.gathered:
            return self.gathered.statements
        (found,) = self.connection.execute("SELECT count(*) FROM triple").fetchone() or (0,)
        return int(found)

    def numbers_of(self, wanted: Iterable[Term]) -> dict[Term, int]:
        """The numbers that terms have or would have."""
        if self.gathered:
            return self.gathered.named(wanted)
        return {Term(text): number for text, number in self.connection.execute(_NUMBERS, [list(wanted)]).fetchall()}

    def all_terms(self) -> dict[int, Term]:
        """Every term by its number."""
        if self.gathered:
            return self.gathered.all_terms()
        rows = self.connection.execute("SELECT id, text FROM term").fetchall()
        return {number: Term(text) for number, text in rows}

    def texts_of(self, numbers: Iterable[int]) -> Mapping[int, Term]:
        """Those of the numbers that terms have, with the terms."""
        if self.gathered:
            return self.gathered.stored(numbers)
        wanted = list(numbers)
        if len(wanted) > _SMALL:
            rows = self.connection.execute(f"{_TEXTS} (SELECT unnest(?::BIGINT[]))", [wanted]).fetchall()
        else:  # an index finds numbers that are written out
            rows = self.connection.execute(f"{_TEXTS} ({', '.join(map(str, wanted)) or 'NULL'})").fetchall()
        return {number: Term(text) for number, text in rows}

    def ensure_terms(self, wanted: Iterable[Term]) -> None:
        """Adds terms that shapes name and the data may lack, so that their values can be looked up like any other's."""
        new = set(wanted) - self._ensured
        if not new:
            return
        self._ensured |= new
        if self.gathered and (more := self.gathered.add(new)) is not None:
            self.version += bool(more)
            return
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
        return not self.statements

    def close(self) -> None:
        if self._connection:
            self._connection.close()

    def __enter__(self) -> Columns:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _clash() -> McqmsError:
    return McqmsError("Two terms have the same hash", remedy="Validate with the reference engine.")
