"""`/graphs`: the reading half of the Graph Store Protocol, graphs named by `?graph=` or `?default`."""

from __future__ import annotations

from typing import cast
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg.errors import McqmsError
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.query.formats import GRAPHS
from mcqms_kg.service.access import caller_of
from mcqms_kg.service.negotiation import MEDIA_TYPES, formats
from mcqms_kg.service.problems import from_error, problem
from mcqms_kg.service.replies import reply
from mcqms_kg.service.serving import Serving, View

_ALL = "CONSTRUCT WHERE { ?s ?p ?o }"


async def graphs(request: Request) -> Response:
    """Gives a graph; changing one is refused."""
    serving = cast(Serving, request.app.state.serving)
    if request.method not in ("GET", "HEAD"):
        return problem(403, "Forbidden", "The service only reads. Hand in a new version with `mcqms import`.")
    asked = parse_qs(request.url.query, keep_blank_values=True)
    named = asked.get("graph", [])
    if (len(named), "default" in asked) not in ((1, False), (0, True)):
        return problem(400, "BadQuery", "Name one graph with ?graph=, or the default graph with ?default.")
    view = serving.view(caller_of(request))
    wanted = view.default_graphs if "default" in asked else _visible(view, named[0])
    if wanted is None:
        return problem(404, "UnknownName", "There is no such graph.")
    accepted = tuple(name for name in _accepted(request) if name in GRAPHS)
    if not accepted:
        return problem(406, "UnknownName", f"Known: {', '.join(MEDIA_TYPES[name] for name in GRAPHS)}.")
    try:
        answer = await run_in_threadpool(serving.pool.answer, _ALL, wanted, (), accepted)
    except McqmsError as error:
        return from_error(error)
    return reply(request, answer.content, MEDIA_TYPES[answer.format])


def _accepted(request: Request) -> tuple[str, ...]:
    accept = request.headers.get("accept")
    return ("turtle",) if accept in (None, "", "*/*") else formats(accept)


def _visible(view: View, name: str) -> tuple[Term, ...] | None:
    graph = terms.iri(name)
    return (graph,) if graph in view.named_graphs else None
