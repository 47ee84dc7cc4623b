"""The description of the API: whole, and true when schemathesis asks by it, which nobody here wrote."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mcqms_kg.service.openapi_examples import says
from service.served import Api

CASES = os.environ.get("MCQMS_API_CASES", "2")
"""Of each operation and phase; `make api` sets more."""
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "unsupported_method",
)


@pytest.fixture(scope="module")
def described(api_client: Api) -> dict[str, Any]:
    found: dict[str, Any] = api_client.get("/openapi.json").json()
    return found


def operations_of(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, found in described["paths"].items() for method, one in found.items()]


def test_every_operation_is_described(described: dict[str, Any]) -> None:
    every = operations_of(described)
    names = [one["operationId"] for _, _, one in every]
    assert len(set(names)) == len(names) > 50
    for path, _, one in every:
        assert one["tags"] and one.get("summary"), path
        for status, answer in one["responses"].items():
            assert answer["description"], (path, status)
            if int(status) >= 400:
                assert set(answer["content"]) == {"application/problem+json"}, (path, status)
    verbs = {"check", "validate", "explainRequirement", "explainFinding", "listClauses", "compare", "import", "diff"}
    assert verbs | {"rollback", "readVersion", "listDatasets", "listQuestions"} <= set(names)


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(described)))
    assert named <= set(described["components"]["schemas"])


FILES = {
    "multipart/form-data",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Bodies that no text can show."""


def test_every_parameter_and_every_body_has_an_example(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    for path, method, one in operations_of(described):
        for parameter in one.get("parameters", ()):
            assert says(parameter, schemas), (method, path, parameter["name"])
            if "example" in parameter:
                schema = {**parameter["schema"], "components": {"schemas": schemas}}
                jsonschema.validate(parameter["example"], schema)
        for kind, content in one.get("requestBody", {}).get("content", {}).items():
            assert kind in FILES or says(content, schemas), (method, path, kind)


def test_every_schema_is_one(described: dict[str, Any]) -> None:
    for schema in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.slow
def test_schemathesis_finds_nothing(api_client: Api, tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "st"), "run", f"{api_client.base_url}/openapi.json"]
    options = [
        "-H",
        f"Authorization: {api_client.headers['authorization']}",
        "-n",
        CASES,
        "--seed",
        "1",
        "--no-shrink",
        "--continue-on-failure",
        "-w",
        "2",
    ]
    kinds = ["--phases", "examples,fuzzing", "-c", ",".join(CHECKS), "--request-timeout", "110", "--warnings", "off"]
    shutil.copy(Path(__file__).with_name("written_by_schemathesis.py"), tmp_path)
    hooks = {**os.environ, "SCHEMATHESIS_HOOKS": "written_by_schemathesis"}
    done = subprocess.run(
        [*command, *options, *kinds], cwd=tmp_path, env=hooks, capture_output=True, text=True, timeout=1800
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert re.search(r"Tested: \d\d", done.stdout), done.stdout[-3000:]
