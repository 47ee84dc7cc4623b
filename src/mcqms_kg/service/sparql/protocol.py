"""Requests of SPARQL 1.1 Protocol: a query by GET or POST, or an update by POST, with the graphs that parameters name."""

from __future__ import annotations

from binascii import a2b_qp
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, unquote_to_bytes

import pyoxigraph as ox
from starlette.requests import Request
from starlette.types import Scope

from mcqms_kg.errors import BadQuery, McqmsError
from mcqms_kg.model import Term
from mcqms_kg.service.callers.access import Action, Caller, permit
from mcqms_kg.service.http.bodies import Refused, media_type, text
from mcqms_kg.service.http.headers import header

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_SHORT = 4000
_BYTES = 4
"""The most that one character takes in UTF-8."""

Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class ProtocolRequest:
    """A query or an update as it came, and the graphs that the protocol's parameters name."""

    text: str
    update: bool
    default: tuple[str, ...]
    named: tuple[str, ...]
    base: str


async def protocol_request(request: Request, caller: Caller, query_length: int, update_bytes: int) -> ProtocolRequest:
    """What the request asks for. Raises `Forbidden` for an update of one who may not, `BadQuery` and `Refused`."""
    parameters = decoded(request.scope["query_string"].decode("latin-1"))
    if request.method in ("GET", "HEAD"):
        if "update" in parameters:
            raise BadQuery("An update is sent by POST")
        return _query(request, parameters)
    kind = media_type(request)
    if kind == _UPDATE:
        permit(caller, Action.UPDATE)
        if {"query", "update"} & parameters.keys():
            raise BadQuery("There is something to do in the address and in the body", remedy="Send one.")
        return _update(request, {**parameters, "update": [await text(request, update_bytes)]})
    if kind not in (_FORM, _QUERY):
        raise Refused(415, "UnsupportedMediaType", f"Send {_QUERY}, {_UPDATE}, or a form as {_FORM}.")
    body = await text(request, update_bytes if _may_update(caller) and kind == _FORM else _BYTES * query_length)
    if kind == _QUERY:
        if {"query", "update"} & parameters.keys():
            raise BadQuery("There is a query in the address and one in the body", remedy="Send one.")
        return _query(request, {**parameters, "query": [body]})
    parameters = _together(parameters, decoded(body))
    if "update" not in parameters:
        return _query(request, parameters)
    permit(caller, Action.UPDATE)
    if "query" in parameters:
        raise BadQuery("There are a query and an update", remedy="Send one of them.")
    return _update(request, parameters)


def _together(address: Parameters, form: Parameters) -> Parameters:
    """What the address and the form say; raises `BadQuery` for what both do: which of them counts would be a guess."""
    for name in address.keys() & form.keys():
        raise BadQuery(f"{name[:40]} stands in the address and in the form", remedy="Give it in one of them.")
    return {**address, **form}


def plain_query(scope: Scope, body: bytes) -> str | None:
    """The query of a request that is nothing but one query; nothing where it is anything more. Raises `BadQuery`."""
    if scope["method"] == "GET":
        form = scope["query_string"].decode("latin-1")
    else:
        kind = header(scope, b"content-type").partition(";")[0].strip().lower()
        if scope["query_string"] or kind not in (_FORM, _QUERY):
            return None
        try:
            form = body.decode("utf-8")
        except UnicodeDecodeError:
            return None
        if kind == _QUERY:
            return form
    if form.startswith("query=") and "&" not in form and form.isascii():
        return _only_value(form.removeprefix("query="))
    return None


def _may_update(caller: Caller) -> bool:
    try:
        permit(caller, Action.UPDATE)
    except McqmsError:
        return False
    return True


def _query(request: Request, parameters: Parameters) -> ProtocolRequest:
    default, named = (tuple(parameters.get(f"{kind}-graph-uri", ())) for kind in ("default", "named"))
    return ProtocolRequest(_only(parameters, "query"), False, default, named, _address(request))


def _update(request: Request, parameters: Parameters) -> ProtocolRequest:
    default, named = (tuple(parameters.get(f"using-{kind}graph-uri", ())) for kind in ("", "named-"))
    return ProtocolRequest(_only(parameters, "update"), True, default, named, _address(request))


def _only(parameters: Parameters, name: str) -> str:
    given = parameters.get(name, ())
    if len(given) != 1:
        raise BadQuery(f"There must be one {name}, and there are {len(given)}")
    return given[0]


def _address(request: Request) -> str:
    scope = request.scope
    return f"{scope['scheme']}://{header(scope, b'host')}{scope['path']}"


def graph_name(name: str) -> Term:
    """The name of a graph as a term; raises `BadQuery` where it is no absolute IRI."""
    try:
        return Term(str(ox.NamedNode(name)))
    except ValueError as error:
        raise BadQuery(f"{name!r} is no name of a graph", remedy="Give an absolute IRI.") from error


def decoded(form: str) -> Parameters:
    """The values of each parameter of a form or an address."""
    return _decoded_again(form) if len(form) <= _SHORT else _decoded(form)


@lru_cache(maxsize=4096)
def _decoded_again(form: str) -> Parameters:
    """The same few questions are asked again and again."""
    return _decoded(form)


@lru_cache(maxsize=4096)
def _only_value(written: str) -> str | None:
    """The value of the one parameter of a form, as `parse_qs` has it; nothing where that refuses it."""
    try:
        return _unquoted(written.replace("+", " ")).decode()
    except UnicodeDecodeError:
        return None


def _unquoted(written: str) -> bytes:
    """As `unquote_to_bytes`, in a fifth of the time: other than signs, quoted-printable text is the same with `=` for `%`."""
    if "=" in written or "\n" in written or "\r" in written or written.endswith("%"):
        return unquote_to_bytes(written)
    found = a2b_qp(written.replace("%", "="))
    return (
        unquote_to_bytes(written) if b"=" in found else found
    )  # it was written, or something stands behind a % that is no number


def _decoded(form: str) -> Parameters:
    try:
        return parse_qs(form, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=1000)
    except ValueError as error:
        raise BadQuery("The parameters cannot be read", remedy="Encode them as a form, in UTF-8.") from error
