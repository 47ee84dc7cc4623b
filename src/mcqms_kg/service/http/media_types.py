"""Media types of reports, and what a description of the API says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mcqms_kg.report import FORMATS, VALIDATION_FORMATS, Format


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
