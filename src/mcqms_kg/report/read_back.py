"""Findings read back from a JSON report of ours, so that checks can be compared later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph import terms
from mcqms_kg.model import FindingRecord, Grade, Term
from mcqms_kg.report.json import SCHEMA


def is_check_report(path: Path) -> bool:
    """Whether the file is a JSON report of ours; raises `UnreadableInput` where it is not JSON."""
    return _load(path).get("$schema") == SCHEMA


def read_findings(path: Path) -> tuple[FindingRecord, ...]:
    """The findings of a JSON report, waived ones included; raises `UnreadableInput` where its structure is not ours."""
    report = _load(path)
    try:
        standing = [_record(found, False) for found in report["findings"]]
        waived = [_record(waived["finding"], True) for waived in report["waived"]]
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise UnreadableInput(
            f"The report's structure is not that of {SCHEMA}: {problem!r}",
            place=Place(str(path)),
            remedy="Write it again with `mcqms check`.",
        ) from problem
    return (*standing, *waived)


def _load(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as problem:
        raise UnreadableInput("There is no such file", place=Place(str(path)), remedy="Check the name.") from problem
    except (OSError, ValueError, RecursionError) as problem:
        raise UnreadableInput(
            f"The file is not JSON: {problem}", place=Place(str(path)), remedy="Give a JSON report."
        ) from problem
    return found if isinstance(found, dict) else {}


def _record(found: dict[str, Any], is_waived: bool) -> FindingRecord:
    return FindingRecord(
        id=str(found["id"]),
        requirement=str(found["notation"]),
        grade=Grade(found["grade"]),
        shape=_term(found["result"]["sourceShape"]),
        focus=_term(found["focus"]["term"]),
        focus_label=str(found["focus"]["label"]),
        expected=str(found["expected"]),
        found=str(found["found"]),
        provider=str(found["provider"]["label"]) if found["provider"] else "",
        is_waived=is_waived,
        places=tuple(str(Place(p["file"], p["line"], p["column"], p.get("at", ""))) for p in found["places"]),
        whose=_term(found["provider"]["term"]) if found["provider"] else None,
    )


def _term(found: dict[str, str]) -> Term:
    if found["type"] == "uri":
        return terms.iri(found["value"])
    if found["type"] == "bnode":
        return Term(f"_:{found['value']}")
    return terms.literal(found["value"], language=found.get("xml:lang", ""), datatype=found.get("datatype", ""))
