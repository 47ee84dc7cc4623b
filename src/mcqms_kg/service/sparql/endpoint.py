"""`/sparql`: SPARQL 1.1 Protocol. Queries by GET and by POST, updates by POST of those who may."""

from __future__ import annotations

from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg.errors import McqmsError, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.query.request import Answer, requested
from mcqms_kg.query.update.change_request import UpdateRequest
from mcqms_kg.service.callers.access import caller_of
from mcqms_kg.service.callers.views import View
from mcqms_kg.service.http.bodies import Refused
from mcqms_kg.service.http.compression import SMALLEST, compresses
from mcqms_kg.service.http.methods import other_method
from mcqms_kg.service.http.negotiation import MEDIA_TYPES, formats
from mcqms_kg.service.http.problems import from_error, problem
from mcqms_kg.service.http.replies import reply
from mcqms_kg.service.serving import Serving
from mcqms_kg.service.sparql.protocol import ProtocolRequest, graph_name, protocol_request
from mcqms_kg.service.sparql.service_description import described

METHODS = ("GET", "HEAD", "POST", "OPTIONS")


async def sparql(request: Request) -> Response:
    """Answers a query, or does an update; without either, describes the service."""
    serving, caller = cast(Serving, request.app.state.serving), caller_of(request)
    view, limits = serving.view(caller), serving.limits
    if response := other_method(request, METHODS):
        return response
    try:
        accepted = formats(request.headers.get("accept"))
        if request.method in ("GET", "HEAD") and not request.url.query:
            return reply(request, await run_in_threadpool(described, request, serving, view, accepted))
        given = await protocol_request(request, caller, limits.query_max_length, serving.update_limits.update_max_bytes)
        if given.update:
            await serving.change(caller, _as_update(given, view))
            return Response(status_code=204)
        answer = await _answer(request, serving, view, given, accepted)
        if learned := request.scope.get("learned"):
            learned.accepted, learned.base, learned.answer = accepted, given.base, answer
            learned.packs = compresses(request, SMALLEST)
        return reply(request, answer)
    except McqmsError as error:
        return from_error(error)
    except Refused as refused:
        return problem(refused.status, refused.title, refused.detail)


def _as_update(given: ProtocolRequest, view: View) -> UpdateRequest:
    if not (given.default or given.named):
        return UpdateRequest(given.text, view.protected, given.base)
    using, using_named = (tuple(map(graph_name, names)) for names in (given.default, given.named))
    return UpdateRequest(given.text, view.protected, given.base, using, using_named)


async def _answer(
    request: Request, serving: Serving, view: View, given: ProtocolRequest, accepted: tuple[str, ...]
) -> Answer:
    if not accepted:
        raise UnknownName("No format that is accepted is known", remedy=f"Known: {', '.join(MEDIA_TYPES.values())}.")
    if found := request.scope.get("found"):  # on the short way, where it could not be told
        if isinstance(found, Exception):
            raise found
        return cast(Answer, found)
    default, named = view.default_graphs, view.named_graphs
    chosen = bool(given.default or given.named)
    if chosen:
        visible = {*default, *named}
        default, named = _seen(given.default, visible), _seen(given.named, visible)
    asked = requested(
        serving.desk.limits,
        given.text,
        default,
        named,
        accepted,
        from_protocol=chosen,
        base=given.base,
        who=request.scope["who"],
    )
    return await serving.desk.answered(asked, spool=True)


def _seen(given: tuple[str, ...], visible: set[Term]) -> tuple[Term, ...]:
    """The graphs of those names that may be seen; one that may not, or is not there, has no statements."""
    return tuple(graph for graph in map(terms.iri, given) if graph in visible)
