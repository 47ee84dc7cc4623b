"""`/catalogue`: what is public here, as DCAT that data portals harvest."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg.errors import UnknownName
from mcqms_kg.service import dcat
from mcqms_kg.service.dependencies import Held
from mcqms_kg.service.http.media_types import contents
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.http.replies import document
from mcqms_kg.service.routes.datasets import Name
from mcqms_kg.store.export import serialized
from mcqms_kg.store.versions import versions

router = APIRouter(tags=["datasets"])
SYNTAXES: Mapping[str, str] = {
    "turtle": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "nt": "application/n-triples",
}


@router.get(
    "/catalogue",
    operation_id="readCatalogue",
    response_class=Response,
    responses={200: {"description": "DCAT 3.", "content": contents(SYNTAXES)}, **declared(403, 406)},
)
def read_catalogue(request: Request, serving: Held) -> Response:
    """Every public dataset with its latest version: who published it, when, and what can be downloaded. Private ones are never in it."""
    syntax = chosen(request.headers.get("accept"), SYNTAXES)
    triples = dcat.described(versions(serving.workspace), str(request.base_url))
    return document(request, serialized(triples, syntax), SYNTAXES[syntax])


@router.get(
    "/catalogue/{name}",
    operation_id="readCatalogueDataset",
    response_class=Response,
    responses={200: {"description": "DCAT 3.", "content": contents(SYNTAXES)}, **declared(403, 404, 406)},
)
def read_catalogue_dataset(name: Name, request: Request, serving: Held) -> Response:
    """One public dataset of the catalogue."""
    syntax = chosen(request.headers.get("accept"), SYNTAXES)
    found = [v for v in versions(serving.workspace) if v.dataset == name and not v.private]
    if not found:
        raise UnknownName(f"No public dataset is named {name!r}", remedy="See /catalogue.")
    triples = tuple(dcat.dataset(found, str(request.base_url)))
    return document(request, serialized(triples, syntax), SYNTAXES[syntax])
