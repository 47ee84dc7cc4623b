"""Terms, codes, clauses, requirements, shapes and profiles: each name below https://w3id.org/mcqms/ has its page here, by the same path."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Annotated, Any

import pyoxigraph as ox
from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mcqms_kg import resources
from mcqms_kg.errors import UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex, in_language
from mcqms_kg.graph.read import FORMATS, read_triples
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import HOME, MC, PREFIXES, RDFS, SKOS
from mcqms_kg.query.formats import GRAPHS
from mcqms_kg.service.dependencies import Lang
from mcqms_kg.service.http.media_types import contents
from mcqms_kg.service.http.negotiation import MEDIA_TYPES, chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.replies import document

KINDS = {
    "json": "application/json",
    "turtle": MEDIA_TYPES["turtle"],
    "text": "text/plain; charset=utf-8",
    **{name: MEDIA_TYPES[name] for name in GRAPHS},
    "html": "text/html; charset=utf-8",
}
_SPACES = {
    "code": "stage-design",
    "clause": "8.1",
    "requirement": "8.1d",
    "shape": "8.1d-MicroCredential",
    "framework": "mcqms",
    "profile": "mcqms-vocational",
    "parameter": "maximumWorkloadHours",
    "kkni": "5",
    "aqrf": "4",
    "eqf": "4",
    "skkni": "unit/J.611000.017.01",
    "occupation": "network-technician",
    "eu-2022": "clause/01",
    "case": "requirement/1",
    "ctdl": "requirement/1",
    "schemaorg": "requirement/1",
    "elm": "requirement/1",
    "openbadges": "requirement/1",
    "iso-9001-2015": "clause/4.1",
    "iso-21001-2018": "clause/4.1",
    "esg-2015": "clause/1.1",
    "mapping": "0.6-iso-9001-2015-4.4",
    "alignment": "J.62DMI00.004.1-esco",
    "referencing": "aqrf-1-eqf-1",
    "house": "shape/Anonymous",
    "ontology": "quality",
}
"""What comes after the home of our names, and a name there."""
_LABELS, _DEFINITIONS = (
    tuple(terms.iri(name) for name in names)
    for names in ((SKOS + "prefLabel", RDFS + "label"), (SKOS + "definition", RDFS + "comment"))
)
_MOST_DEEP = 20

TermPage = Callable[[Request, Term], Response]
"""The page of a term, for who reads with a browser."""


class TermState(BaseModel):
    """A term of the vocabulary, or another name of ours."""

    iri: str = Field(examples=["https://w3id.org/mcqms/ns#MicroCredential"])
    label: str
    definition: str
    statements: list[str] = Field(description="What is stated of it, each as a line of N-Triples.")


def vocabulary_router(page: TermPage) -> APIRouter:
    """One route for each namespace; browsers get the page of a term from `page`."""
    router = APIRouter(tags=["vocabulary"])
    answers: dict[int | str, dict[str, Any]] = {
        200: {"description": "What is stated of it.", "content": contents(KINDS, "TermState")},
        **declared(403, 404, 406),
    }

    @router.get("/ns", operation_id="readOntology", response_class=Response, responses=answers)
    def read_ontology(request: Request, lang: Lang = "en") -> Response:
        """The whole ontology with its code lists."""
        return _answer(request, HOME + "ns", read_triples(resources.ontology_files()), lang, page)

    @router.get("/ns/{name}", operation_id="readTerm", response_class=Response, responses=answers)
    def read_term(
        name: Annotated[str, Path(examples=["MicroCredential"])], request: Request, lang: Lang = "en"
    ) -> Response:
        """A class or a property."""
        return _named(request, MC + name, lang, page)

    for space, example in _SPACES.items():
        router.add_api_route(
            f"/{space}/{{name:path}}",
            _reading(space, example, page),
            methods=["GET"],
            operation_id=f"read_{space}",
            summary=f"A name in {HOME}{space}/",
            response_class=Response,
            responses=answers,
        )
    return router


def _reading(space: str, example: str, page: TermPage) -> Any:
    def read(name: Annotated[str, Path(examples=[example])], request: Request, lang: Lang = "en") -> Response:
        return _named(request, f"{HOME}{space}/{name}", lang, page)

    return read


def _named(request: Request, name: str, lang: str, page: TermPage) -> Response:
    """What is stated of the name; raises `UnknownName`."""
    about = tuple(described(terms.iri(name)))
    if not about:
        raise UnknownName(
            f"Nothing is named {name[:200]!r}", remedy="The ontology is at /ns, the rulebook at /clauses."
        )
    return _answer(request, name, about, lang, page)


def _answer(request: Request, name: str, about: Iterable[Triple], lang: str, page: TermPage) -> Response:
    kind = chosen(request.headers.get("accept"), KINDS)
    if kind == "html":
        return page(request, terms.iri(name))
    lines = [f"{s} {p} {o} ." for s, p, o in about]
    if kind in GRAPHS:
        parsed = ox.parse("\n".join(lines), format=FORMATS[".nt"])
        prefixes = {prefix: space for prefix, space in PREFIXES.items() if any(f"<{space}" in line for line in lines)}
        written = ox.serialize(parsed, format=GRAPHS[kind], prefixes=prefixes if kind == "turtle" else None)
        return document(request, written or b"", KINDS[kind])
    label, definition = (_text(terms.iri(name), of, lang) for of in (_LABELS, _DEFINITIONS))
    if kind == "text":
        return document(request, f"{name}\n{label}\n{definition}\n".encode(), KINDS[kind])
    state = TermState(iri=name, label=label, definition=definition, statements=lines)
    return document(request, JSONResponse(state.model_dump()).body, KINDS[kind])  # type: ignore[arg-type]  # bytes


@cache
def shipped() -> GraphIndex:
    rulebooks = (
        path for folder in (resources.root() / "shapes").iterdir() if folder.is_dir() for path in folder.glob("*.ttl")
    )
    return GraphIndex(read_triples([*resources.background_files(), *sorted(rulebooks)]))


def described(name: Term, depth: int = 0) -> Iterator[Triple]:
    """The statements about a name, and about the blank nodes that they lead to."""
    for predicate, value in shipped().out(name):
        yield name, predicate, value
        if terms.is_blank(value) and depth < _MOST_DEEP:
            yield from described(value, depth + 1)


def _text(name: Term, predicates: Iterable[Term], lang: str) -> str:
    return next((found for p in predicates if (found := in_language(shipped().texts(name, p), lang))), "")
