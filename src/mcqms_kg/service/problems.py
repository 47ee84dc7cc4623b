"""Errors as `application/problem+json` (RFC 9457), one shape for all."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from mcqms_kg.errors import (
    AnswerTooLarge,
    BadQuery,
    ChangeTooLarge,
    Forbidden,
    GraphExists,
    McqmsError,
    MissingGraph,
    TookTooLong,
    Unauthenticated,
    Unavailable,
    UnknownName,
    Unsupported,
    WorkerDied,
)

STATUS: tuple[tuple[type[McqmsError], int], ...] = (
    (BadQuery, 400),
    (Unauthenticated, 401),
    (Forbidden, 403),
    (UnknownName, 406),
    (MissingGraph, 404),
    (GraphExists, 409),
    (ChangeTooLarge, 413),
    (AnswerTooLarge, 413),
    (Unsupported, 422),
    (TookTooLong, 503),
    (WorkerDied, 503),
    (Unavailable, 503),
)
"""Kind of error to status, the first that fits; any other of ours is 400."""
_HEADERS = {401: {"WWW-Authenticate": 'Bearer realm="mcqms"'}, 503: {"Retry-After": "5"}}


def problem(status: int, title: str, detail: str, **more: object) -> Response:
    """A problem as a response."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return JSONResponse(content, status, _HEADERS.get(status, {}), media_type="application/problem+json")


def from_error(error: McqmsError) -> Response:
    """The problem that one of our errors is, with the place in the query where there is one."""
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 400)
    place = {"line": error.place.line, "column": error.place.column} if error.place else {}
    return problem(status, type(error).__name__, f"{error.what} {error.remedy}".strip(), **place)
