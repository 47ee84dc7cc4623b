"""`/glossary`: what the words on the pages mean, each in a sentence."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from mcqms_kg.service.pages.page import Asked
from mcqms_kg.service.pages.words import table

router = APIRouter()
_BEGIN, _END = "explained-", "-word"


@router.get("/glossary", response_class=Response)
def read_glossary(page: Asked) -> Response:
    """All words that are explained, in the order of the page's language."""
    names = [
        key.removeprefix(_BEGIN).removesuffix(_END) for key in table() if key.startswith(_BEGIN) and key.endswith(_END)
    ]
    found = sorted(names, key=lambda name: page.words(f"{_BEGIN}{name}{_END}").casefold())
    return page.render("glossary.html.jinja", names=found)
