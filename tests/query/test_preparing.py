"""What is seen by default is put together in a copy before it is asked; where that fails, whoever asks first has it done."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mcqms_kg.model import Term
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.desk.desk import Desk
from mcqms_kg.query.desk.forks import Forks
from mcqms_kg.query.desk.preparing import Preparer
from mcqms_kg.query.request import Request, requested
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import Workspace
from store.workspaces import hand, new_workspace, turtle

COUNT = "SELECT (COUNT(*) AS ?n) { ?s <http://e/p> ?o }"


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Workspace]:
    """Two datasets that share one statement of four."""
    with new_workspace(tmp_path / "ws") as workspace:
        hand(workspace, turtle(tmp_path / "a.ttl", "ex:a ex:p 1 . ex:z ex:p 1 ."), dataset="one")
        hand(workspace, turtle(tmp_path / "b.ttl", "ex:a ex:p 1 . ex:b ex:p 1 . ex:c ex:p 1 ."), dataset="two")
        yield workspace


def copies(workspace: Workspace) -> Checkpoints:
    return Checkpoints(workspace.folder / "copies", workspace.embedded.checkpoint)


def graphs(workspace: Workspace) -> tuple[Term, ...]:
    return tuple(version.graph for version in versions(workspace))


def put_together(copy: Path) -> set[str]:
    return {path.name for path in copy.glob("merged-*")}


@pytest.fixture
def preparer() -> Iterator[Preparer]:
    forks = Forks()
    found = Preparer(forks, QueryLimits(query_timeout_s=60))
    yield found
    found.close()
    forks.close()


def test_a_copy_is_prepared_before_it_is_asked(shared: Workspace, preparer: Preparer) -> None:
    one, two = graphs(shared)
    checkpoints, seen = copies(shared), list[int]()

    def prepare(copy: Path) -> None:
        assert checkpoints.newest() != copy, "nobody is answered from it yet"
        preparer.prepare(copy, [(one, two), (one,)])
        seen.append(len(put_together(copy)))

    for _ in range(2):
        checkpoints.renew(prepare)
    assert seen == [2, 2], "which graph stays, and a copy with what the other adds"
    process = preparer._process
    checkpoints.renew(lambda copy: preparer.prepare(copy, [(two,)]))
    assert preparer._process == process and not put_together(checkpoints.folder / "3"), "one graph is asked as it is"


def test_what_is_prepared_is_there_when_it_says_so(shared: Workspace, preparer: Preparer) -> None:
    """Each time, also when two have copies prepared at once."""
    checkpoints, found = copies(shared), list[int]()

    def prepared(copy: Path) -> None:
        preparer.prepare(copy, [graphs(shared)])
        found.append(len(put_together(copy)))

    for _ in range(5):
        checkpoints.renew(prepared)
    places = [shared.folder / f"place-{n}" for n in range(6)]
    for place in places:
        shared.embedded.checkpoint(place)
    threads = [threading.Thread(target=prepared, args=(place,)) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2] * 11


def test_a_process_that_is_killed_or_late_is_not_waited_for(shared: Workspace, preparer: Preparer) -> None:
    checkpoints = copies(shared)
    checkpoints.renew(lambda copy: preparer.prepare(copy, [graphs(shared)]))
    os.kill(preparer._process, signal.SIGKILL)
    checkpoints.renew(lambda copy: preparer.prepare(copy, [graphs(shared)]))
    assert not put_together(checkpoints.folder / "2")
    checkpoints.renew(lambda copy: preparer.prepare(copy, [graphs(shared)]))
    assert put_together(checkpoints.folder / "3"), "another has begun"
    os.kill(preparer._process, signal.SIGSTOP)
    preparer._limits = QueryLimits(query_timeout_s=1)
    checkpoints.renew(lambda copy: preparer.prepare(copy, [graphs(shared)]))
    assert preparer._process == 0 and not put_together(checkpoints.folder / "4")


def test_nobody_waits_for_it_when_the_service_stops(shared: Workspace, preparer: Preparer) -> None:
    checkpoints = copies(shared)
    checkpoints.renew(lambda copy: preparer.prepare(copy, [graphs(shared)]))
    os.kill(preparer._process, signal.SIGSTOP)
    begun = time.monotonic()
    threading.Timer(0.2, preparer.stop).start()
    checkpoints.renew(lambda copy: preparer.prepare(copy, [graphs(shared)]))
    assert time.monotonic() - begun < 50
    checkpoints.renew(lambda copy: preparer.prepare(copy, [graphs(shared)]))
    assert preparer._process == 0, "none is begun any more"


def test_those_who_ask_before_there_is_a_copy_have_it_put_together_once(shared: Workspace) -> None:
    checkpoints = copies(shared)
    made: list[int] = []

    async def whole() -> None:
        desk = Desk(checkpoints, QueryLimits(), size=2)
        prepare = desk.preparer.prepare

        def prepared(*given: object) -> None:
            prepare(*given)  # type: ignore[arg-type]  # what it is given
            made.append(len(put_together(checkpoints.folder / "1")))

        desk.preparer.prepare = prepared  # type: ignore[method-assign,assignment]  # to look on
        desk.begin()
        try:
            answers = await asyncio.gather(*(desk.answered(_asked(desk, shared, n)) for n in range(20)))
            assert {answer.content for answer in answers} == {b"n\r\n4\r\n"}
            assert not any(worker.leash > 0.1 for worker in desk._workers if worker.given), "their copies are open"
        finally:
            desk.close()

    asyncio.run(whole())
    assert made == [2] and len([*(checkpoints.folder / "1").glob("merged-*.store")]) == 1


def test_few_graphs_do_not_wait_for_many(shared: Workspace) -> None:
    """Who sees less is answered while what others see is still put together."""
    one, two = graphs(shared)

    async def whole() -> None:
        desk = Desk(copies(shared), QueryLimits(), size=2)
        prepare, goes_on = desk.preparer.prepare, threading.Event()

        def prepared(copy: Path, seen: list[tuple[Term, ...]]) -> None:
            if seen == [(one, two)]:
                assert goes_on.wait(60)
            prepare(copy, seen)

        desk.preparer.prepare = prepared  # type: ignore[method-assign,assignment]  # one of them waits
        desk.begin()
        try:
            of_both = [asyncio.create_task(desk.answered(_asked(desk, shared, n))) for n in range(3)]
            await asyncio.sleep(0)
            of_one = await desk.answered(requested(desk.limits, COUNT, (one,), (), ("csv",)))
            chosen = await desk.answered(requested(desk.limits, COUNT, (two,), (), ("csv",), from_protocol=True))
            assert (of_one.content, chosen.content) == (b"n\r\n2\r\n", b"n\r\n3\r\n")
            assert not any(task.done() for task in of_both)
            goes_on.set()
            assert {answer.content for answer in await asyncio.gather(*of_both)} == {b"n\r\n4\r\n"}
        finally:
            goes_on.set()
            desk.close()

    asyncio.run(whole())


def test_without_it_the_first_to_ask_has_it_done(shared: Workspace) -> None:
    async def whole() -> None:
        desk = Desk(copies(shared), QueryLimits(), size=2)
        desk.preparer.stop()
        desk.begin()
        try:
            answers = await asyncio.gather(*(desk.answered(_asked(desk, shared, n)) for n in range(20)))
            assert {answer.content for answer in answers} == {b"n\r\n4\r\n"}
        finally:
            desk.close()

    asyncio.run(whole())


def _asked(desk: Desk, workspace: Workspace, number: int) -> Request:
    return requested(desk.limits, f"{COUNT} LIMIT {number + 1}", graphs(workspace), (), ("csv",))


def test_processes_that_divide_draw_different_numbers(shared: Workspace) -> None:
    """None has drawn one before it divided."""
    text = "SELECT (RAND() AS ?a) (STRUUID() AS ?b) (UUID() AS ?c) (BNODE() AS ?d) {}"
    found: list[str] = []

    async def whole() -> None:
        checkpoints = copies(shared)
        for _ in range(3):  # each desk has a server of its own, which begins several
            desk = Desk(checkpoints, QueryLimits(), size=2)
            desk.begin()
            try:
                for _ in range(3):
                    answer = await desk.answered(requested(desk.limits, text, (), (), ("csv",)))
                    found.extend(answer.content.decode().split("\r\n")[1].split(","))
                    for process in desk.processes:
                        os.kill(process, signal.SIGKILL)
                    while desk.processes:
                        await asyncio.sleep(0.01)
            finally:
                desk.close()

    asyncio.run(whole())
    assert len(found) == 36 and len({*found}) == 36
