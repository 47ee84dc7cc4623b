"""What the routes have in common: what they are given, what they may give, and which datasets their caller sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, cast

from fastapi import Depends, Query
from starlette.requests import Request

from mcqms_kg.errors import UnknownName
from mcqms_kg.model import Version
from mcqms_kg.report import FORMATS, VALIDATION_FORMATS, Format
from mcqms_kg.service.callers.access import Caller, caller_of
from mcqms_kg.service.jobs.jobs import Jobs
from mcqms_kg.service.serving import Serving

Lang = Annotated[Literal["en", "id"], Query(description="English or Indonesian.")]
Profile = Annotated[str, Query(description="The rulebook's profile; `/profiles` lists them.", max_length=100)]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to pass over.")]
Limit = Annotated[int, Query(ge=1, le=500, description="The most to give.")]

EXAMPLE_DAY = "2026-06-30"


def serving_of(request: Request) -> Serving:
    return cast(Serving, request.app.state.serving)


def jobs_of(request: Request) -> Jobs:
    return cast(Jobs, request.app.state.jobs)


Held = Annotated[Serving, Depends(serving_of)]
Working = Annotated[Jobs, Depends(jobs_of)]
Calling = Annotated[Caller, Depends(caller_of)]


def media_types(formats: Mapping[str, Format[Any]]) -> Mapping[str, str]:
    """Format to the media type that it is sent with, JSON first, as that is what programs get that ask for nothing."""
    names = sorted(formats, key=lambda name: name != "json")
    return {name: _with_charset(formats[name].media_type) for name in names}


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


REPORTS = media_types(FORMATS)
VALIDATIONS = media_types(VALIDATION_FORMATS)


def contents(types: Mapping[str, str], schema: str | None = None) -> dict[str, Any]:
    """The media types of a response for its description; JSON has the schema of that name."""
    described: dict[str, Any] = {}
    for name, media_type in types.items():
        found: dict[str, Any] = {"$ref": f"#/components/schemas/{schema}"} if name == "json" and schema else {}
        bare = media_type.split(";")[0]
        described[bare] = {"schema": found if bare.endswith("json") else {"type": "string"}}
    return described


def visible(serving: Serving, caller: Caller, dataset: str, number: int | None = None) -> Version:
    """The version that is named, the latest where none is; raises `UnknownName` where there is none that the caller sees."""
    seen = serving.view(caller).versions
    found = {version.number: version for version in seen if version.dataset == dataset}
    if not found:
        known = ", ".join(sorted({version.dataset for version in seen})) or "none yet"
        raise UnknownName(f"No dataset is named {dataset!r}", remedy=f"Known datasets: {known}.")
    if number is not None and number not in found:
        raise UnknownName(f"Dataset {dataset!r} has no version {number}", remedy=f"Its versions are 1 to {max(found)}.")
    return found[number or max(found)]


def seen_graphs(serving: Serving, caller: Caller) -> frozenset[str]:
    """The graphs of the versions that the caller sees."""
    return frozenset(version.graph for version in serving.view(caller).versions)
