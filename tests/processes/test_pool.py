"""A pool lends each process to one caller, and tells the others what they were promised to be told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from mcqms_kg.errors import TookTooLong, Unavailable, WorkerDied
from mcqms_kg.processes.child import Child
from mcqms_kg.processes.pool import ProcessPool, Refusals

TOLD = Refusals(
    at_work=lambda: Unavailable("all at work"),
    late=lambda: TookTooLong("too late"),
    died=lambda last_words: WorkerDied(f"dead: {last_words}"),
    stopping=lambda: Unavailable("it stops"),
)


@pytest.fixture(autouse=True)
def children_find_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))


@pytest.fixture
def pool() -> Iterator[ProcessPool]:
    made = ProcessPool("processes.sleeping", 3, TOLD)
    yield made
    made.close()


def test_who_asks_about_the_same_gets_the_same_process_where_it_is_free(pool: ProcessPool) -> None:
    known = {about: _lent(pool, about) for about in map(str, range(20))}
    assert set(known.values()) == set(pool.children)
    for about, child in known.items():
        assert _lent(pool, about) is child
        with pool.lent(about=about):
            assert _lent(pool, about) is not child


def _lent(pool: ProcessPool, about: str) -> Child:
    with pool.lent(about=about) as child:
        return child


def test_no_process_is_lent_twice_and_who_waits_in_vain_is_told(pool: ProcessPool) -> None:
    with ExitStack() as held:
        lent = [held.enter_context(pool.lent()) for _ in range(3)]
        assert len({id(child) for child in lent}) == 3
        with pytest.raises(Unavailable, match="all at work"), pool.lent(0.05):
            pass
    with pool.lent(0.05) as child:
        assert child in lent, "it was given back"


def test_what_becomes_of_the_work_is_told_in_the_words_of_the_pool(pool: ProcessPool) -> None:
    with pytest.raises(TookTooLong, match="too late"), pool.lent() as child:
        child.call("sleep", 0.2)
    with pytest.raises(WorkerDied, match=r"dead: .*ZeroDivisionError"), pool.lent() as child:
        child.call("die", 60)


def test_where_nothing_is_promised_the_process_speaks_for_itself() -> None:
    quiet = ProcessPool("processes.sleeping", 1, Refusals())
    try:
        with pytest.raises(WorkerDied, match="The process at work died: ZeroDivisionError"), quiet.lent() as child:
            child.call("die", 60)
    finally:
        quiet.close()


def test_a_pool_that_was_stopped_lends_no_more(pool: ProcessPool) -> None:
    with pytest.raises(Unavailable, match="it stops"), pool.lent() as child:
        child.call("number", 60)
        pool.stop()
        child.call("sleep", 60)
    with pytest.raises(Unavailable, match="it stops"), pool.lent():
        pass
