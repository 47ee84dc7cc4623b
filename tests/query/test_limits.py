"""Limits: a query that runs away dies at its limit, says so, and leaves the next one alone."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress

import pytest

from mcqms_kg.errors import AnswerTooLarge, BadValue, McqmsError, TookTooLong, UnknownName, WorkerDied
from mcqms_kg.processes.child import Child
from mcqms_kg.query.formats import RowCounter
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store.workspace import Workspace
from query.asked import Asked, asked

RUNAWAY = [
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT ?a (SUM(STRLEN(STR(?f))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?nothing) }",
    "ASK { ?a (!<http://e/p>)* ?b . ?b (!<http://e/p>)* ?c . ?c (!<http://e/p>)* ?d . FILTER(?d = <http://e/none>) }",
]


def test_a_runaway_dies_at_its_time(told: Workspace) -> None:
    with asked(told, QueryLimits(query_timeout_s=1)) as ask:
        ask("ASK {}")
        for query in RUNAWAY:
            begun = time.monotonic()
            with pytest.raises(TookTooLong, match="MCQMS_QUERY_TIMEOUT_S"):
                ask(query)
            assert time.monotonic() - begun < 15
        assert ask("ASK {}", "json") == '{"head":{},"boolean":true}'


def test_a_sort_of_everything_dies_at_its_memory(told: Workspace) -> None:
    with asked(told, QueryLimits(query_memory_mb=100, query_timeout_s=60)) as ask:
        with pytest.raises(WorkerDied, match="MCQMS_QUERY_MEMORY_MB"):
            ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a")
        assert ask.rows("SELECT ?x { VALUES ?x { 1 } }") == ["1"]


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_rows_and_bytes_are_capped(told: Workspace, format: str) -> None:
    rows = "SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {}"
    with asked(told, QueryLimits(query_max_rows=50)) as ask:
        ask(rows.format(49), format)
        with pytest.raises(AnswerTooLarge, match="more than 50 rows"):
            ask(rows.format(60), format)
    with asked(told, QueryLimits(query_max_bytes=2000)) as ask:
        with pytest.raises(AnswerTooLarge, match="more than 2000 bytes"):
            ask(rows.format(500), format)
        with pytest.raises(AnswerTooLarge):
            ask("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "nt")


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_rows_are_counted_however_the_bytes_are_cut(size: int) -> None:
    written = b'[{"a":{"type":"literal","value":"x"}},{"a":{"type":"literal","value":"y"}},{}]'
    counter = RowCounter("json")
    for start in range(0, len(written), size):
        counter.see(written[start : start + size])
    assert counter.rows == 2


def test_one_runaway_does_not_hold_up_another_process(told: Workspace) -> None:
    with asked(told, QueryLimits(query_timeout_s=8)) as slow, asked(told) as quick:

        def run_away() -> None:
            with suppress(McqmsError):
                slow(RUNAWAY[0])

        quick("ASK {}")
        slow("ASK {}")
        thread = threading.Thread(target=run_away)
        thread.start()
        assert quick.rows("SELECT ?x { VALUES ?x { 1 } }") == ["1"]
        assert thread.is_alive()
        thread.join()


def test_a_worker_that_was_killed_is_replaced(told: Workspace) -> None:
    with asked(told) as ask:
        ask("ASK {}")
        running = ask.pool._processes.children[0]._running
        assert running
        threading.Timer(0.5, os.kill, (running.process.pid, signal.SIGKILL)).start()
        with pytest.raises(WorkerDied):
            ask(RUNAWAY[0])
        ask("ASK {}")


def test_a_worker_that_breaks_says_why() -> None:
    with Child("mcqms_kg.query.engine.worker") as child, pytest.raises(WorkerDied, match="AttributeError"):
        child.call("no request", 60)


def test_formats_that_do_not_fit_are_refused(ask: Asked) -> None:
    assert ask("ASK {}", "xml").startswith("<?xml")
    for query, format in (("ASK {}", "csv"), ("SELECT * {}", "turtle"), ("DESCRIBE <http://e/a>", "json")):
        with pytest.raises(UnknownName, match="Known: "):
            ask(query, format)


def test_limits_are_whole_numbers_above_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MCQMS_QUERY_TIMEOUT_S", "7")
    assert QueryLimits.from_environment().query_timeout_s == 7
    monkeypatch.setenv("MCQMS_QUERY_TIMEOUT_S", "0")
    with pytest.raises(BadValue, match="MCQMS_QUERY_TIMEOUT_S"):
        QueryLimits.from_environment()
