"""The routes of the API: one file a noun."""

from __future__ import annotations

from fastapi import FastAPI

from mcqms_kg.service.routes import (
    catalogue,
    checks,
    clauses,
    comparisons,
    datasets,
    exports,
    findings,
    health,
    jobs,
    overviews,
    packs,
    pathways,
    quality_link,
    validations,
    verifications,
)
from mcqms_kg.service.routes.questions import questions_router
from mcqms_kg.service.routes.vocabulary import TermPage, vocabulary_router


def include_routes(app: FastAPI, term_page: TermPage) -> None:
    """Adds every route; the page of a term stands at the address of its RDF."""
    for module in (
        checks,
        catalogue,
        validations,
        verifications,
        clauses,
        findings,
        comparisons,
        overviews,
        datasets,
        exports,
        jobs,
        packs,
        pathways,
        health,
        quality_link,
    ):
        app.include_router(module.router)
    app.include_router(questions_router())
    app.include_router(vocabulary_router(term_page))
