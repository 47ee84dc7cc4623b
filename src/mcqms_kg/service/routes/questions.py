"""`/questions`: the shipped questions, each an address of its own whose query parameters are the question's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import BadQuery
from mcqms_kg.query.formats import RESULTS
from mcqms_kg.query.library import Parameter, Question, fill_in
from mcqms_kg.query.request import requested
from mcqms_kg.service.callers.access import caller_of
from mcqms_kg.service.dependencies import serving_of
from mcqms_kg.service.http.negotiation import MEDIA_TYPES, chosen, formats
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.replies import reply

ROWS = {name: MEDIA_TYPES[name] for name in RESULTS}
_SCHEMAS: Mapping[str, dict[str, Any]] = {
    "iri": {"type": "string"},
    "text": {"type": "string"},
    "language": {"type": "string", "pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"},
    "integer": {"type": "integer", "minimum": -(10**17), "maximum": 10**17},
    "date": {"type": "string", "format": "date"},
}
_EXAMPLES = {
    "occupation": "https://w3id.org/mcqms/occupation/network-technician",
    "credential": "https://example.org/polytechnic-networks/mc-installation",
    "provider": "https://example.org/polytechnic-networks/provider",
    "framework": "https://w3id.org/mcqms/aqrf/framework",
    "date": "2026-06-30",
    "before": "2026-12-31",
}


class ParameterListed(BaseModel):
    """A value that a question asks for."""

    name: str = Field(examples=["date"])
    kind: str = Field(description="iri, text, language, integer or date.", examples=["date"])
    default: str | None = None
    required: bool


class QuestionListed(BaseModel):
    """A question that is asked by name."""

    name: str = Field(examples=["problems_still_open"])
    summary: str
    description: str
    tags: list[str]
    parameters: list[ParameterListed]
    address: str = Field(examples=["/questions/problems_still_open"])


def questions_router() -> APIRouter:
    """The list, and one route for each question."""
    router = APIRouter(tags=["questions"])
    known = operations.questions()

    @router.get("/questions", operation_id="listQuestions", responses=declared(403))
    def list_questions() -> list[QuestionListed]:
        """The questions that can be asked by name."""
        return [_listed(question) for question in known.values()]

    for question in known.values():
        router.add_api_route(
            f"/questions/{question.name}",
            _asking(question),
            methods=["GET"],
            operation_id=question.name,
            summary=question.summary,
            description=question.description,
            response_class=Response,
            openapi_extra={"parameters": [_described(parameter) for parameter in question.parameters]},
            responses={200: {"description": "The rows.", "content": _contents()}, **declared(403, 406, 413, 422, 503)},
        )
    return router


def _asking(question: Question) -> Callable[[Request], Awaitable[Response]]:
    async def asked(request: Request) -> Response:
        serving = serving_of(request)
        accept = request.headers.get("accept")
        chosen(accept, ROWS)
        text = fill_in(question, _given(request.url.query))
        view = serving.view(caller_of(request))
        asked = requested(
            serving.desk.limits,
            text,
            view.default_graphs,
            view.named_graphs,
            formats(accept, ROWS),
            who=request.scope["who"],
        )
        return reply(request, await serving.desk.answered(asked))

    return asked


def _given(query: str) -> dict[str, str]:
    """The parameters of the address, each given once."""
    try:
        found = parse_qs(query, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=50)
    except ValueError as problem:
        raise BadQuery("The parameters cannot be read", remedy="Encode them as a form, in UTF-8.") from problem
    for name, values in found.items():
        if len(values) > 1:
            raise BadQuery(f"The parameter {name[:40]!r} is given {len(values)} times", remedy="Give it once.")
    return {name: values[0] for name, values in found.items()}


def _listed(question: Question) -> QuestionListed:
    return QuestionListed(
        name=question.name,
        summary=question.summary,
        description=question.description,
        tags=list(question.tags),
        parameters=[
            ParameterListed(name=p.name, kind=p.kind, default=p.default, required=_is_required(p))
            for p in question.parameters
        ],
        address=f"/questions/{question.name}",
    )


def _described(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_SCHEMAS[parameter.kind])
    if parameter.default is not None:
        schema["default"] = parameter.default
    found: dict[str, Any] = {"name": parameter.name, "in": "query", "schema": schema}
    if parameter.name in _EXAMPLES:
        found["example"] = _EXAMPLES[parameter.name]
    return {**found, "required": _is_required(parameter), "description": f"Of kind {parameter.kind}."}


def _is_required(parameter: Parameter) -> bool:
    return parameter.default is None and not parameter.optional


def _contents() -> dict[str, Any]:
    return {
        kind.split(";")[0]: {"schema": {"type": "object" if name == "json" else "string"}}
        for name, kind in ROWS.items()
    }
