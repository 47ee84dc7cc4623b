"""Answers are given again while the data stay as they are, and no longer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mcqms_kg.errors import BadQuery
from mcqms_kg.query.checkpoints import Checkpoints
from mcqms_kg.query.desk.desk import Desk
from mcqms_kg.query.desk.worker_handle import Asked, WorkerHandle
from mcqms_kg.query.request import requested
from mcqms_kg.settings import MEBIBYTE, QueryLimits
from mcqms_kg.store.provenance import GRAPH
from mcqms_kg.store.versions import versions
from mcqms_kg.store.workspace import Workspace
from store.workspaces import hand, new_workspace, turtle

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with new_workspace(tmp_path / "ws") as found:
        hand(found, turtle(tmp_path / "a.ttl", "ex:a ex:b 1 ."))
        yield found


@pytest.fixture
def at_work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that a process was at work on."""
    seen: list[str] = []
    ask = WorkerHandle.ask

    def counted(self: WorkerHandle, asked: Asked) -> None:
        seen.append(asked.request.text)
        ask(self, asked)

    monkeypatch.setattr(WorkerHandle, "ask", counted)
    return seen


class Asking:
    """A desk that lives in a thread of its own, asked over all latest versions."""

    def __init__(self, workspace: Workspace, limits: QueryLimits) -> None:
        self.checkpoints = Checkpoints(workspace.folder / "checkpoints", workspace.embedded.checkpoint)
        self.desk = Desk(self.checkpoints, limits)
        self.graphs = [version.graph for version in versions(workspace)]

    def __call__(self, text: str, *formats: str) -> str:
        request = requested(
            self.desk.limits, text, self.graphs, [*self.graphs, GRAPH], formats or ("csv", "json", "nt")
        )
        return self.desk.answer(request).content.decode()


@contextmanager
def asked(workspace: Workspace, limits: QueryLimits | None = None) -> Iterator[Asking]:
    found, ready, ended = Asking(workspace, limits or QueryLimits()), threading.Event(), threading.Event()

    async def live() -> None:
        found.desk.begin()
        ready.set()
        await asyncio.to_thread(ended.wait)
        found.desk.close()

    thread = threading.Thread(target=asyncio.run, args=(live(),))
    thread.start()
    ready.wait()
    try:
        yield found
    finally:
        ended.set()
        thread.join()


def test_the_same_question_is_worked_at_once(workspace: Workspace, at_work: list[str]) -> None:
    with asked(workspace) as ask:
        assert ask(COUNT) == ask(COUNT) == "n\r\n1\r\n"
        assert at_work == [COUNT]
        assert ask(COUNT, "json") != ask(COUNT, "csv")
        assert at_work == [COUNT] * 3


def test_after_a_write_it_is_worked_at_again(workspace: Workspace, tmp_path: Path, at_work: list[str]) -> None:
    with asked(workspace) as ask:
        assert ask(COUNT) == "n\r\n1\r\n"
        hand(workspace, turtle(tmp_path / "b.ttl", "ex:a ex:b 1, 2, 3 ."))
        ask.checkpoints.outdate()
        assert ask("ASK { ?s ?p 3 }", "json")
        before = list(ask.graphs)
        ask.graphs = [versions(workspace)[-1].graph]
        assert ask(COUNT) == "n\r\n3\r\n"
        ask.graphs = before
        assert ask(COUNT) == "n\r\n1\r\n"
        assert len(at_work) == 4


def test_other_graphs_are_another_question(workspace: Workspace, at_work: list[str]) -> None:
    with asked(workspace) as ask:
        assert ask(COUNT) == "n\r\n1\r\n"
        ask.graphs = []
        assert ask(COUNT) == "n\r\n0\r\n"
        assert len(at_work) == 2


@pytest.mark.parametrize("changing", ["NOW()", "RAND()", "struuid()", "UUID()", "BNODE()"])
def test_what_changes_by_itself_is_not_remembered(workspace: Workspace, at_work: list[str], changing: str) -> None:
    text = f"SELECT ({changing} AS ?x) WHERE {{ }}"
    with asked(workspace) as ask:
        ask(text)
        ask(text)
    assert at_work == [text, text]


def test_no_more_is_remembered_than_there_is_room_for(workspace: Workspace, at_work: list[str]) -> None:
    def long(n: int) -> str:
        return f"SELECT ('{n}{'x' * 40_000}' AS ?x) WHERE {{ }}"

    with asked(workspace, QueryLimits(query_cache_mb=1)) as ask:
        for n in range(2 * MEBIBYTE // 40_000):
            ask(long(n))
        before = len(at_work)
        ask(long(before - 1))
        assert len(at_work) == before
        ask(long(0))
        assert len(at_work) == before + 1


def test_errors_are_not_remembered(workspace: Workspace, at_work: list[str]) -> None:
    with asked(workspace) as ask:
        for _ in range(2):
            with pytest.raises(BadQuery):
                ask("SELECT")
    assert len(at_work) == 2
