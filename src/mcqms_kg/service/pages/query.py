"""`/query`: SPARQL with the rights of the caller; an editor where scripts run, a plain field where they do not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from mcqms_kg import operations
from mcqms_kg.errors import McqmsError
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import CODE, MC, OWL, PREFIXES, SKOS
from mcqms_kg.query.library import written_out
from mcqms_kg.query.request import Answer
from mcqms_kg.service.pages.page import Asked, Page
from mcqms_kg.service.pages.rows import Table, answered, bindings, table
from mcqms_kg.service.routes.vocabulary import shipped

router = APIRouter()
MOST_ROWS, MOST_TEXT = 200, 20_000
STARTING = """PREFIX mc: <https://w3id.org/mcqms/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?credential ?label
WHERE {
  ?credential a mc:MicroCredential ;
    rdfs:label ?label .
  FILTER (lang(?label) = "LANGUAGE")
}
ORDER BY ?label
LIMIT 50
"""
_TERMS = {OWL + "Class": "class", OWL + "ObjectProperty": "property", OWL + "DatatypeProperty": "property"}


@router.get("/query", response_class=Response)
def query_page(page: Asked, query: str = "", question: str = "") -> Response:
    """The editor; with a query in the address, what it gives."""
    known = operations.questions()
    given = {n: v for n, v in page.request.query_params.items() if v and n not in ("query", "question", "lang")}
    said, answer, text = None, None, query.strip()
    try:
        if text:
            answer = answered(page, text)
        elif question in known:
            text = written_out(known[question], given)
    except McqmsError as problem:
        said = problem
    return page.render(
        "query.html.jinja",
        text=text or STARTING.replace("LANGUAGE", page.words.language),
        examples=[(name, one.told(page.words.language)[0]) for name, one in known.items()],
        chosen=question,
        said=said,
        **_shown(page, answer),
    )


@router.get("/query/terms", response_class=Response)
def completions(page: Asked) -> Response:
    """The terms of our ontology and codes, which the editor completes."""
    found = [{**one, "label": one["labels"].get(page.words.language, "")} for one in _terms()]
    told = [{key: value for key, value in one.items() if key != "labels"} for one in found]
    return JSONResponse({"prefixes": dict(PREFIXES), "terms": told}, headers={"Cache-Control": "private, max-age=300"})


def _shown(page: Page, answer: Answer | None) -> dict[str, Any]:
    """The answer as a page can show it: rows, yes or no, or statements."""
    found: Table | None = None
    total, is_yes, statements = 0, None, ""
    if answer and answer.format == "turtle":
        statements = answer.content.decode("utf-8")
    elif answer and answer.content.lstrip().startswith(b"{") and b'"boolean"' in answer.content[:200]:
        is_yes = b"true" in answer.content[:200]
    elif answer:
        columns, every = bindings(answer)
        total, found = len(every), table(page, columns, every[:MOST_ROWS])
    return {
        "found": found,
        "total": total,
        "most": MOST_ROWS,
        "is_yes": is_yes,
        "statements": statements[:MOST_TEXT],
        "is_cut": len(statements) > MOST_TEXT,
    }


@cache
def _terms() -> tuple[dict[str, Any], ...]:
    return tuple(_known_terms())


def _known_terms() -> Iterator[dict[str, Any]]:
    index, preferred = shipped(), terms.iri(SKOS + "prefLabel")
    for kind, told in _TERMS.items():
        yield from (
            _term(one, told, index.texts(one, preferred)) for one in index.instances(terms.iri(kind)) if MC in one
        )
    for one in index.instances(terms.iri(SKOS + "Concept")):
        if CODE in one:
            yield _term(one, "code", index.texts(one, preferred))


def _term(one: Term, kind: str, labels: Any) -> dict[str, Any]:
    return {"name": terms.short(one), "iri": terms.iri_text(one), "kind": kind, "labels": dict(labels)}
