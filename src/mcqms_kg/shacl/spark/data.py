"""A data graph on Spark: the tables `triple` and `term`, and those derived from them when a query first needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcqms_kg.errors import McqmsError
from mcqms_kg.graph.columns import tags
from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl.spark import values
from mcqms_kg.shacl.spark.numbers import number_of
from mcqms_kg.shacl.spark.tables import Tables

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_LITERALS = f"id >= {tags.STRING << tags.SHIFT}"
_VALUED = f"id BETWEEN {tags.VALUED.start << tags.SHIFT} AND {(tags.VALUED.stop << tags.SHIFT) - 1}"
_WANTED = """SELECT wanted.text AS wanted, term.id, term.text FROM term JOIN wanted ON term.{place} = wanted.{place}"""


class SparkColumns:
    """The columns of one data graph in a session of their own. Terms that shapes name stand beside those of the data."""

    def __init__(self, tables: Tables, triple: DataFrame, term: DataFrame) -> None:
        self.tables = tables
        self.spark = tables.spark
        self.named: dict[Term, int] = {}
        self.added: dict[Term, int] = {}
        self._derived: set[str] = set()
        triple.createOrReplaceTempView("triple")
        term.createOrReplaceTempView("term")
        counted = "SELECT (SELECT count(*) FROM triple), count(*), count(DISTINCT id), count(DISTINCT text) FROM term"
        self.statements, texts, *different = self.spark.sql(counted).collect()[0]
        if different != [texts, texts]:
            raise _clash()
        held_here = tables.little_now
        tables.plan_for(self.statements)
        again = tables.little_now and not held_here
        self.triple, self.data_terms = (tables.kept(table) if again else table for table in (triple, term))
        self.triple.createOrReplaceTempView("triple")
        self.data_terms.createOrReplaceTempView("term")

    def ensure_terms(self, wanted: Iterable[Term]) -> None:
        """Numbers terms that shapes name, and adds those that the data lack, so that their values can be looked up like any other's."""
        new = sorted(set(wanted) - self.named.keys())
        if not new:
            return
        numbered = [(number_of(term), str(term)) for term in new]
        self.tables.local("wanted", numbered, "id BIGINT, text STRING")
        found = self.spark.sql(" UNION ".join(_WANTED.format(place=place) for place in ("id", "text"))).collect()
        known = {row["wanted"]: row["id"] for row in found if row["wanted"] == row["text"]}
        if any(row["wanted"] != row["text"] and row["wanted"] not in known for row in found):
            raise _clash()
        for number, text in numbered:
            self.named[Term(text)] = known.get(text, number)
            if text not in known:
                self.added[Term(text)] = number
        if len(set(self.added.values())) < len(self.added):
            raise _clash()
        self._renew_terms()

    def _renew_terms(self) -> None:
        self._derived.clear()
        added = self.tables.frame(
            [(number, str(term)) for term, number in self.added.items()], "id BIGINT, text STRING"
        )
        self.data_terms.unionByName(added).createOrReplaceTempView("term")

    def number(self, term: Term) -> int:
        """The number of a term that was ensured."""
        return self.named[term]

    def ensure(self, table: str) -> None:
        """Builds the table `literal`, or `value` and `ill_formed`, unless they stand."""
        if table not in self._derived:
            {"literal": self._build_literals, "value": self._build_values}[table]()
            self._derived.add(table)

    def _build_literals(self) -> None:
        self._rows_of(_LITERALS, values.literal_rows, values.LITERAL).createOrReplaceTempView("literal")

    def _build_values(self) -> None:
        found = self._rows_of(_VALUED, values.value_or_text_rows, values.VALUE_OR_TEXT)
        to_rank = [(row["id"], row["text"]) for row in found.where("text IS NOT NULL").select("id", "text").collect()]
        ranked = self.tables.frame(values.ranked_rows(to_rank), values.VALUE)
        found.where("text IS NULL").drop("text").unionByName(ranked).createOrReplaceTempView("value")
        self.spark.sql(f"SELECT id FROM term LEFT ANTI JOIN value USING (id) WHERE {_VALUED}").createOrReplaceTempView(
            "ill_formed"
        )

    def _rows_of(self, which: str, rows: Any, schema: str) -> DataFrame:
        """A derived table: of few terms it is made here, of many on the executors; a row for each different literal."""
        literals = self.spark.table("term").where(which).select("id", "text")
        if self.tables.little_now:
            return self.tables.frame(list(rows((row[0], row[1]) for row in literals.collect())), schema)
        made = literals.mapInArrow(partial(values.in_arrow, rows, self.tables.arrow_schema(schema)), schema)
        return self.tables.kept(made)

    def texts(self, numbers: Iterable[int]) -> Mapping[int, Term]:
        """The terms of some numbers."""
        known = {number: term for term, number in self.named.items()}
        missing = sorted(set(numbers) - known.keys())
        if missing:
            self.tables.local("asked", [(number,) for number in missing], "id BIGINT")
            found = self.spark.sql(
                "SELECT term.id, text FROM term LEFT SEMI JOIN asked ON term.id = asked.id"
            ).toArrow()
            known |= zip(found.column(0).to_pylist(), map(Term, found.column(1).to_pylist()), strict=True)
        return known

    def triples(self) -> Iterator[Triple]:
        """Every statement, in no fixed order."""
        rows = self.spark.sql(
            "SELECT a.text, b.text, c.text FROM triple JOIN term AS a ON a.id = s JOIN term AS b ON b.id = p JOIN term AS c ON c.id = o"
        ).toLocalIterator()
        return ((Term(s), Term(p), Term(o)) for s, p, o in rows)

    def write_parquet(self, folder: Path) -> None:
        """The columns of the data as Parquet, to be read again without reading lines."""
        self.triple.write.parquet(str(folder / "triple"))
        self.data_terms.write.parquet(str(folder / "term"))


def _clash() -> McqmsError:
    return McqmsError("Two terms have the same number", remedy="Validate with the engine columns or reference.")
