"""The desk: questions that are asked at once are all answered, rightly, and none waits behind a long one."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable
from pathlib import Path

import pytest

from mcqms_kg.errors import AnswerTooLarge, BadQuery, McqmsError, TookTooLong, Unavailable, WorkerDied
from mcqms_kg.model import Term
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.desk.desk import Desk
from mcqms_kg.query.engine.capped import IN_MEMORY
from mcqms_kg.query.request import Answer, requested
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store.workspace import Workspace
from query.desks import MANY, Asking, run
from store.workspaces import hand, new_workspace, turtle

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_many_at_once_get_their_own_answers(workspace: Workspace) -> None:
    async def work(ask: Asking) -> None:
        assert all(await asyncio.gather(*(ask.point(n) for n in range(MANY))))
        assert all(await asyncio.gather(*(ask.point(n) for n in range(MANY)))), "and again, remembered"
        assert len(ask.desk.processes) == 2

    run(workspace, work)


def test_nobody_waits_behind_a_runaway(workspace: Workspace) -> None:
    """Also with one process: another takes its place."""

    async def work(ask: Asking) -> None:
        await ask.point(0)
        runaway = asyncio.create_task(_outcome(ask(RUNAWAY)))
        await asyncio.sleep(0)
        assert all(await asyncio.gather(*(ask.point(n) for n in range(1, 100))))
        assert not runaway.done()
        assert isinstance(await runaway, TookTooLong)
        assert await ask.point(101)

    run(workspace, work, QueryLimits(query_timeout_s=8), size=1)


def test_what_takes_very_long_gives_way_is_answered_and_its_process_is_replaced(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    product = f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f VALUES ?x {{ {' '.join(map(str, range(40)))} }} }}"

    async def work(ask: Asking) -> None:
        await ask.point(0)
        first = ask.desk.processes[0]
        monkeypatch.setattr("mcqms_kg.query.desk.desk._VERY_LONG", 0.1)  # on a busy machine a point may take as long
        long = asyncio.create_task(ask(product))
        lowered = []
        while not long.done():
            lowered.append(os.getpriority(os.PRIO_PROCESS, first))
            assert await ask.point(len(lowered) % MANY)
            await asyncio.sleep(0.01)
        assert (await long).content == f"n\r\n{40 * MANY**2}\r\n".encode()
        assert lowered[-1] > lowered[0] or lowered[0] == 19
        assert all(await asyncio.gather(*(ask.point(n) for n in range(20))))
        until = time.monotonic() + 60  # it comes last where others are at work, and says first what it was not to begin
        while first in ask.desk.processes and time.monotonic() < until:
            await asyncio.sleep(0.05)
        assert first not in ask.desk.processes

    run(workspace, work, size=1)


def test_several_runaways_are_each_stopped_and_all_else_is_answered(workspace: Workspace) -> None:
    async def work(ask: Asking) -> None:
        asked = [ask(RUNAWAY + f" LIMIT {n + 1}") for n in range(3)]
        outcomes = asyncio.gather(*map(_outcome, asked))
        points = await asyncio.gather(*(_outcome(ask.point(n)) for n in range(50)))
        assert all(isinstance(found, TookTooLong) for found in await outcomes)
        assert all(found is True or isinstance(found, TookTooLong) for found in points)
        assert all(await asyncio.gather(*(ask.point(n) for n in range(50))))

    run(workspace, work, QueryLimits(query_timeout_s=2))


@pytest.mark.parametrize("size", [1, 2])
def test_however_many_run_away_the_others_are_answered(workspace: Workspace, size: int) -> None:
    """Those that take long leave a process to those that do not, also when they are asked again and again."""

    async def work(ask: Asking) -> None:
        ended = False

        async def hostile(number: int) -> list[object]:
            found: list[object] = []
            while not ended:
                found.append(await _outcome(ask(RUNAWAY + f" LIMIT {number + 1}")))
            return found

        await ask.point(0)
        attacks = [asyncio.create_task(hostile(number)) for number in range(6)]
        until, answered = time.monotonic() + 15, 0
        try:
            while time.monotonic() < until:
                assert await ask.point(answered % MANY), "the limit is longer than anybody waits here"
                answered += 1
                await asyncio.sleep(0.05)
        finally:
            ended = True  # else they would ask a closed desk for ever
        assert answered > 5 and len(ask.desk.processes) <= size + 1
        outcomes = [found for attack in await asyncio.gather(*attacks) for found in attack]
        assert outcomes and all(isinstance(found, TookTooLong) for found in outcomes)

    run(workspace, work, QueryLimits(query_timeout_s=20, query_cache_mb=1), size=size)


def test_what_was_put_off_is_answered_when_there_is_room(workspace: Workspace) -> None:
    product = f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f VALUES ?x {{ {' '.join(map(str, range(40)))} }} }}"

    async def work(ask: Asking) -> None:
        await ask.point(0)
        longs = [asyncio.create_task(ask(product + f" LIMIT {n + 1}")) for n in range(5)]
        await asyncio.sleep(0)
        assert all(await asyncio.gather(*(ask.point(n) for n in range(1, 60))))
        for answer in await asyncio.gather(*longs):
            assert answer.content == f"n\r\n{40 * MANY**2}\r\n".encode()

    run(workspace, work, QueryLimits(query_timeout_s=100, query_cache_mb=1))


def test_who_is_at_work_when_a_process_dies_is_told_and_the_others_are_answered(workspace: Workspace) -> None:
    async def work(ask: Asking) -> None:
        await ask.point(0)
        runaway = asyncio.create_task(_outcome(ask(RUNAWAY)))
        others = [asyncio.create_task(ask.point(n)) for n in range(1, 30)]
        await asyncio.sleep(0.2)
        os.kill(ask.desk.processes[0], signal.SIGKILL)
        assert isinstance(await runaway, WorkerDied)
        assert all(await asyncio.gather(*others))

    run(workspace, work, size=1)


def test_a_process_that_outgrows_its_memory_takes_nobody_along(workspace: Workspace) -> None:
    async def work(ask: Asking) -> None:
        bomb = asyncio.create_task(_outcome(ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a")))
        others = await asyncio.gather(*(ask.point(n) for n in range(30)))
        assert all(others)
        found = await bomb
        assert isinstance(found, WorkerDied) and "MCQMS_QUERY_MEMORY_MB" in str(found)

    run(workspace, work, QueryLimits(query_memory_mb=100, query_timeout_s=60))


def test_when_it_stops_everybody_is_told(workspace: Workspace) -> None:
    async def work(ask: Asking) -> None:
        tasks = [asyncio.create_task(_outcome(ask(RUNAWAY + f" LIMIT {n + 1}"))) for n in range(20)]
        await asyncio.sleep(0.5)
        ask.desk.stop()
        assert all(isinstance(found, Unavailable) for found in await asyncio.gather(*tasks))
        assert isinstance(await _outcome(ask.point(1)), Unavailable)

    run(workspace, work)


def test_errors_and_large_answers_come_among_others(workspace: Workspace) -> None:
    everything = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
    limits = QueryLimits(query_max_bytes=2 * IN_MEMORY)

    async def work(ask: Asking) -> None:
        found = await asyncio.gather(
            _outcome(ask("SELECT nonsense")),
            _outcome(ask(everything, spool=True)),
            ask(f"{everything} LIMIT 25000", spool=True),
            *(ask.point(n) for n in range(20)),
        )
        assert isinstance(found[0], BadQuery) and isinstance(found[1], AnswerTooLarge)
        large = found[2]
        assert isinstance(large, Answer) and large.file and large.size > IN_MEMORY
        with large.file as file:
            assert len(file.read()) == large.size
        assert all(found[3:])

    run(workspace, work, limits)


def test_those_who_see_different_things_are_not_mixed_up(workspace: Workspace) -> None:
    """More kinds of questions than both sides keep in mind."""

    async def work(ask: Asking) -> None:
        bases = [f"http://e/{n}/" for n in range(2500)]
        found = await asyncio.gather(*(ask("SELECT (<x> AS ?x) {}", base=base) for base in bases))
        assert [answer.content for answer in found] == [f"x\r\n{base}x\r\n".encode() for base in bases]

    run(workspace, work)


def test_graphs_without_statements_are_as_good_as_none(workspace: Workspace) -> None:
    async def work(ask: Asking) -> None:
        whole = ask.graph
        for graphs, rows in (([whole, "DEFAULT"], MANY), ([whole, "<http://e/none>"], MANY), (["DEFAULT"], 0), ([], 0)):
            for text in ("SELECT ?s { ?s <http://e/p> ?o }", "SELECT ?s { ?s <http://e/p>* ?o }"):
                asked = requested(
                    ask.desk.limits, text, [*map(Term, graphs)], [Term(whole), Term("<http://e/none>")], ("csv",)
                )
                found = [await ask.desk.answered(asked) for _ in range(2)]
                expected = rows if "*" not in text else rows * 3
                assert {answer.content.count(b"\n") - 1 for answer in found} == {expected}, (graphs, text)

    run(workspace, work)


def test_what_was_written_before_a_question_is_in_its_answer(tmp_path: Path) -> None:
    with new_workspace(tmp_path / "ws") as written:
        hand(written, turtle(tmp_path / "a.ttl", "ex:s0 ex:p 0 ."))

        async def work(ask: Asking) -> None:
            for number in range(1, 12):
                made = await asyncio.to_thread(
                    hand, written, turtle(tmp_path / "a.ttl", f"ex:s{number} ex:p {number} .")
                )
                ask.checkpoints.outdate()
                ask.graph = made.graph
                assert all(await asyncio.gather(*(ask.point(number) for _ in range(10))))
            copies = [path for path in ask.checkpoints.folder.iterdir() if path.is_dir()]
            assert len(copies) < 5, "old copies go"

        run(written, work)


def test_a_copy_that_cannot_be_made_is_told_without_the_place(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        raise OSError(f"no room in {folder}")

    async def whole() -> None:
        found = Desk(Checkpoints(tmp_path, fail), QueryLimits())
        found.begin()
        problems = await asyncio.gather(
            *(_outcome(found.answered(requested(found.limits, "ASK {}", [], []))) for _ in range(5))
        )
        assert all(isinstance(problem, Unavailable) and str(tmp_path) not in str(problem) for problem in problems)
        found.close()

    asyncio.run(whole())


async def _outcome(asked: Awaitable[object]) -> object:
    try:
        return await asked
    except McqmsError as problem:
        return problem
