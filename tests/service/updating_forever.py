"""Updates a served workspace until it is killed: in each request one round of statements, in two graphs, takes the place of the last."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from mcqms_kg.query.update.change_request import UpdateRequest
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits, UpdateLimits
from service.writable import ADMIN

STATEMENTS = 400


async def update_forever(folder: Path, first: int) -> None:
    serving = Serving(folder, QueryLimits(), 1, UpdateLimits())
    print("ready", flush=True)
    for number in range(first, sys.maxsize):
        facts = " ".join(
            f"<http://e/s{n}> <http://e/round> {number} ; <http://e/p> _:b{n} ." for n in range(STATEMENTS)
        )
        text = (
            "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o } ; DROP SILENT GRAPH <http://g/1> ; "
            f"INSERT DATA {{ {facts} GRAPH <http://g/1> {{ {facts} }} }} ; COPY DEFAULT TO <http://g/2>"
        )
        await serving.change(ADMIN, UpdateRequest(text))
        print(number, flush=True)


if __name__ == "__main__":
    asyncio.run(update_forever(Path(sys.argv[1]), int(sys.argv[2])))
