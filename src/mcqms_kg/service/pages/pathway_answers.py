"""Answers of the planner as pages show them: the state of each thing in the way that is looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mcqms_kg.service.pages.page import Page
from mcqms_kg.service.routes.pathways import Asker
from mcqms_kg.settings import MEBIBYTE

SEARCHED = 32 * MEBIBYTE
"""Up to this size of the files, pages tell the line on which a statement stands."""
REACHED = ("complete", "reachable")
Answered = Mapping[str, Any]


def told(page: Page, question: str, datasets: Sequence[str], as_of: str | None, **values: Any) -> Answered:
    """The answer to a question about pathways, with its words in the language of the page."""
    found: Answered = json.loads(content(page, question, datasets, as_of, "json", **values))
    return found


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
