"""The service that is attacked: small limits, two providers, one token a role; and what every attack is a case of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx

from mcqms_kg.service.http.doorway import Door
from mcqms_kg.service.middleware import LOOPBACK, Front
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits, ServiceLimits, UpdateLimits
from service.live import live
from service.tenants import Tenants, tenants

QUERIES = QueryLimits(
    query_timeout_s=2, query_memory_mb=200, query_max_rows=500, query_max_bytes=200_000, query_max_length=6000
)
UPDATES = UpdateLimits(update_timeout_s=3, update_memory_mb=300, update_max_bytes=100_000, update_max_statements=1000)
REQUESTS = ServiceLimits(max_request_bytes=500_000, max_header_bytes=8192, request_timeout_s=2, keep_alive_s=2)
ALIVE = "ASK {}"


@dataclass(frozen=True)
class Victim:
    """The service that runs, and what is in it."""

    client: httpx.Client
    built: Tenants

    @property
    def port(self) -> int:
        port = self.client.base_url.port
        assert port is not None
        return port

    def headers(self, who: str) -> dict[str, str]:
        return self.built.headers(who)

    def is_alive(self) -> bool:
        """Whether it answers somebody else."""
        answer = self.client.get("/sparql", params={"query": ALIVE})
        return answer.status_code == 200 and answer.json()["boolean"] is True


@contextmanager
def victim(folder: Path) -> Iterator[Victim]:
    built = tenants(folder)
    front = Front(Door(LOOPBACK, (), REQUESTS.max_header_bytes), REQUESTS)
    with live(partial(Serving, built.folder, QUERIES, 2, UPDATES), front) as client:
        yield Victim(client, built)
