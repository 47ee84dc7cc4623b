"""If-Match and If-None-Match of requests that write: only what the client has seen is overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from mcqms_kg.query.formats import GRAPHS
from mcqms_kg.service.http.bodies import Refused


@dataclass(frozen=True)
class Preconditions:
    """The tags as they were sent; `*` stands for any state."""

    match: tuple[str, ...]
    none_match: tuple[str, ...]

    @classmethod
    def of(cls, request: Request) -> Preconditions:
        return cls(*(_tags(request.headers.getlist(name)) for name in ("if-match", "if-none-match")))

    def check(self, existed: bool, current: Callable[[str], str]) -> None:
        """Raises `Refused` where they do not hold; `current` gives the tag of a format now."""
        if self.match and not _holds(self.match, existed, current):
            raise Refused(412, "PreconditionFailed", "The graph is not as If-Match says.")
        if self.none_match and _holds(self.none_match, existed, current):
            raise Refused(412, "PreconditionFailed", "The graph is as If-None-Match says it must not be.")


def _holds(tags: tuple[str, ...], existed: bool, current: Callable[[str], str]) -> bool:
    if not existed:
        return False
    if "*" in tags:
        return True
    bare = {given.strip('"').removesuffix("-gzip") for given in tags if not given.startswith("W/")}
    formats = {given.split("-")[0] for given in bare} & GRAPHS.keys()
    return any(current(format) in bare for format in sorted(formats))


def _tags(headers: list[str]) -> tuple[str, ...]:
    return tuple(part.strip() for header in headers for part in header.split(",") if part.strip())
