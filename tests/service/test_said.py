"""What errors say is said in Indonesian on pages: every text that a user of the workbench can meet has its words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import mcqms_kg
from mcqms_kg import errors
from mcqms_kg.errors import McqmsError
from mcqms_kg.service.pages.said import is_known, said

SOURCE = Path(mcqms_kg.__file__).parent
MET = (
    *(
        "service/pages",
        "service/http/uploads.py",
        "service/jobs/jobs.py",
        "service/callers/access.py",
        "service/answers.py",
    ),
    *(
        "service/edge.py",
        "service/handing_in.py",
        "service/jobs/checker.py",
        "service/jobs/plans.py",
        "service/http/bodies.py",
    ),
    *("query/limited.py", "query/scope.py", "query/capped.py", "query/parse.py", "graph/submitted.py"),
    *("operations/rulebooks.py", "operations/structures.py", "operations/translating.py"),
    *(
        "pathway/structure/coverage.py",
        "pathway/structure/impact.py",
        "pathway/recognition/recognising.py",
        "rules/profiles.py",
    ),
)
"""Where errors come from that pages show. What the API alone says, and formats of others, stay in English."""
UNKNOWN = frozenset(
    {
        "The rulebook does not hold together: x",
        "The profile 'x' applies no framework",
        "The profile x extends itself",
        "A setting of x lacks its parameter or its value",
        "An override of x lacks its rule or its grade",
        "The folder vouches for translations, which only a workspace can do",
        "x is x",
    }
)
"""Said to those who write rulebooks, never to anybody who uses pages, or of no words of its own."""
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, McqmsError)}
KINDS |= {"RequestTooLarge", "UnsupportedMediaType", "NotAcceptable"}


def texts() -> Iterator[tuple[str, str, str]]:
    """File and line, what happened and the remedy, with an x for all that is filled in."""
    for place in MET:
        path = SOURCE / place
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) in KINDS and node.args:
                    remedy = next((k.value for k in node.keywords if k.arg == "remedy"), None)
                    what = _text(node.args[0])
                    if what is not None:
                        yield f"{file.name}:{node.lineno}", what, _text(remedy) or ""


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _text(node: ast.expr | None) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_filled(part) for part in node.values)
    return None


def _filled(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    return "'x'" if isinstance(part, ast.FormattedValue) and part.conversion == ord("r") else "x"


def test_every_error_of_a_page_has_its_words() -> None:
    every = list(texts())
    assert len(every) > 70
    missing = [(at, what, then) for at, what, then in every if what not in UNKNOWN and not is_known(what, then)]
    assert not missing, "\n".join(map(str, missing))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("No dataset is named 'scool'. Known datasets: school.", "Tidak ada set data bernama 'scool'. Set data yang dikenal: school."),
        ('\'it"s\' cannot be the name of a file. Rename one.', "'it\"s' tidak dapat menjadi nama berkas. Ganti nama salah satunya."),
        ("The body is not UTF-8.", "Isi bukan UTF-8."),
    ],
    ids=["dataset", "quoted", "alone"],
)  # fmt: skip
def test_what_is_filled_in_stays(told: str, expected: str) -> None:
    (part,) = said(told, "id")
    assert (part.text, part.language) == (expected, "id")
    assert [one.text for one in said(told, "en")] == [told]


def test_what_nobody_foresaw_stays_in_english_and_says_so() -> None:
    assert [part.language for part in said("Something quite new happened. Do this.", "id")] == ["en"]
    parts = said("The file is not well-formed: '}' expected. Stand on your head.", "id")
    assert [part.language for part in parts] == ["id", "en"] and parts[1].text == "Stand on your head."
    assert said("x" * 100_000, "id")[0].language == "en"
