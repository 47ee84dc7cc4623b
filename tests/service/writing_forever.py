"""Writes a served workspace in every way, in turn, until it is killed: puts a graph, hands in a version, goes back, updates."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from pathlib import Path

from mcqms_kg.graph import terms
from mcqms_kg.query.update.change_request import GraphRequest, UpdateRequest, Way
from mcqms_kg.query.update.payload import Payload
from mcqms_kg.service.handing_in import rolled_back
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits, Settings, UpdateLimits
from mcqms_kg.store.versions import Submission, hand_in
from service.writable import ADMIN

STATEMENTS = 300
PUT, UPDATED = "http://g/put", "http://g/updated"
KINDS = 4


def facts(number: int) -> str:
    return "".join(f"<http://e/s{n}> <http://e/round> {number} ; <http://e/p> _:b{n} .\n" for n in range(STATEMENTS))


async def write(serving: Serving, folder: Path, number: int) -> None:
    """One write, of the kind that is next."""
    file = folder / "round.ttl"
    file.write_text(facts(number), "utf-8")
    match number % KINDS:
        case 0:
            given = (Payload(file, "text/turtle"),)
            await serving.change(ADMIN, GraphRequest(Way.REPLACE, terms.iri(PUT), given))
        case 1:
            now = dt.datetime.now(dt.UTC)
            with serving.writing() as workspace:
                hand_in(workspace, Submission("school", {"round.ttl": file}, "", "Ana", now), Settings())
        case 2:
            rolled_back(serving, ADMIN, "school", 1)
        case _:
            graph = f"GRAPH <{UPDATED}>"
            text = (
                f"DROP SILENT {graph} ; INSERT DATA {{ {graph} {{ {facts(number)} }} }} ; COPY <{UPDATED}> TO DEFAULT"
            )
            await serving.change(ADMIN, UpdateRequest(text))


async def write_forever(folder: Path, first: int) -> None:
    serving = Serving(folder / "ws", QueryLimits(), 1, UpdateLimits())
    print("ready", flush=True)
    for number in range(first, sys.maxsize):
        await write(serving, folder, number)
        print(number, flush=True)


if __name__ == "__main__":
    asyncio.run(write_forever(Path(sys.argv[1]), int(sys.argv[2])))
