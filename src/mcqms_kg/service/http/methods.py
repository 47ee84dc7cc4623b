"""Methods that a resource does not have, and OPTIONS, which tells those that it has."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg.service.http.problems import problem

ANY = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]
"""What a route is registered for, so that it can answer for itself."""


def other_method(request: Request, known: Sequence[str]) -> Response | None:
    """The response to OPTIONS, or to a method that is not known here; nothing for the others."""
    if request.method in known and request.method != "OPTIONS":
        return None
    if request.method == "OPTIONS":
        response = Response(status_code=204)
    else:
        response = problem(405, "MethodNotAllowed", f"{request.method} means nothing here.")
    response.headers["Allow"] = ", ".join(known)
    return response
