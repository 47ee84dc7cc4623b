"""`/sparql`: SPARQL 1.1 Protocol, queries by GET and by POST. Updates are refused: the service only reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg.errors import BadQuery, Forbidden, McqmsError, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.query.pool import Pool
from mcqms_kg.query.request import Answer
from mcqms_kg.service.access import caller_of
from mcqms_kg.service.description import description
from mcqms_kg.service.negotiation import MEDIA_TYPES, formats
from mcqms_kg.service.problems import from_error, problem
from mcqms_kg.service.replies import reply
from mcqms_kg.service.serving import Serving, View

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_READS = "The service only reads"


@dataclass(frozen=True)
class Asked:
    """A query as it came, and the graphs that the protocol's parameters name."""

    text: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    base: str


async def sparql(request: Request) -> Response:
    """Answers a query; without one, describes the service."""
    serving = cast(Serving, request.app.state.serving)
    view = serving.view(caller_of(request))
    try:
        if request.method == "GET" and not request.url.query:
            return description(request, view)
        asked = await _asked(request, serving.limits.query_max_length)
        answer = await run_in_threadpool(_answer, serving.pool, view, asked, formats(request.headers.get("accept")))
    except McqmsError as error:
        return from_error(error)
    except _Refused as refused:
        return problem(refused.status, refused.title, refused.detail)
    return reply(request, answer.content, MEDIA_TYPES[answer.format])


def _answer(pool: Pool, view: View, asked: Asked, accepted: tuple[str, ...]) -> Answer:
    if not accepted:
        raise UnknownName("No format that is accepted is known", remedy=f"Known: {', '.join(MEDIA_TYPES.values())}.")
    default, named = view.default_graphs, view.named_graphs
    if not (asked.default or asked.named):
        return pool.answer(asked.text, default, named, accepted, base=asked.base)
    visible = {*default, *named}
    return pool.answer(
        asked.text,
        _seen(asked.default, visible),
        _seen(asked.named, visible),
        accepted,
        from_protocol=True,
        base=asked.base,
    )


def _seen(given: tuple[str, ...], visible: set[Term]) -> tuple[Term, ...]:
    """The graphs of those names that may be seen; one that may not, or is not there, has no statements."""
    return tuple(graph for graph in map(terms.iri, given) if graph in visible)


async def _asked(request: Request, max_length: int) -> Asked:
    parameters = _decoded(request.url.query)
    if request.method == "GET":
        return _query(request, parameters)
    kind, charset = _content_type(request)
    if charset not in ("", "utf-8", "utf8"):
        raise _Refused(415, "UnsupportedMediaType", f"The body is in {charset}. Send UTF-8.")
    if kind == _UPDATE:
        raise Forbidden(_READS, remedy="Hand in a new version with `mcqms import`.")
    if kind not in (_FORM, _QUERY):
        raise _Refused(415, "UnsupportedMediaType", f"Send {_QUERY}, or a form as {_FORM}.")
    try:
        body = (await _body(request, 4 * max_length)).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadQuery("The body is not UTF-8") from error
    if kind == _FORM:
        return _query(request, {**parameters, **_decoded(body)})
    if "query" in parameters:
        raise BadQuery("There is a query in the address and one in the body", remedy="Send one.")
    return _query(request, {**parameters, "query": [body]})


def _query(request: Request, parameters: dict[str, list[str]]) -> Asked:
    if "update" in parameters:
        raise Forbidden(_READS, remedy="Hand in a new version with `mcqms import`.")
    given = parameters.get("query", [])
    if len(given) != 1:
        raise BadQuery(f"There must be one query, and there are {len(given)}")
    default, named = (tuple(parameters.get(f"{kind}-graph-uri", ())) for kind in ("default", "named"))
    return Asked(given[0], default, named, str(request.url.replace(query="", fragment="")))


def _decoded(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise BadQuery("The parameters cannot be read", remedy="Encode them as a form, in UTF-8.") from error


def _content_type(request: Request) -> tuple[str, str]:
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charsets = [p.removeprefix("charset=").strip('"') for p in parameters if p.startswith("charset=")]
    return kind, charsets[0] if charsets else ""


async def _body(request: Request, limit: int) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise _Refused(413, "RequestTooLarge", f"The body is larger than {limit} bytes.")
    return body


class _Refused(Exception):
    """A request that is refused before there is a query."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        self.status, self.title, self.detail = status, title, detail
        super().__init__(detail)
