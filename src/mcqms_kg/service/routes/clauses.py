"""`/clauses`, `/requirements` and `/profiles`: the rulebook, and each requirement in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import in_language
from mcqms_kg.rules.clause_list import ListedClause, ListedRequirement
from mcqms_kg.service.dependencies import Lang, Profile
from mcqms_kg.service.http.negotiation import chosen
from mcqms_kg.service.http.problems import declared
from mcqms_kg.service.routes.findings import TEXTS, Grade, explained

router = APIRouter(tags=["rulebook"])
_ANY_DAY = dt.date(2000, 1, 1)
"""Words do not change with the date."""


class Asked(BaseModel):
    """A requirement as a profile has it."""

    iri: str = Field(examples=["https://w3id.org/mcqms/requirement/8.1d"])
    notation: str = Field(examples=["8.1d"])
    clause: str = Field(examples=["8.1"])
    label: str
    wording: str
    rationale: str
    remedy: str
    grade: Grade
    status: str = Field(description="Whether shapes decide it: automated, partly or manual.")
    applies: bool = Field(description="Whether the profile keeps it.")


class Clause(BaseModel):
    """A clause and the requirements that stand directly in it."""

    iri: str = Field(examples=["https://w3id.org/mcqms/clause/8.1"])
    notation: str = Field(examples=["8.1"])
    label: str
    requirements: list[Asked]


class ProfileListed(BaseModel):
    """A profile of the rulebook."""

    iri: str = Field(examples=["https://w3id.org/mcqms/profile/mcqms"])
    name: str = Field(examples=["mcqms"])
    label: str
    definition: str
    framework: str


@router.get("/clauses", operation_id="listClauses", responses=declared(403, 404))
def list_clauses(profile: Profile = operations.DEFAULT_PROFILE, lang: Lang = "en") -> list[Clause]:
    """The clauses of a profile's framework with their requirements, in order, as the profile grades them."""
    return [
        Clause(
            iri=terms.iri_text(listed.clause.iri),
            notation=listed.clause.notation,
            label=in_language(listed.clause.label, lang),
            requirements=[_asked(listed, one, lang) for one in listed.requirements],
        )
        for listed in operations.clauses(profile)
    ]


@router.get("/requirements", operation_id="listRequirements", responses=declared(403, 404))
def list_requirements(
    profile: Profile = operations.DEFAULT_PROFILE,
    clause: str | None = None,
    grade: Grade | None = None,
    lang: Lang = "en",
) -> list[Asked]:
    """The requirements of a profile's framework, all or those of a clause or a grade."""
    return [found for found in _all(profile, lang) if clause in (None, found.clause) and grade in (None, found.grade)]


@router.get(
    "/requirements/{notation}",
    operation_id="explainRequirement",
    response_class=Response,
    responses={
        200: {
            "description": "The requirement in words, as `mcqms explain` gives them.",
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Explanation"}},
                "text/plain": {"schema": {"type": "string"}},
            },
        },
        **declared(403, 404, 406),
    },
)
def explain_requirement(
    notation: Annotated[str, Path(examples=["8.1d"])],
    request: Request,
    profile: Profile = operations.DEFAULT_PROFILE,
    lang: Lang = "en",
) -> Response:
    """What a requirement, or a shape, asks, why, and how to put it right."""
    format_ = chosen(request.headers.get("accept"), TEXTS)
    text = operations.explain(notation, profile=profile, as_of=_ANY_DAY, language=lang)
    return explained(notation, text, format_)


@router.get("/profiles", operation_id="listProfiles", responses=declared(403))
def list_profiles(lang: Lang = "en") -> list[ProfileListed]:
    """The profiles that checks can go by."""
    return [
        ProfileListed(
            iri=terms.iri_text(found.iri),
            name=found.name,
            label=in_language(found.label, lang),
            definition=in_language(found.definition, lang),
            framework=terms.iri_text(found.framework),
        )
        for found in operations.profiles()
    ]


def _all(profile: str, lang: str) -> Iterator[Asked]:
    for listed in operations.clauses(profile):
        yield from (_asked(listed, one, lang) for one in listed.requirements)


def _asked(listed: ListedClause, one: ListedRequirement, lang: str) -> Asked:
    asked = one.requirement
    return Asked(
        iri=terms.iri_text(asked.iri),
        notation=asked.notation,
        clause=listed.clause.notation,
        label=in_language(asked.label, lang),
        wording=in_language(asked.wording, lang),
        rationale=in_language(asked.rationale, lang),
        remedy=in_language(asked.remedy, lang),
        grade=one.grade.value,
        status=asked.status,
        applies=one.applies,
    )
