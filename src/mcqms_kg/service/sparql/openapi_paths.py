"""What the description of the API says of `/sparql` and `/graphs`, whose routes answer for themselves."""

from __future__ import annotations

from typing import Any

from mcqms_kg.query.formats import GRAPHS
from mcqms_kg.query.update.payload import MULTIPART, SYNTAXES
from mcqms_kg.service.http.media_types import contents
from mcqms_kg.service.http.negotiation import MEDIA_TYPES
from mcqms_kg.service.http.problems import declared

_TEXT = {"schema": {"type": "string"}}
_ROWS: dict[Any, Any] = {200: {"description": "The rows, or the graph.", "content": contents(MEDIA_TYPES)}}
_RDF: dict[Any, Any] = {
    200: {"description": "The graph.", "content": contents({name: MEDIA_TYPES[name] for name in GRAPHS})}
}
_DONE: dict[Any, Any] = {204: {"description": "It is done."}}
_MADE: dict[Any, Any] = {201: {"description": "The graph is new; `Location` is its address."}, **_DONE}
_QUERY = "SELECT ?provider WHERE { ?provider a mc:Provider } LIMIT 10"


def protocols() -> dict[str, Any]:
    """The paths by their addresses."""
    return {
        "/sparql": {
            "get": _operation(
                "query",
                "Ask in SPARQL 1.1. Without a query, the service description.",
                {**_ROWS, **declared(406, 413, 422, 503)},
                parameters=[_parameter("query", example=_QUERY), *_graph_parameters()],
            ),
            "post": _operation(
                "queryOrUpdate",
                "Ask, or change working graphs, in SPARQL 1.1.",
                {**_ROWS, **_DONE, **declared(404, 406, 409, 413, 415, 422, 503)},
                parameters=_graph_parameters(),
                requestBody={"required": True, "content": _requests()},
            ),
        },
        "/graphs": {
            "get": _operation("readGraph", "A graph.", {**_RDF, **declared(404, 406, 413, 422, 503)}),
            "put": _written("replaceGraph", "Replace a working graph."),
            "post": _written("addToGraph", "Add to a working graph; without a name, a new one."),
            "delete": _operation(
                "deleteGraph", "Remove a working graph.", {**_DONE, **declared(404, 409, 412, 413, 422, 503)}
            ),
        },
    }


def _operation(name: str, summary: str, answers: dict[Any, Any], **more: Any) -> dict[str, Any]:
    more.setdefault("parameters", [_parameter("graph"), _parameter("default")])
    responses = {str(status): answer for status, answer in answers.items()}
    return {"tags": ["sparql"], "operationId": name, "summary": summary, "responses": responses, **more}


def _written(name: str, summary: str) -> dict[str, Any]:
    answers = {**_MADE, **declared(404, 409, 412, 413, 415, 422, 503)}
    kinds: list[str] = [*SYNTAXES, MULTIPART]
    content = dict.fromkeys(kinds, _TEXT)
    return _operation(name, summary, answers, requestBody={"required": True, "content": content})


def _parameter(name: str, *, example: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"name": name, "in": "query", "schema": {"type": "string"}}
    return found if example is None else {**found, "example": example}


def _graph_parameters() -> list[dict[str, Any]]:
    return [_parameter("default-graph-uri"), _parameter("named-graph-uri")]


def _requests() -> dict[str, Any]:
    form = {"type": "object", "properties": {name: {"type": "string"} for name in ("query", "update")}}
    return {
        "application/sparql-query": {**_TEXT, "example": _QUERY},
        "application/sparql-update": _TEXT,
        "application/x-www-form-urlencoded": {"schema": form},
    }
