"""The web workbench: pages for people, made on the server. Their addresses are singular nouns; those of the API are plural."""

from __future__ import annotations

from fastapi import FastAPI

from mcqms_kg.service.pages import (
    check,
    comparison,
    dataset,
    finding,
    glossary,
    overview,
    pathway,
    pathway_questions,
    plan,
    provider,
    query,
    questions,
    sign_in,
    static_files,
    thing,
    vocabulary,
)

MODULES = (
    *(static_files, sign_in, overview, plan, provider, check, finding, comparison, dataset),
    *(questions, query, thing, vocabulary, pathway, pathway_questions, glossary),
)


def include_pages(app: FastAPI) -> None:
    """Adds every page. They are no part of the API's description."""
    for module in MODULES:
        app.include_router(module.router, include_in_schema=False)
