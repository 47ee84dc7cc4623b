"""Callers that never ask the same long question twice leave the others enough."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress

import pytest

from mcqms_kg.errors import McqmsError
from mcqms_kg.query.desk.paces import Pace, Paces, looks, shape
from mcqms_kg.query.desk.waiting import Waiting
from mcqms_kg.query.desk.worker_handle import Asked
from mcqms_kg.query.request import requested
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store.workspace import Workspace
from query.desks import MANY, Asking, run

_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_POINT = "SELECT ?o { <http://e/s1> <http://e/p> ?o }"


def test_a_shape_forgets_names_numbers_texts_and_space() -> None:
    one = shape('SELECT ?a { <http://e/1> <p> ?a FILTER (?a > 10 && ?a != "x") } # first\nLIMIT 5')
    assert one == shape('SELECT $b{<http://e/2> <q>  $b FILTER(?b > 7 && ?b != "y z")}LIMIT 99').replace("$", "?")
    assert one != shape("SELECT ?a { <http://e/1> <p> ?a } LIMIT 5")
    assert looks(_POINT).leaves_open < looks(_PRODUCT).leaves_open


def test_shapes_of_very_long_texts_take_little_time() -> None:
    begun = time.process_time()
    for piece in ('"', "'", "\"'", "<", "?", "#", "'''\\", "1"):
        shape(piece * (4000 // len(piece)))
    assert time.process_time() - begun < 1


def test_what_took_long_is_known_by_its_shape_and_what_was_quick_by_then_too() -> None:
    paces = Paces()
    for n in range(3):
        paces.took(f"{_POINT} LIMIT {n}", 0.001)
    assert paces.of(_POINT + " LIMIT 7") is Pace.UNKNOWN, "nothing is looked at as long as nothing takes long"
    paces.took_long(_PRODUCT)
    assert paces.of(_PRODUCT.replace("?a", "?x")) is Pace.LONG
    assert paces.of(_POINT + " LIMIT 7") is Pace.SHORT
    assert paces.of(_POINT) is Pace.UNKNOWN
    for _ in range(7):
        paces.took(_PRODUCT, 0.001)
    assert paces.of(_PRODUCT) is Pace.SHORT, "where it is quick again and again"
    paces.took_long(_PRODUCT)
    assert paces.of(_PRODUCT) is Pace.LONG, "who was trusted and held others up is not any more"


def test_the_last_process_is_lost_to_the_unknown_for_a_share_of_its_time_only(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    waiting = Waiting()
    for n in range(4):
        waiting.paces.took(f"{_POINT} LIMIT {n}", 0.001)
    waiting.put_off(_asked(_PRODUCT), lost=0.5)
    unknown, known = _asked("SELECT ?p { <http://e/s1> ?p ?o }"), _asked(_POINT + " LIMIT 9")
    waiting.add(unknown)
    waiting.add(known)
    assert waiting.next(is_last=True, long_too=False) is known
    assert waiting.next(is_last=True, long_too=False) is None, "the unknown one waits, and so does what is long"
    now += 1.2
    assert waiting.next(is_last=True, long_too=False) is unknown
    assert waiting.next(is_last=False, long_too=True) is not None and not waiting


def test_of_the_unknown_the_simplest_go_first_and_at_times_the_oldest() -> None:
    waiting = Waiting()
    waiting.paces.took_long("SELECT * { ?s ?p ?o } ORDER BY ?s")
    for n in range(20):
        waiting.add(_asked(_PRODUCT[:-1] + " . ?j ?k ?l" * n + "}"))
        waiting.add(_asked("SELECT ?o { <http://e/s1> <http://e/p>" + "/<http://e/p>" * n + " ?o }"))
    first = [waiting.next(is_last=True, long_too=False) for _ in range(24)]
    long = [asked for asked in first if asked and "COUNT" in asked.request.text]
    assert 0 < len(long) < 5, "mostly the simple ones, and the old ones in their turn"


def test_callers_wait_for_each_other_in_turn() -> None:
    waiting = Waiting()
    for n in range(10):
        waiting.add(_asked(f"{_POINT} LIMIT {n}", who="many"))
    waiting.add(_asked(_POINT, who="one"))
    assert [asked.request.who for asked in (waiting.next(is_last=False, long_too=True) for _ in range(3)) if asked] == [
        *("many", "one", "many")
    ]


@pytest.mark.parametrize("hostile", [4, 20])
def test_beside_ever_new_long_questions_the_others_are_answered(workspace: Workspace, hostile: int) -> None:
    """Also questions that were never asked before, and such of new shapes. None is refused."""
    chance = random.Random(hostile)

    async def work(ask: Asking) -> None:
        ended = False

        async def long() -> None:
            while not ended:
                with suppress(McqmsError):
                    await ask(_runaway(chance))

        async def other() -> None:
            for n in range(40):
                thing = chance.randrange(MANY)
                if n % 2:
                    assert await ask.point(thing)
                else:
                    more = " ".join(f"OPTIONAL {{ <http://e/s{thing}> <http://e/p> ?x{m} }}" for m in range(n // 10))
                    answer = await ask(
                        f"SELECT ?o {{ <http://e/s{thing}> <http://e/p> ?o {more} }} LIMIT {chance.randrange(10**9)}"
                    )
                    assert answer.content == f"o\r\n{thing}\r\n".encode()

        await ask.point(0)
        attacks = [asyncio.create_task(long()) for _ in range(hostile)]
        await asyncio.sleep(0.5)
        try:
            await asyncio.gather(*(other() for _ in range(8)))  # or one was refused
        finally:
            ended = True
            ask.desk.stop()  # those that ask for ever are told
        assert len(ask.desk.processes) <= 3
        await asyncio.gather(*attacks)

    run(workspace, work, QueryLimits(query_timeout_s=30, query_cache_mb=1))


def _runaway(chance: random.Random) -> str:
    """Of a shape that was hardly there before."""
    patterns = [" ".join(f"?v{chance.randrange(10**6)}" for _ in range(3)) for _ in range(chance.randint(4, 6))]
    names = chance.sample(" ".join(patterns).split(), chance.randint(1, 4))
    conditions = " ".join(f"FILTER (STR({name}) {chance.choice(('<', '>', '!='))} STR(?v))" for name in names)
    counted = "*" if chance.random() < 0.5 else f"DISTINCT {names[0]}"
    return f"SELECT (COUNT({counted}) AS ?n) {{ BIND (1 AS ?v) {' . '.join(patterns)} {conditions} }}"


def _asked(text: str, who: str = "") -> Asked:
    return Asked(requested(QueryLimits(), text, [], [], who=who), False, lambda _: None, time.monotonic())
