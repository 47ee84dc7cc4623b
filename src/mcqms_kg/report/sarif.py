"""Findings as SARIF 2.1.0, for code review and editors: rules are requirements, results are findings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from mcqms_kg.errors import Place
from mcqms_kg.graph import terms
from mcqms_kg.model import Checked, CheckReport, Finding, Grade, Requirement, WaivedFinding, Waiver
from mcqms_kg.report.json import dumped
from mcqms_kg.report.words import Words, counts, slug, visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://w3id.org/mcqms/"
ROOT = "%SRCROOT%"
_LEVELS = {Grade.MAJOR: "error", Grade.MINOR: "warning", Grade.OPPORTUNITY: "note"}
_URL = re.compile(r"(https?|file|urn):", re.IGNORECASE)
_MARKED = str.maketrans({"[": "\\[", "]": "\\]", "{": "{{", "}": "}}"})
Object = dict[str, Any]


def write(report: CheckReport, language: str) -> str:
    words = Words(language)
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, words)]})


def _run(report: CheckReport, words: Words) -> Object:
    requirements = [v.requirement for v in report.requirements()]
    index = {r.iri: number for number, r in enumerate(requirements)}
    return {
        "tool": {"driver": _driver(report, requirements, words)},
        "automationDetails": {"id": f"mcqms/{report.framework.name}/{report.profile}/"},
        "language": words.language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which the check was started."}}},
        "invocations": [{"executionSuccessful": True}],
        "artifacts": [_artifact(checked) for checked in report.checked],
        "results": list(_results(report, index, words)),
        "properties": {
            "profile": report.profile,
            "asOf": report.as_of.isoformat(),
            "verdict": slug(report.verdict),
            "requirements": counts(report.score),
            "rulebookDigest": report.rulebook_digest,
            "engine": report.engine,
        },
    }


def _driver(report: CheckReport, requirements: list[Requirement], words: Words) -> Object:
    return {
        "name": "mcqms-kg",
        "version": report.version,
        "informationUri": HOME,
        "rules": [_rule(r, words) for r in requirements],
    }


def _rule(requirement: Requirement, words: Words) -> Object:
    return {
        "id": requirement.notation,
        "name": words.of(requirement.label),
        "shortDescription": {"text": words.of(requirement.label)},
        "fullDescription": {"text": words.of(requirement.wording)},
        "help": {"text": words.of(requirement.remedy)},
        "helpUri": terms.iri_text(requirement.iri),
        "defaultConfiguration": {"level": _LEVELS[requirement.grade]},
        "properties": {"tags": [requirement.grade.value, terms.short(requirement.clause)]},
    }


def _artifact(checked: Checked) -> Object:
    return {"location": artifact_location(checked.name), "hashes": {"sha-256": checked.sha256}}


def _results(report: CheckReport, index: dict[Any, int], words: Words) -> Iterator[Object]:
    for finding in report.findings():
        yield _result(finding, index, words)
    for waived in report.waived():
        yield _waived(waived, index, words)


def _waived(waived: WaivedFinding, index: dict[Any, int], words: Words) -> Object:
    return {**_result(waived.finding, index, words), "suppressions": [_suppression(waived.waiver, words)]}


def _result(finding: Finding, index: dict[Any, int], words: Words) -> Object:
    focus = words.name(finding.focus)
    said = [f"{focus}.", words.of(finding.found), words.of(finding.expected)]
    return {
        "ruleId": finding.requirement.notation,
        "ruleIndex": index[finding.requirement.iri],
        "kind": "fail",
        "level": _LEVELS[finding.grade],
        "message": {"text": message(" ".join(part for part in said if part))},
        "locations": [_location(finding, place) for place in finding.places or (None,)],
        "partialFingerprints": {"mcqmsFindingId/v1": finding.id},
        "properties": {
            "provider": visible(words.name(finding.provider)) if finding.provider else "",
            "shape": terms.short(finding.result.source_shape),
            "path": finding.result.path or "",
        },
    }


def message(text: str) -> str:
    """Text in which nothing is taken for a link or a placeholder (SARIF sections 3.11.5 and 3.11.6)."""
    return visible(text).translate(_MARKED)


def _location(finding: Finding, place: Place | None) -> Object:
    focus = finding.focus.term
    names = [focus if terms.is_blank(focus) else terms.lexical(focus)]
    if place and place.at:
        names.append(f"{place.file} {place.at}")
    logical: Object = {"logicalLocations": [{"fullyQualifiedName": name} for name in names]}
    return {"physicalLocation": _physical(place), **logical} if place else logical


def _physical(place: Place) -> Object:
    column = {"startColumn": place.column} if place.column else {}
    region = {"region": {"startLine": place.line, **column}} if place.line else {}
    return {"artifactLocation": artifact_location(place.file), **region}


def artifact_location(name: str) -> Object:
    """The URI of a file; a relative one is relative to the folder in which the check was started."""
    if _URL.match(name):
        return {"uri": quote(name, safe="/:?#[]@!$&'()*+,;=%~")}
    windows = PureWindowsPath(name)
    if windows.drive:
        return {"uri": "file:///" + quote(windows.as_posix(), safe="/:~")}
    path = str(PurePosixPath(name))
    if path.startswith("/"):
        return {"uri": "file://" + quote(path, safe="/~")}
    return {"uri": quote(path, safe="/~"), "uriBaseId": ROOT}


def _suppression(waiver: Waiver, words: Words) -> Object:
    until = words("from-to", start=words.date(waiver.effective), end=words.date(waiver.expiry))
    granted = ", ".join(words.name(n) for n in waiver.granted_by)
    by = f" {words('granted-by')}: {granted}." if granted else ""
    return {
        "kind": "external",
        "status": "accepted",
        "justification": visible(f"{words.reason(waiver.reason)}{by} {words('in-force')}: {until}."),
        "properties": {"waiver": waiver.iri if terms.is_blank(waiver.iri) else terms.lexical(waiver.iri)},
    }
