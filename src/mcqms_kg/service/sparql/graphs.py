"""`/graphs`: SPARQL 1.1 Graph Store Protocol. Every graph that is seen is read; working graphs are written by those who may."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg.errors import BadQuery, McqmsError, MissingGraph, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.query.formats import GRAPHS
from mcqms_kg.query.request import Answer, requested
from mcqms_kg.query.update.change_request import GraphRequest, Way
from mcqms_kg.service.callers.access import Action, caller_of, permit
from mcqms_kg.service.callers.views import View
from mcqms_kg.service.http.bodies import Refused
from mcqms_kg.service.http.methods import other_method
from mcqms_kg.service.http.negotiation import MEDIA_TYPES, formats
from mcqms_kg.service.http.preconditions import Preconditions
from mcqms_kg.service.http.problems import from_error, problem
from mcqms_kg.service.http.replies import reply, tag
from mcqms_kg.service.serving import Serving
from mcqms_kg.service.sparql.protocol import decoded, graph_name
from mcqms_kg.service.sparql.received_payload import received
from mcqms_kg.store.working_graphs import UNNAMED, refuse_unless_working

METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")
_ALL = "CONSTRUCT WHERE { ?s ?p ?o }"
_WAYS = {"PUT": Way.REPLACE, "POST": Way.MERGE, "DELETE": Way.DROP}


@dataclass(frozen=True)
class Target:
    """The graph a request is about; `made` where it is to be made under a name of our choice."""

    graph: Term
    made: bool = False

    @property
    def address(self) -> str:
        return "" if self.graph == UNNAMED else terms.iri_text(self.graph)


async def graphs(request: Request) -> Response:
    """Gives, replaces, adds to or removes a graph."""
    serving = cast(Serving, request.app.state.serving)
    if response := other_method(request, METHODS):
        return response
    try:
        target = _target(request)
        if request.method in ("GET", "HEAD"):
            accepted = _accepted(request)
            view = serving.view(caller_of(request))
            return reply(request, await _read(serving, view, target.graph, accepted, request.scope["who"]))
        permit(caller_of(request), Action.UPDATE)
        return await _write(request, serving, target)
    except McqmsError as error:
        return from_error(error)
    except Refused as refused:
        return problem(refused.status, refused.title, refused.detail)


def _target(request: Request) -> Target:
    """The graph that `?graph=` or `?default` names, or the address itself; raises `BadQuery` where it is not clear."""
    given = decoded(request.url.query)
    named, unnamed = given.get("graph", []), "default" in given
    here = f"{request.url.scheme}://{request.url.netloc}{request.scope['raw_path'].decode('latin-1')}"
    if request.path_params.get("name"):
        if named or unnamed:
            raise BadQuery("The address names a graph, and so does a parameter", remedy="Name one.")
        return Target(graph_name(here))
    if (len(named), unnamed) == (1, False):
        return Target(graph_name(named[0]))
    if (len(named), unnamed) == (0, True):
        return Target(UNNAMED)
    if request.method == "POST" and not named and not unnamed:
        return Target(graph_name(f"{here.rstrip('/')}/{uuid.uuid4()}"), made=True)
    raise BadQuery("Name one graph with ?graph=, or the unnamed graph with ?default")


def _accepted(request: Request) -> tuple[str, ...]:
    accept = request.headers.get("accept")
    found = ("turtle",) if accept in (None, "", "*/*") else tuple(f for f in formats(accept) if f in GRAPHS)
    if not found:
        raise UnknownName("A graph is given as RDF", remedy=f"Known: {', '.join(MEDIA_TYPES[f] for f in GRAPHS)}.")
    return found


async def _read(serving: Serving, view: View, graph: Term, accepted: tuple[str, ...], who: str) -> Answer:
    if graph != UNNAMED and graph not in view.named_graphs:
        raise MissingGraph("There is no such graph")
    asked = requested(serving.desk.limits, _ALL, (graph,), (), accepted, who=who)
    return await serving.desk.answered(asked, spool=True)


async def _write(request: Request, serving: Serving, target: Target) -> Response:
    refuse_unless_working(target.graph)
    way, conditions = _WAYS[request.method], Preconditions.of(request)

    def allow(existed: bool) -> None:
        conditions.check(existed, lambda format: tag(_read_now(serving, target.graph, format)))

    if way is Way.DROP:
        await serving.change(caller_of(request), GraphRequest(way, target.graph), allow)
        return Response(status_code=204)
    async with received(request, serving) as files:
        written = GraphRequest(way, target.graph, files, target.address or None)
        done = await serving.change(caller_of(request), written, allow)
    created = target.made or not done.existed
    return Response(
        status_code=201 if created else 204, headers={"Location": as_uri(target.address)} if created else {}
    )


def as_uri(name: str) -> str:
    """An IRI as it stands in a header: in ASCII (RFC 3987, 3.1)."""
    return quote(name, safe="%/:?#[]@!$&'()*+,;=~")


def _read_now(serving: Serving, graph: Term, format: str) -> Answer:
    return serving.desk.answer(requested(serving.desk.limits, _ALL, (graph,), (), (format,)), spool=True)
