"""The description of the API (OpenAPI): what FastAPI knows, with the schemas that only responses name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from mcqms_kg import report
from mcqms_kg.service.http.problems import Problem
from mcqms_kg.service.openapi_examples import illustrate
from mcqms_kg.service.routes.checks import CheckRequest
from mcqms_kg.service.routes.comparisons import Compared
from mcqms_kg.service.routes.dataset_states import VersionState
from mcqms_kg.service.routes.findings import Explanation
from mcqms_kg.service.routes.overviews import OverviewState
from mcqms_kg.service.routes.verifications import Verified
from mcqms_kg.service.routes.vocabulary import TermState
from mcqms_kg.service.sparql.openapi_paths import protocols

_MODELS: tuple[type[BaseModel], ...] = (
    Problem,
    CheckRequest,
    Compared,
    Verified,
    VersionState,
    Explanation,
    TermState,
    OverviewState,
)
_SCHEMA = Path(report.__file__).parent / "schema" / "check-report.schema.json"
_REFERENCE = "#/components/schemas/"
_TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token of `mcqms token new`, or of the issuer that the operator trusts. Without one you are the public.",
}
_VALIDATION: dict[str, Any] = {
    "type": "object",
    "required": ["formatVersion", "language", "conforms", "results", "shapes"],
    "properties": {
        "formatVersion": {"type": "string"},
        "language": {"type": "string"},
        "conforms": {"type": "boolean"},
        "results": {"type": "array", "items": {"type": "object"}},
        "shapes": {"type": "array", "items": {"type": "object"}},
    },
}


def describe(app: FastAPI) -> None:
    """From now on `/openapi.json` has every schema."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        found = plain()
        schemas = found.setdefault("components", {}).setdefault("schemas", {})
        if "CheckReport" not in schemas:
            schemas |= _report_schemas() | {"ValidationReport": _VALIDATION}
            for model in _MODELS:
                whole = model.model_json_schema(ref_template=_REFERENCE + "{model}")
                schemas |= whole.pop("$defs", {}) | {model.__name__: whole}
            _forget_unfit(found)
            found["paths"] |= protocols()
            illustrate(found)
            found["components"]["securitySchemes"] = {"token": _TOKEN}
            found["security"] = [{}, {"token": []}]
        return found

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend it


def _report_schemas() -> dict[str, Any]:
    """The schema of the JSON report, its parts as schemas of their own."""
    whole = json.loads(_SCHEMA.read_text("utf-8"))
    text = json.dumps(whole).replace('"#/$defs/', f'"{_REFERENCE}Report_').replace('"#"', f'"{_REFERENCE}CheckReport"')
    moved = json.loads(text)
    parts = {f"Report_{name}": part for name, part in moved.pop("$defs", {}).items()}
    return parts | {"CheckReport": {key: value for key, value in moved.items() if key not in ("$schema", "$id")}}


def _forget_unfit(found: dict[str, Any]) -> None:
    """Our errors have one shape, and a request that does not fit is 400: FastAPI's own 422 is never sent."""
    for path in found["paths"].values():
        for operation in path.values():
            answer = operation.get("responses", {}).get("422", {})
            if "HTTPValidationError" in json.dumps(answer):
                del operation["responses"]["422"]
    for name in ("HTTPValidationError", "ValidationError"):
        found["components"]["schemas"].pop(name, None)
