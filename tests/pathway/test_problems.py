"""Problems with answers that were worked out by hand, asked as people ask them: on the command line.

A file in `problems/` is data, and its comments are questions with their answers: `# ask:` is what stands behind `mcqms`, and the lines
after it say what must come of it. `# steps:` and `# missing:` are those of the first way or gap.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mcqms_kg.cli.app import app
from mcqms_kg.errors import McqmsError

PROBLEMS = sorted((Path(__file__).parent / "problems").glob("*.*"))
SHORT = (
    ("ex", "https://example.org/"),
    *((n, f"https://w3id.org/mcqms/{n}/") for n in ("kkni", "aqrf", "eqf", "occupation")),
)
NOT_FOR_READERS = re.compile(r"https?:|_:|\b[0-9a-f]{32}\b|\bNone\b|Decimal|[{}]")


@dataclass
class Problem:
    """A question, and what the lines after it say."""

    file: Path
    ask: str
    says: dict[str, list[str]] = field(default_factory=dict)


def problems() -> list[Problem]:
    found: list[Problem] = []
    for file in PROBLEMS:
        for key, value in re.findall(r"^# (\w+): ?(.*)$", file.read_text("utf-8"), re.MULTILINE):
            if key == "ask":
                found.append(Problem(file, value))
            else:
                found[-1].says.setdefault(key, []).append(value)
    return found


def whole(name: str) -> str:
    return next((base + name[len(p) + 1 :] for p, base in SHORT if name.startswith(f"{p}:")), name)


def brief(iri: str) -> str:
    return next((iri[len(base) :] for _, base in SHORT if iri.startswith(base)), iri)


def asked(problem: Problem) -> list[str]:
    """The command line."""
    verb, *rest = map(whole, shlex.split(problem.ask))
    place = 1 if verb == "recognise" else 0
    day = () if "--as-of" in rest else ("--as-of", "2026-06-30")
    return [verb, *rest[:place], str(problem.file), *rest[place:], *day]


def run(problem: Problem, *more: str) -> tuple[int, str, bool]:
    """Exit code, what is written, and whether it is an answer and not a refusal."""
    done = CliRunner().invoke(app, [*asked(problem), *more])
    if isinstance(done.exception, McqmsError):
        return 2, str(done.exception), False
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, True


def steps(plan: Mapping[str, Any]) -> str:
    return " ".join(brief(step["credential"]["iri"]) for step in plan["steps"])


def lapses(plan: Mapping[str, Any]) -> set[str]:
    """What lapses, for what it is needed, the hours of work until then, and those a week."""
    return {
        f"{each['kind']} {brief(each['iri'])} {brief(each['neededFor'])} {each['hours']} {each['hoursAWeek']}"
        for each in plan["lapses"]
    }


def missing(plan: Mapping[str, Any]) -> str:
    told = (
        f"{m['kind']} {brief(m['iri'])}"
        + (f" {m['amount']}" if m["amount"] else "")
        + (f" ({m['why']})" if m["kind"] == "credential" else "")
        for m in plan["missing"]
    )
    return ", ".join(sorted(told))


PATH: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "status": lambda answer: answer["status"],
    "steps": lambda answer: steps(answer["plans"][0]),
    "plans": lambda answer: " | ".join(map(steps, answer["plans"])),
    "missing": lambda answer: missing(answer["plans"][0]),
    "ramps": lambda answer: " ".join(brief(r["iri"]) for r in answer["plans"][0]["offRamps"]),
    "number": lambda answer: str(len(answer["plans"])),
    "ways": lambda answer: {steps(plan) for plan in answer["plans"]},
    "proven": lambda answer: str(answer["plans"][0]["proven"]).lower(),
    "lapse": lambda answer: lapses(answer["plans"][0]),
    "lapses": lambda answer: str(len(answer["plans"][0]["lapses"])),
    "why": lambda answer: {aside["why"] for aside in answer["setAside"]},
    "problem": lambda answer: {f"{p['kind']} {brief(p['subject'])}" for p in answer["problems"]},
}
RECOGNISE: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "verdict": lambda answer: answer["verdict"],
    "level": lambda answer: brief(answer["chains"][0]["level"]),
    "credits": lambda answer: str(answer["chains"][0]["credits"]),
    "fault": lambda answer: {fault["kind"] for link in answer["reasons"] for fault in link["faults"]},
}


def observed(answer: Mapping[str, Any]) -> set[str]:
    """What a question about the structure found: its kind, about what, and what else."""
    return {" ".join((each["kind"], *map(brief, (each["about"], *each["others"])))) for each in answer["found"]}


def found(problem: Problem, key: str, answer: Mapping[str, Any]) -> object:
    if key == "found":
        return observed(answer)
    if key == "reached":
        return " ".join(brief(each["target"]["iri"]) for each in answer["answers"])
    if problem.ask.startswith("recognise"):
        return RECOGNISE[key](answer)
    return PATH[key](answer["answers"][0])


@pytest.mark.parametrize("problem", problems(), ids=lambda p: f"{p.file.stem}: {p.ask}")
def test_the_answer_is_the_one_worked_out_by_hand(problem: Problem) -> None:
    """And no sentence holds an address, the name of a blank node or a place left to fill in; statements are set in further."""
    says = dict(problem.says)
    code, told, answered = run(problem)
    assert str(code) in says.pop("exit", [str(code)])
    assert all(part in told for part in says.pop("says", [])), told
    if says:
        answer = json.loads(run(problem, "--format", "json")[1])
        assert not {*says.pop("not", [])} & (observed(answer) if "found" in answer else set())
        for key, wanted in says.items():
            got = found(problem, key, answer)
            assert set(wanted) <= got if isinstance(got, set) else wanted == [got], key
    for text in (told, run(problem, "--lang", "id")[1]) if answered else ():
        assert not [line for line in text.splitlines() if line[:6].strip() and NOT_FOR_READERS.search(line)]
