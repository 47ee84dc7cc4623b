"""What errors say is said in Indonesian on pages: every text that a user of the workbench can meet has its words."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import mcqms_kg
from mcqms_kg import errors
from mcqms_kg.errors import McqmsError
from mcqms_kg.interop.standards import STANDARDS
from mcqms_kg.service.pages.said import is_known, said

SOURCE = Path(mcqms_kg.__file__).parent
MET = (
    *("service/pages", "service/jobs", "service/callers", "service/http", "service/routes/packs.py"),
    *("service/job_responses.py", "service/handing_in.py"),
    *("query", "sparql/tokens.py", "sparql/reading.py", "graph", "store", "report", "packing", "pathway", "interop"),
    *("operations/rulebooks.py", "operations/structures.py", "operations/translating.py", "operations/packs.py"),
    *("operations/checking.py", "operations/importing.py", "operations/workbooks.py", "operations/pathways.py"),
    *("operations/recognising.py", "rules/profiles.py", "rules/parameters.py", "errors.py", "processes"),
)
"""Where errors come from that pages may show: rooms, and files."""
ELSEWHERE = (
    *(
        "interop/signing",
        "interop/pseudonyms.py",
        "interop/*/writing.py",
        "interop/*/signing.py",
        "interop/*/register.py",
    ),
    *("interop/*/status.py", "interop/*/verifying*.py", "interop/elm/document.py", "interop/ctdl/organisations.py"),
    *("interop/esco", "interop/tables.py", "interop/network.py"),
    *("query/update/*.py", "query/library.py"),
    *(
        "store/backup.py",
        "store/export.py",
        "store/tokens.py",
        "store/audit.py",
        "store/audit_reading.py",
        "store/working_graphs.py",
    ),
    *("report/read_back.py", "graph/columns", "service/http/doorway.py"),
)
"""In those rooms what no page asks for: other formats are written, signed and verified by the command line and the API, as archives
are read, the graph is written by SPARQL Update, and the workspace is looked after."""
UNKNOWN = frozenset(
    {
        "The rulebook does not hold together: x",
        "The profile 'x' applies no framework",
        "The profile x extends itself",
        "A setting of x lacks its parameter or its value",
        "An override of x lacks its rule or its grade",
        "The folder vouches for translations, which only a workspace can do",
        "x is x",
        "x x",
        "RDFC-1.0 knows no hash 'x'",
    }
)
"""Said to those who write rulebooks, never to anybody who uses pages, or of no words of its own."""
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, McqmsError)}
KINDS |= {"RequestTooLarge", "UnsupportedMediaType", "NotAcceptable"}
Teller = tuple[int, int | None, str]


Told = tuple[str, str, str]
Known = Mapping[str, ast.expr]


def texts() -> Iterator[Told]:
    """File and line, what happened and the remedy, with an x for all that is filled in."""
    for file in _files():
        tree = ast.parse(file.read_text("utf-8"))
        tellers = dict(_tellers(tree))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
                yield from _told_in(file, function, tellers, {**_assigned(tree), **_assigned(function)})


def _files() -> list[Path]:
    def below(place: str) -> set[Path]:
        found = set(SOURCE.glob(place))
        return {file for one in found for file in ([one] if one.is_file() else one.rglob("*.py"))}

    met = {file for place in MET for file in below(place)}
    return sorted(met - {file for place in ELSEWHERE for file in below(place)})


def _told_in(file: Path, function: ast.AST, tellers: Mapping[str, Teller], known: Known) -> Iterator[Told]:
    """What is told in a function, but not in those inside it."""
    for node in _own(function):
        if not isinstance(node, ast.Call):
            continue
        name, at = _name(node.func), f"{file.relative_to(SOURCE)}:{node.lineno}"
        if name in KINDS and node.args:
            remedy = next((k.value for k in node.keywords if k.arg == "remedy"), None)
            yield from (
                (at, what, then) for what in _texts(node.args[0], known) for then in _texts(remedy, known) or [""]
            )
        elif name in tellers:
            what_at, then_at, then = tellers[name]
            for what in _texts(_nth(node, what_at), known):
                yield at, what, then if then_at is None else next(iter(_texts(_nth(node, then_at), known)), "")


def _nth(call: ast.Call, n: int) -> ast.expr | None:
    return call.args[n] if n < len(call.args) else None


def _own(function: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from _own(child)


def _tellers(tree: ast.AST) -> Iterator[tuple[str, Teller]]:
    """Functions that raise or give an error with a text that they are given: at which place of a call the text and the remedy stand."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = [one.arg for one in function.args.args if one.arg != "self"]
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and _name(node.func) in KINDS and node.args:
                what = node.args[0]
                then = next((k.value for k in node.keywords if k.arg == "remedy"), None)
                if isinstance(what, ast.Name) and what.id in names:
                    at = names.index(then.id) if isinstance(then, ast.Name) and then.id in names else None
                    yield function.name, (names.index(what.id), at, next(iter(_texts(then, {})), ""))


def _assigned(function: ast.AST) -> Known:
    return {
        node.targets[0].id: node.value
        for node in _own(function)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _texts(node: ast.expr | None, known: Known) -> list[str]:
    """The texts that an expression may be; none where that cannot be told from here."""
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, known), *_texts(node.orelse, known)]
    if isinstance(node, ast.Name) and node.id in known:
        return _texts(known[node.id], {})
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(_filled(part) for part in node.values)]
    return []


def _filled(part: ast.expr) -> str:
    if isinstance(part, ast.Constant):
        return str(part.value)
    return "'x'" if isinstance(part, ast.FormattedValue) and part.conversion == ord("r") else "x"


def test_every_error_of_a_page_has_its_words() -> None:
    every = list(texts())
    assert len(every) > 300
    missing = [(at, what, then) for at, what, then in every if what not in UNKNOWN and not is_known(what, then)]
    assert not missing, "\n".join(map(str, missing))
    unread = {one.name: one.unread for one in STANDARDS.values() if one.unread}
    assert unread and all(is_known(f"{name} cannot be read", remedy) for name, remedy in unread.items())


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
