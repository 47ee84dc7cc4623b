"""`/pathway/recognition`, `/impact`, `/coverage` and `/structure`: what else is asked about pathways, one page a question."""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args

from fastapi import APIRouter
from starlette.responses import Response

from mcqms_kg.errors import McqmsError
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.pages.page import Asked, Page
from mcqms_kg.service.pages.pathway_answers import Answered, content, told
from mcqms_kg.service.pages.picking import Picked, from_address, picked
from mcqms_kg.service.pages.rows import names
from mcqms_kg.service.routes.pathways import PATHS, STILL, Weakness

router = APIRouter()
KINDS: tuple[str, ...] = get_args(Weakness)
ON_A_PAGE = 50


@router.get("/pathway/recognition", response_class=Response)
def recognition(page: Asked, as_of: str = "") -> Response:
    """Whether a credential is recognised somewhere, by which chains."""
    of, place = from_address(page, "of"), _place(page)
    day, answer, said = as_of or _today(), None, None
    if of.iri and (place.iri or place.text) and not place.candidates:
        answer, said = _asked(page, "recognise", day, credential=of.iri, place=place.iri or place.text)
    levels = names(page, answer["levels"]).values() if answer else ()
    return page.render(
        "recognition.html.jinja", of=of, place=place, as_of=day, answer=answer, said=said, levels=list(levels)
    )


@router.get("/pathway/impact", response_class=Response)
def impact(page: Asked, as_of: str = "", offset: int = 0) -> Response:
    """What hangs on a thing."""
    return _about(page, "impact", as_of, offset)


@router.get("/pathway/coverage", response_class=Response)
def coverage(page: Asked, as_of: str = "", offset: int = 0) -> Response:
    """What covers an occupation."""
    return _about(page, "coverage", as_of, offset)


@router.get("/pathway/structure", response_class=Response)
def structure(page: Asked, kind: str = "", as_of: str = "", offset: int = 0) -> Response:
    """Where the graph is weak."""
    day, answer, said = as_of or _today(), None, None
    if kind:
        answer, said = _asked(page, "structure", day, value=kind)
    return _rendered(page, "structure", day, answer, said, Picked("of"), kind or KINDS[0], offset)


@router.get("/pathway/{question}/picture.{format}", response_class=Response)
def picture(
    page: Asked,
    question: Literal["impact", "coverage", "structure", "recognition"],
    format: Literal["svg", "turtle", "json", "graphml"] = "svg",
    kind: str = "",
    as_of: str = "",
) -> Response:
    """What was found as a picture, which the page shows beside its list, or as a file."""
    given = page.request.query_params
    if question == "recognition":
        values = {"credential": given.get("of", ""), "place": given.get("in", "")}
    else:
        values = {"value": kind if question == "structure" else given.get("of", "")}
    found = content(page, question, given.getlist("dataset"), as_of or _today(), format, **values)
    response = document(page.request, found, PATHS[format])
    response.headers["Content-Security-Policy"] = STILL
    if format != "svg":
        response.headers["Content-Disposition"] = f'attachment; filename="{question}.{format}"'
    return response


def _about(page: Page, question: str, as_of: str, offset: int) -> Response:
    of = from_address(page, "of")
    day, answer, said = as_of or _today(), None, None
    if of.iri:
        answer, said = _asked(page, question, day, value=of.iri)
    return _rendered(page, question, day, answer, said, of, "", offset)


def _rendered(
    page: Page,
    question: str,
    day: str,
    answer: Answered | None,
    said: McqmsError | None,
    of: Picked,
    kind: str,
    offset: int,
) -> Response:
    values = {"question": question, "as_of": day, "answer": answer, "said": said, "of": of, "kind": kind}
    return page.render("observed.html.jinja", **values, kinds=KINDS, offset=max(0, offset), limit=ON_A_PAGE)


def _asked(page: Page, question: str, day: str, **values: str) -> tuple[Answered | None, McqmsError | None]:
    try:
        return told(page, question, page.request.query_params.getlist("dataset"), day, **values), None
    except McqmsError as problem:
        return None, problem


def _place(page: Page) -> Picked:
    """A framework or body by name, or a country by its two letters, which are taken as they are."""
    given = page.request.query_params.get("in", "").strip()
    if len(given) == 2 and given.isalpha():
        return Picked("in", given.upper())
    return picked(page, "in", given, page.request.query_params.get("in.was", ""))


def _today() -> str:
    return dt.date.today().isoformat()
