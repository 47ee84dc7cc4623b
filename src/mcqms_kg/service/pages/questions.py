"""`/question`: the named questions as forms, and their answers as table, chart or graph."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import BadQuery, BadValue, UnknownName
from mcqms_kg.query.library import Parameter, Question, fill_in, question_named
from mcqms_kg.service.http.negotiation import MEDIA_TYPES
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.pages.page import Asked, Page
from mcqms_kg.service.pages.picking import Picked, from_address
from mcqms_kg.service.pages.rows import Table, answered, bindings, plain, table

router = APIRouter()
DOWNLOADS = ("csv", "tsv", "json", "xml")
VIEWS = ("table", "chart", "graph")
ON_A_PAGE, MOST_DRAWN = 100, 400
_GIVEN = {"date": 0, "before": 90, "since": -365}
"""Days from today that a date is filled in with, by the name of its parameter."""


@dataclass(frozen=True)
class Field:
    """A parameter as a field of a form."""

    parameter: Parameter
    value: str
    picked: Picked | None = None

    @property
    def is_required(self) -> bool:
        return self.parameter.default is None and not self.parameter.optional


@router.get("/question", response_class=Response)
def list_questions(page: Asked, q: str = "", tag: str = "") -> Response:
    """All questions, or those that hold a text or are for somebody."""
    every = operations.questions()
    tags = sorted({tag for question in every.values() for tag in question.tags})
    told = [(one, *one.told(page.words.language)) for one in every.values() if not tag or tag in one.tags]
    shown = [entry for entry in told if q.strip().lower() in f"{entry[1]} {entry[2]}".lower()]
    return page.render("questions.html.jinja", questions=shown, tags=tags, tag=tag, q=q)


@router.get("/question/{name}", response_class=Response)
def ask_question(page: Asked, name: str, view: str = "table", offset: int = 0) -> Response:
    """A question's form, and its answer where all that it needs is given."""
    question = question_named(operations.questions(), name)
    if view not in VIEWS:
        raise BadValue(f"{view[:40]!r} is no view", remedy=f"Known: {', '.join(VIEWS)}.")
    fields = [_field(page, parameter) for parameter in question.parameters if parameter.kind != "language"]
    given, said = _values(page, question, fields), ""
    found: Table | None = None
    total, text = 0, ""
    if given is not None:
        try:
            text = fill_in(question, given)
            columns, every = bindings(answered(page, text, ("json",)))
            total = len(every)
            most = ON_A_PAGE if view == "table" else MOST_DRAWN
            offset = max(0, min(offset, total - 1)) if view == "table" and total else 0
            found = table(page, columns, every[offset : offset + most])
        except BadQuery as problem:
            said = str(problem)
    return page.render(
        "question.html.jinja",
        question=question,
        told=question.told(page.words.language),
        fields=fields,
        view=view,
        found=found,
        drawn=list(plain(found)) if found and view != "table" else [],
        total=total,
        offset=offset,
        limit=ON_A_PAGE,
        most=MOST_DRAWN,
        column_names=[page.words.column(name) for name in found.names] if found else [],
        parameters=given or {},
        said=said,
    )


@router.get("/question/{name}/answer.{format}", response_class=Response)
def download(page: Asked, name: str, format: str) -> Response:
    """The whole answer as a file."""
    if format not in DOWNLOADS:
        raise UnknownName(f"No format is named {format[:40]!r}", remedy=f"Known: {', '.join(DOWNLOADS)}.")
    question = question_named(operations.questions(), name)
    given = {key: value for key, value in page.request.query_params.items() if value and key != "lang"}
    answer = answered(page, fill_in(question, given), (format,))
    response = document(page.request, answer.content, MEDIA_TYPES[format])
    response.headers["Content-Disposition"] = f'attachment; filename="{question.name}.{format}"'
    return response


def _field(page: Page, parameter: Parameter) -> Field:
    sent = page.request.query_params
    if parameter.kind == "iri":
        found = from_address(page, parameter.name)
        return Field(parameter, found.iri, found)
    fallback = parameter.default or ""
    if parameter.kind == "date" and not fallback and not parameter.optional:
        fallback = (dt.date.today() + dt.timedelta(days=_GIVEN.get(parameter.name, 0))).isoformat()
    return Field(parameter, sent.get(parameter.name, "").strip() or fallback)


def _values(page: Page, question: Question, fields: Sequence[Field]) -> Mapping[str, str] | None:
    """The values to ask with, or nothing where one is missing or must be chosen."""
    if any((field.picked and field.picked.is_open) or (field.is_required and not field.value) for field in fields):
        return None
    languages = {p.name: page.words.language for p in question.parameters if p.kind == "language"}
    return {**languages, **{f.parameter.name: f.value for f in fields if f.value}}
