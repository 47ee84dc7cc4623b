"""The first look at a request: where it comes from, to which name it is sent, and how much is written on it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

from mcqms_kg.errors import BadValue
from mcqms_kg.service.http.problems import problem

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Door:
    """The names that are answered to, the servers in front of this one that end TLS, and how long headers may be in sum.

    With `proxies`, nobody else than they and this machine itself is let in, and the address that they saw is the caller's.
    """

    hosts: Sequence[str]
    proxies: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network] = ()
    max_header_bytes: int = 32 * 1024


class Doorway:
    """Turns away what is not meant for this service, and notes the address of the caller."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door
        self._hosts = {host.lower() for host in door.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = [(name.lower(), value) for name, value in scope["headers"]]
        peer = (scope.get("client") or ("unknown", 0))[0]
        refused = self._refused(scope, headers, peer)
        if refused:
            await problem(*refused)(scope, receive, send)
            return
        scope.update(self._seen(headers, peer, scope["scheme"]))
        if sum(name == b"accept" for name, _ in headers) > 1:
            scope["headers"] = _with_one_accept(headers)
        await self._app(scope, receive, send)

    def _refused(self, scope: Scope, headers: list[tuple[bytes, bytes]], peer: str) -> tuple[int, str, str] | None:
        size = (
            sum(len(name) + len(value) + 4 for name, value in headers) + len(scope["query_string"]) + len(scope["path"])
        )
        if size > self._door.max_header_bytes:
            return 431, "HeadersTooLarge", f"Address and headers are longer than {self._door.max_header_bytes} bytes."
        if not self._is_let_in(peer):
            return 403, "Forbidden", "The service is reached through the server in front of it only."
        hosts = [value.decode("latin-1").lower() for name, value in headers if name == b"host"]
        match = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if match is None or match[1] not in self._hosts:
            return 400, "UnknownHost", "This service does not answer to that name."
        if sum(name in (b"content-length", b"transfer-encoding") for name, _ in headers) > 1:
            return 400, "BadRequest", "The length of the body is said twice."
        if any(name == b"content-range" for name, _ in headers):  # else a part would be taken for the whole
            return 400, "BadRequest", "The body is said to be a part of something. Send all of it."
        return None

    def _is_let_in(self, peer: str) -> bool:
        address = _address(peer)
        return not self._door.proxies or (address is not None and (address.is_loopback or self._is_proxy(peer)))

    def _is_proxy(self, peer: str) -> bool:
        address = _address(peer)
        return address is not None and any(address in network for network in self._door.proxies)

    def _seen(self, headers: list[tuple[bytes, bytes]], peer: str, scheme: str) -> dict[str, str]:
        """The caller's address and scheme: as the proxy wrote them last, or as the connection says."""
        if not self._is_proxy(peer):
            return {"address": peer, "scheme": scheme}
        said = {name: value.decode("latin-1").rpartition(",")[2].strip() for name, value in headers}
        address = said.get(b"x-forwarded-for", "")
        secure = said.get(b"x-forwarded-proto", "").lower() == "https"
        return {"address": address if _address(address) else peer, "scheme": "https" if secure else scheme}


def _with_one_accept(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with those that say what is accepted as one, which is what several are (RFC 9110, 5.3)."""
    together = b", ".join(value for name, value in headers if name == b"accept")
    return [*(header for header in headers if header[0] != b"accept"), (b"accept", together)]


def networks(given: Sequence[str]) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    """Addresses or networks as they are written; raises `BadValue`."""
    try:
        return tuple(ipaddress.ip_network(text) for text in given)
    except ValueError as problem:
        raise BadValue(str(problem), remedy="Give the address of the server that ends TLS, like 10.0.0.5.") from problem


@lru_cache(maxsize=4096)
def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found
