"""Hands in versions over HTTP until it is killed: service, and who sends, in one process."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store import embedded
from service.writable import writable

STATEMENTS = 300


def import_forever(folder: Path, large: int, first: int) -> None:
    embedded.LARGE = large
    with writable(partial(Serving, folder, QueryLimits(), 1)) as service:
        print("ready", flush=True)
        for number in range(first, sys.maxsize):
            facts = "".join(f"<http://e/s{n}> <http://e/p> {number}, _:b{n} .\n" for n in range(STATEMENTS // 2))
            made = service.post("/datasets/school", content=facts, headers={"content-type": "text/turtle"})
            assert made.status_code == 201, made.text
            print(number, flush=True)


if __name__ == "__main__":
    import_forever(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
