"""What the description of the API (OpenAPI) says of requests that carry files: forms with their fields, and single documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mcqms_kg.service.http.uploads import DOCUMENTS, FORM

Schema = dict[str, Any]

FILE: Schema = {"type": "string", "format": "binary"}
DAY: Schema = {"type": "string", "format": "date"}
ENGINE: Schema = {"type": "string", "enum": ["columns", "reference"]}


def files(description: str = "", **more: Any) -> Schema:
    """A field that holds at least one file; `maxItems` bounds them."""
    told = {"description": description} if description else {}
    return {"type": "array", "items": FILE, "minItems": 1, **told, **more}


def form(fields: Mapping[str, Schema], *required: str) -> dict[str, Any]:
    """A form as one of the contents of a body."""
    return {FORM: {"schema": {"type": "object", "required": list(required), "properties": dict(fields)}}}


def documents(schema: Schema) -> dict[str, Any]:
    """A single document in any syntax that is read, as contents of a body."""
    return {kind: {"schema": schema} for kind in DOCUMENTS}


def body(*contents: Mapping[str, Any]) -> dict[str, Any]:
    """A body that must be there, in one of these contents, as the part of a route's description."""
    return {"required": True, "content": {kind: schema for content in contents for kind, schema in content.items()}}
