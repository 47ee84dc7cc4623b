"""What is kept beside columns saves work, and is let go with the data or the shapes it was made for."""

from __future__ import annotations

import datetime as dt
import re

import duckdb
import pytest
from hypothesis import given, settings
from sqlglot import exp

from mcqms_kg import operations
from mcqms_kg.errors import Cancelled
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.numbers import STRONG
from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.change.incremental import revalidate
from mcqms_kg.shacl.execution.ready import KEPT, Ready
from mcqms_kg.shacl.parse import parse
from mcqms_kg.shacl.sql.queries import FOCUS, about
from shacl.in_turn import DATA, EASY, OTHERS, WORLDS, Step, fresh, in_turn, quads
from shacl.shapes_in_turtle import names, turtle

SHAPES = turtle("""ex:shape sh:targetClass ex:C ; sh:property ex:number , ex:to .
    ex:number sh:path ex:p ; sh:datatype xsd:integer ; sh:minCount 1 ; sh:maxInclusive 5 .
    ex:to sh:path ex:q ; sh:qualifiedValueShape [ sh:class ex:D ; sh:property ex:number ] ; sh:qualifiedMinCount 1 .""")
SEARCHING = turtle("ex:slow sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:pattern '(x)\\\\1|[0-9-[7]]' .")


@pytest.fixture(autouse=True)
def by_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small graphs would be decided without any of this."""
    monkeypatch.setenv("MCQMS_ROAD", "sql")


def test_a_second_validation_plans_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with Columns.load(quads(DATA)) as loaded:
        first = columns.validate(loaded, SHAPES)
        kept = loaded.kept[KEPT]
        monkeypatch.setattr(Ready, "_make", None)
        assert columns.validate(loaded, SHAPES) == first
        assert columns.validate(loaded, (*SHAPES[:1], *SHAPES[1:])) == first
        assert loaded.kept[KEPT] is kept
    assert names(first) == ["a", "b", "b", "b", "c", "c", "e", "e"]


def test_a_statement_more_or_less_is_seen() -> None:
    with Columns.load(quads(DATA)) as loaded:
        report, now = columns.validate(loaded, SHAPES), set(DATA)
        for added, removed in (
            ("", "ex:b ex:p 'x' ."),
            ("ex:b ex:p 3 .", ""),
            ("", "ex:e a ex:E ."),
            ("ex:n a ex:E .", "ex:a ex:p 1 ."),
        ):
            came, gone = list(turtle(added)), list(turtle(removed))
            now = (now - set(gone)) | set(came)
            report = revalidate(loaded, SHAPES, report, quads(came), quads(gone))
            assert report == columns.validate(loaded, SHAPES) == columns.validate(loaded, SHAPES) == fresh(now, SHAPES)


def test_other_shapes_and_the_first_again() -> None:
    with Columns.load(quads(DATA)) as loaded:
        for shapes in (SHAPES, OTHERS, SEARCHING, OTHERS, SHAPES, SHAPES, SEARCHING, SEARCHING):
            assert columns.validate(loaded, shapes) == fresh(set(DATA), shapes)


def test_what_a_cancelled_run_left_is_of_no_harm() -> None:
    with Columns.load(quads(DATA)) as loaded:
        for ended_at in (0, 1, 0):
            cancel = Cancel()

            def end(done: int, _: int, __: Term, cancel: Cancel = cancel, ended_at: int = ended_at) -> None:
                if done == ended_at:
                    cancel.cancel()

            with pytest.raises(Cancelled):
                columns.validate(loaded, (*SHAPES, *OTHERS), progress=end, cancel=cancel)
                cancel.check()
            assert columns.validate(loaded, SHAPES) == fresh(set(DATA), SHAPES)
            assert columns.validate(loaded, (*SHAPES, *OTHERS)) == fresh(set(DATA), (*SHAPES, *OTHERS))


def test_a_run_that_fails_while_it_is_made_ready_leaves_nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    with Columns.load(quads(DATA)) as loaded:
        expected = columns.validate(loaded, SHAPES)
        with monkeypatch.context() as broken:
            broken.setattr(Ready, "_meet_one", lambda *_: loaded.connection.execute("SELECT error('broken')"))
            with pytest.raises(duckdb.Error):
                columns.validate(loaded, OTHERS)
        assert KEPT not in loaded.kept
        assert columns.validate(loaded, SHAPES) == expected


def test_terms_numbered_anew_while_it_is_made_ready() -> None:
    """The shapes name a value that has the number of a node, which is noticed when the focus nodes have been found by their numbers."""
    data = list(turtle("ex:a a ex:C ; ex:p ex:bb . ex:bb ex:p ex:a ."))
    shapes = turtle("ex:shape sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:hasValue ex:ab .")
    with Columns.load(quads(data), digest=STRONG) as strong:
        expected = columns.validate(strong, shapes)
    with Columns.load(quads(data), digest="(length(t) * 1000 + ascii(t[-2]))::BIGINT") as weak:
        assert columns.validate(weak, OTHERS) == fresh(set(data), OTHERS)
        assert weak.numbering == 0
        assert columns.validate(weak, shapes) == expected == columns.validate(weak, shapes)
        assert weak.numbering == 1
    assert len(expected.results) == 2


@pytest.mark.slow
@settings(max_examples=25, **EASY)
@given(**WORLDS)
def test_any_changes_and_shapes_in_turn(
    data: list[Triple], graphs: list[tuple[Triple, ...]], steps: list[Step]
) -> None:
    in_turn(data, graphs, steps)


def test_queries_are_asked_of_another_table_of_focus_nodes_and_texts_are_left_alone() -> None:
    compiled, _ = columns.compile_all(parse(operations.rulebook_for("mcqms", dt.date(2026, 6, 30)).shapes))
    for query in (query for one in compiled for query, _ in one.queries.values()):
        tables = sum(table.name == FOCUS for table in query.tree.find_all(exp.Table))
        assert about(query.sql, "focus__7").count("focus__7 AS f") == tables
        assert not re.search(r"(FROM|JOIN|,) focus\b", re.sub("'[^']*'", "", about(query.sql, "focus__7")))
    quoted = "SELECT ' FROM focus AS f1 ''JOIN focus AS f2' FROM focus AS f1 JOIN focus_1 AS f2"
    assert about(quoted, "t") == "SELECT ' FROM focus AS f1 ''JOIN focus AS f2' FROM t AS f1 JOIN focus_1 AS f2"
