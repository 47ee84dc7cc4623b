"""The process that asks a server: `python -m mcqms_kg.query.remote.worker`. It judges, sends and reads, and may be killed at any moment."""

from __future__ import annotations

import httpx

from mcqms_kg.processes.memory import bounded
from mcqms_kg.processes.serve import serve
from mcqms_kg.query.remote.query import ServerRequest, answer
from mcqms_kg.query.remote.shared import Shared
from mcqms_kg.query.request import Answer


class Worker:
    """Keeps its connection to the server."""

    def __init__(self) -> None:
        self._client = httpx.Client(follow_redirects=False)
        self._shared = Shared()

    def answer(self, asked: ServerRequest) -> Answer:
        """The whole answer. Raises a `McqmsError` of the kind that says why there is none."""
        return answer(self._client, asked.endpoint, asked.request, self._shared)


if __name__ == "__main__":
    serve(bounded(Worker().answer, lambda asked: asked.request.limits.query_memory_mb))
