"""Who asks while versions are handed in is answered soon, from one version or the next, and who was told of a version sees it."""

from __future__ import annotations

import threading
import time
from functools import partial
from pathlib import Path

import httpx

from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store.workspace import create
from service.writable import writable

SIZE, VERSIONS, ASKING = 21_000, 2, 3
COUNT = "SELECT (COUNT(*) AS ?n) (SAMPLE(?v) AS ?one) (COUNT(DISTINCT ?v) AS ?all) {{ ?s <http://e/p> ?v }} LIMIT {}"
SHARED = "".join(f"<http://e/shared{n}> <http://e/p> 0 .\n" for n in range(10))
TURTLE, LINES = {"content-type": "text/turtle"}, {"content-type": "application/n-triples"}


def version(number: int) -> str:
    """Each is larger than the one before, and has what another dataset says too, so that they are put together."""
    value = f'"{number}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    facts = "".join(f"<http://e/s{n}> <http://e/p> {value} .\n" for n in range(SIZE * number))
    return facts + '<http://e/shared1> <http://e/p> "0"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'


def counted(service: httpx.Client, number: int) -> tuple[int, int]:
    """How many statements there are besides the shared ones, and how many values; no two of these questions are alike."""
    answer = service.get("/sparql", params={"query": COUNT.format(number + 1)}, headers={"accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    count, _, values = answer.text.split()[1].split(",")
    return int(count) - 10, int(values) - 1


def test_answers_are_of_one_version_or_the_next_and_never_of_a_part(tmp_path: Path) -> None:
    create(tmp_path / "ws")
    whole = {(SIZE * number, min(number, 1)) for number in range(VERSIONS + 1)}
    times: list[float] = []
    found: list[list[tuple[int, int]]] = [[] for _ in range(ASKING)]
    acknowledged = [0]
    problems: list[BaseException] = []
    ended = threading.Event()

    with writable(partial(Serving, tmp_path / "ws", QueryLimits(), 2)) as service:
        assert service.post("/datasets/shared", content=SHARED, headers=TURTLE).status_code == 201

        def ask(who: int) -> None:
            try:
                with httpx.Client(base_url=service.base_url, timeout=120) as client:
                    while not ended.is_set():
                        told, begun = acknowledged[0], time.monotonic()
                        found[who].append(counted(client, ASKING * len(found[who]) + who))
                        times.append(time.monotonic() - begun)
                        assert found[who][-1][0] >= SIZE * told, "who was told of a version sees it"
            except BaseException as problem:  # raised below, where the test sees it
                problems.append(problem)

        threads = [threading.Thread(target=ask, args=(who,)) for who in range(ASKING)]
        for thread in threads:
            thread.start()
        for number in range(1, VERSIONS + 1):
            made = service.post("/datasets/school", content=version(number), headers=LINES, timeout=300)
            assert made.status_code == 201, made.text
            acknowledged[0] = number
            assert counted(service, 10**6 + number) == (SIZE * number, 1), "the next answer has it"
        ended.set()
        for thread in threads:
            thread.join()
    assert not problems, problems
    for answers in found:
        assert answers == sorted(answers) and {*answers} <= whole, "from one version or the next"
    assert len(times) > 10 and sorted(times)[len(times) // 2] < 5, "most do not wait for it"
