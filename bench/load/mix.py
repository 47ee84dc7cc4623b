"""A hostile mix: some ask nothing but long questions, no two alike, and others ask short ones, of which many were never asked before."""

from __future__ import annotations

import asyncio
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

HOSTILE, OTHERS = 4, 8
_MOST_SECONDS = 60
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
_FACTS = ("hasOutcome", "isOfferedBy", "hasLevel", "hasValidation", "hasProgression", "workloadHours")
_MC = "https://w3id.org/mcqms/ns#"


@dataclass
class Told:
    """What came of the questions of one kind: how often each status, and the seconds of each answer."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def quantile(self, part: float) -> float:
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[round(part * 100) - 1]


def measured(address: str, things: Sequence[str], seconds: float, hostile: int = HOSTILE) -> dict[str, Told]:
    """What the others got beside the hostile ones, who are there first; `things` are what short questions are about."""
    return asyncio.run(_measured(address, things, seconds, hostile))


def long_question(chance: random.Random) -> str:
    """A cross product, a sort or paths over everything, of a shape that has hardly been before."""
    width = chance.randint(3, 5)
    names = [f"?v{chance.randrange(10**6)}" for _ in range(3 * width)]
    triples = [" ".join(names[3 * n : 3 * n + 3]) for n in range(width)]
    if chance.random() < 0.4:
        left, right = chance.sample(_FACTS, 2)
        triples[-1] = f"{names[-3]} (<{_MC}{left}>|!<{_MC}{right}>)+ {names[-1]}"
    some = chance.sample(names, chance.randint(1, 3))
    conditions = [
        f"FILTER (STRLEN(STR({one})) {chance.choice('<>=')} {chance.randrange(9)} || {one} != {other})"
        for one, other in zip(some, reversed(some), strict=True)
    ]
    chance.shuffle(triples)
    where = " . ".join(triples) + " " + " ".join(conditions[: chance.randint(0, 3)])
    if chance.random() < 0.5:
        return f"SELECT (COUNT({' * ' if chance.random() < 0.5 else 'DISTINCT ' + some[0]}) AS ?n) {{ {where} }}"
    order = " ".join(f"{chance.choice(('ASC', 'DESC'))}({one})" for one in some)
    return f"SELECT {' '.join(some)} {{ {where} }} ORDER BY {order} LIMIT {chance.randint(1, 999)}"


def short_question(thing: str, chance: random.Random) -> str:
    """About one thing: one of a few that come again, one of that shape which is new, or one of a shape that has hardly been before."""
    match chance.randrange(8):
        case 0 | 1 | 2 | 3:
            return f"SELECT ?p ?o {{ {thing} ?p ?o }}"
        case 4 | 5 | 6:
            return f"SELECT ?p ?o {{ {thing} ?p ?o }} LIMIT {chance.randrange(1000, 10**9)}"
        case _:
            facts = chance.sample(_FACTS, chance.randint(1, len(_FACTS)))
            parts = [
                f"OPTIONAL {{ {thing} <{_MC}{fact}> ?{fact}{chance.randrange(100)} }}"
                if chance.random() < 0.5
                else f"{thing} <{_MC}{fact}> ?{fact}{chance.randrange(100)} ."
                for fact in facts
            ]
            return f"SELECT * {{ {' '.join(parts)} }}"


async def _measured(address: str, things: Sequence[str], seconds: float, hostile: int) -> dict[str, Told]:
    told = {"hostile": Told(), "others": Told()}
    again = things[:20]
    until = time.perf_counter() + 1 + seconds
    tasks = [asyncio.create_task(_asking(address, long_question, told["hostile"], n, until)) for n in range(hostile)]
    await asyncio.sleep(1)

    def other(chance: random.Random) -> str:
        return short_question(chance.choice(again if chance.random() < 0.5 else things), chance)

    await asyncio.gather(*(_asking(address, other, told["others"], 1000 + n, until) for n in range(OTHERS)))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return told


async def _asking(address: str, question: Callable[[random.Random], str], told: Told, seed: int, until: float) -> None:
    """One client, which asks again as soon as it has its answer."""
    chance, parts = random.Random(seed), urlsplit(address)  # noqa: S311  # a benchmark
    while time.perf_counter() < until:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        try:
            while time.perf_counter() < until:
                began = time.perf_counter()
                status = await asyncio.wait_for(_ask(reader, writer, parts.path, question(chance)), _MOST_SECONDS)
                told.statuses[status] += 1
                told.seconds.append(time.perf_counter() - began)
        except (OSError, EOFError, TimeoutError):
            told.statuses[0] += 1
        finally:
            writer.close()


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, text: str) -> int:
    body = f"query={quote(text, safe='')}"
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/sparql-results+json\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded"
    writer.write(f"{head}{kind}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    if length := _LENGTH.search(answer):
        await reader.readexactly(int(length[1]))
    return int(answer[9:12])
