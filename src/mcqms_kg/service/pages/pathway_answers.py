"""Answers of the planner as pages show them: the state of each thing in the way that is looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.service.pages.page import Page, file_name
from mcqms_kg.service.pages.rows import names, well_known
from mcqms_kg.service.routes.pathways import Asker
from mcqms_kg.settings import MEBIBYTE

SEARCHED = 32 * MEBIBYTE
"""Up to this size of the files, pages tell the line on which a statement stands."""
REACHED = ("complete", "reachable")
_ENDS = ("subject", "predicate", "object")
Answered = Mapping[str, Any]


def told(page: Page, question: str, datasets: Sequence[str], as_of: str | None, **values: Any) -> Answered:
    """The answer to a question about pathways, in the language of the page, with statements by names and files as they were handed in."""
    found: Answered = json.loads(content(page, question, datasets, as_of, "json", **values))
    lists = list(_statements(found))
    said = {Term(term) for listed in lists for one in listed for term in _parts(one)}
    iris = {terms.iri_text(term) for term in said if terms.is_iri(term)}
    called = {**well_known(page), **names(page, iris)}
    for listed in lists:
        listed[:] = [_said(page, one, called) for one in listed]
    for one in found.get("notUnderstood", ()):
        for place in one["places"]:
            one["text"] = one["text"].replace(place, file_name(place))
    return found


def _statements(found: Any) -> Iterator[list[Any]]:
    """Every list of statements in an answer, however deep it stands."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key == "statements":
                yield value
            else:
                yield from _statements(value)
    elif isinstance(found, list):
        for one in found:
            yield from _statements(one)


def _parts(statement: Any) -> tuple[str, ...]:
    """Subject, property and value, of a statement with a source or of a bare one."""
    return tuple(statement[key] for key in _ENDS) if isinstance(statement, dict) else tuple(statement)


def _said(page: Page, statement: Any, called: Mapping[str, str]) -> Mapping[str, Any]:
    """A statement by names, as it is written too, and its source."""
    parts = [Term(part) for part in _parts(statement)]
    written = " ".join(terms.short(part) for part in parts)
    source = statement.get("source", "") if isinstance(statement, dict) else ""
    return {"said": [_name(page, part, called) for part in parts], "written": written, "source": file_name(source)}


def _name(page: Page, term: Term, called: Mapping[str, str]) -> str:
    if terms.is_literal(term):
        return terms.lexical(term)
    if terms.is_blank(term):
        return page.words("label-unnamed")
    return called.get(terms.iri_text(term)) or terms.readable(term)


def content(page: Page, question: str, datasets: Sequence[str], as_of: str | None, format: str, **values: Any) -> bytes:
    """The same in any format."""
    asker = Asker(page.request, page.caller, page.serving, page.jobs, tuple(datasets), as_of, page.words.language)
    return asker.content(question, values, format, SEARCHED)


def states(answer: Answered, plan: Mapping[str, Any] | None) -> dict[str, str]:
    """What each thing is in one way to one target."""
    target = answer["target"]["iri"]
    found = {target: "held" if answer["status"] == "held" else "target" if answer["status"] in REACHED else "missing"}
    found |= {held["iri"]: "held" for held in answer["held"]}
    if plan is None:
        return found
    for step in plan["steps"]:
        iri = step["credential"]["iri"]
        found[iri] = "missing" if step["how"] == "granted" else step["how"]
        for by in (*step["by"], *step["first"]):
            found.setdefault(by["by"], "held")
    for by in plan["goal"]:
        found.setdefault(by["by"], "held")
    for missing in plan["missing"]:
        found[missing["iri"]] = "missing"
    if answer["status"] != "held":
        found[target] = "target" if answer["status"] in REACHED else "missing"
    return found


def states_of_all(answers: Sequence[Answered]) -> dict[str, str]:
    """The same over all targets in reach: a thing that is held stays so, whatever it is a step towards."""
    found: dict[str, str] = {}
    for answer in answers:
        for iri, state in states(answer, answer["plans"][0] if answer["plans"] else None).items():
            if found.get(iri) in (None, "learn", "stack") or state == "held":
                found[iri] = state
    return found
