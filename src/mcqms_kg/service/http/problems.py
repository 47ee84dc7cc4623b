"""Errors as `application/problem+json` (RFC 9457), one shape for all."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from mcqms_kg.errors import (
    AnswerTooLarge,
    BadQuery,
    Cancelled,
    ChangeTooLarge,
    EmptyInput,
    Forbidden,
    GraphExists,
    McqmsError,
    MissingGraph,
    RulebookError,
    ServerFailed,
    TookTooLong,
    Unauthenticated,
    Unavailable,
    UnknownName,
    UnreadableInput,
    Unsupported,
    WorkerDied,
    WorkspaceError,
)

MEDIA_TYPE = "application/problem+json"


class NotAcceptable(McqmsError):
    """None of the formats that the caller accepts is one that there is."""


class UnsupportedMediaType(McqmsError):
    """The body is of a kind that cannot be read here."""


class RequestTooLarge(McqmsError):
    """The body, or what it unpacks to, is larger than is allowed."""


STATUS: tuple[tuple[type[McqmsError], int], ...] = (
    (BadQuery, 400),
    (Unauthenticated, 401),
    (Forbidden, 403),
    (UnknownName, 404),
    (NotAcceptable, 406),
    (MissingGraph, 404),
    (GraphExists, 409),
    (ChangeTooLarge, 413),
    (AnswerTooLarge, 413),
    (RequestTooLarge, 413),
    (UnsupportedMediaType, 415),
    (Unsupported, 422),
    (RulebookError, 422),
    (Cancelled, 410),
    (ServerFailed, 502),
    (WorkspaceError, 500),
    (TookTooLong, 503),
    (WorkerDied, 503),
    (Unavailable, 503),
)
"""Kind of error to status, the first that fits; any other of ours is 400."""
_HEADERS = {401: {"WWW-Authenticate": 'Bearer realm="mcqms"'}, 503: {"Retry-After": "5"}}


class Problem(BaseModel):
    """What went wrong, in the shape of RFC 9457."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(description="The kind of error.", examples=["UnknownName"])
    status: int = Field(examples=[404])
    detail: str = Field(
        description="What happened, and what to do about it.",
        examples=["No dataset is named 'scool'. Known datasets: school."],
    )
    file: str | None = Field(None, description="The file that was handed in, where one is to blame.")
    line: int | None = Field(None, description="The line in it, or in the query, counted from 1.")
    column: int | None = None


def problem(status: int, title: str, detail: str, **more: object) -> Response:
    """A problem as a response."""
    return response({"type": "about:blank", "title": title, "status": status, "detail": detail, **more})


def response(content: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Response:
    """What `described` gives, as a response."""
    status = int(str(content["status"]))
    return JSONResponse(dict(content), status, {**_HEADERS.get(status, {}), **(headers or {})}, media_type=MEDIA_TYPE)


def described(error: McqmsError, *, unknown: int | None = None) -> dict[str, object]:
    """What there is to say of one of our errors, with the place in the query or the file that was handed in.

    `unknown` is the status of a name that is not there, where it is not that of the table.
    """
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 400)
    status = unknown if unknown and isinstance(error, UnknownName) else status
    said = f"{error.what if error.what.endswith(('.', '!', '?')) else error.what + '.'} {error.remedy}".strip()
    place = error.place
    found: dict[str, object] = {"line": place.line, "column": place.column, "at": place.at or None} if place else {}
    if place and isinstance(error, UnreadableInput | EmptyInput) and not place.file.startswith("/"):
        found = {"file": place.file, **found}
    kept = {name: value for name, value in found.items() if value is not None}
    return {"type": "about:blank", "title": type(error).__name__, "status": status, "detail": said, **kept}


def from_error(error: McqmsError) -> Response:
    """The problem that one of our errors is where formats alone have names, as at `/sparql`."""
    return response(described(error, unknown=406))


def declared(*statuses: int) -> dict[int | str, dict[str, object]]:
    """The problems that a route may give, for its description."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    every = {*statuses, 400, 401, 403, 429, 431}  # at the door, whatever the route
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in sorted(every)}


def of_the_framework(error: HTTPException) -> Response:
    """The problem that an error of the framework is."""
    title = HTTPStatus(error.status_code).phrase.title().replace(" ", "")
    content = {"type": "about:blank", "title": title, "status": error.status_code, "detail": f"{error.detail}."}
    return response(content, error.headers)


def explain_problems(app: FastAPI) -> None:
    """From now on every error of the application has the one shape."""

    @app.exception_handler(McqmsError)
    async def ours(_: Request, error: McqmsError) -> Response:
        return response(described(error))

    @app.exception_handler(RequestValidationError)
    async def unfit(_: Request, error: RequestValidationError) -> Response:
        said = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
        return problem(400, "BadValue", f"The request does not fit: {said}.")

    @app.exception_handler(HTTPException)
    async def others(_: Request, error: HTTPException) -> Response:
        return of_the_framework(error)
