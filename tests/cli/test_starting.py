"""What a verb does not use is not imported: a small validation is mostly its start. And what help and wrong words say."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli.test_command_line import mcqms
from mcqms_kg.cli.app import app
from mcqms_kg.cli.verbs import MODULES

DATA = """<https://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://example.org/C> .
<https://example.org/a> <https://example.org/code> "AB" .
<https://example.org/a> <https://example.org/from> "2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .
"""
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:s sh:targetClass ex:C ;
  sh:property [ sh:path ex:code ; sh:minCount 1 ; sh:pattern "^[A-Z]{2}$" ; sh:maxLength 4 ] ;
  sh:property [ sh:path ex:from ; sh:datatype xsd:date ; sh:minInclusive "2020-01-01"^^xsd:date ] ;
  sh:sparql [ sh:select "SELECT $this WHERE { $this <https://example.org/code> ?code FILTER (?code = 'XX') }" ] .
"""
IMPORTED = """import sys
from mcqms_kg.cli import main
sys.argv = ["mcqms", *sys.argv[1:]]
try:
    main()
except SystemExit as ended:
    print(ended.code, *sorted(sys.modules))
"""
OTHERS = {"pydantic", "typer", "fastapi", "rich", "jinja2", "networkx", "pyshacl", "rdflib", "pyparsing"} | {
    "duckdb",
    "sqlglot",
    "numpy",
    "regex",
}
"""Libraries that other verbs, larger graphs or other shapes need."""
STANDARD = {"tempfile", "hashlib", "unittest", "asyncio", "multiprocessing", "concurrent.futures"}
OURS = {"mcqms_kg.model.check", "mcqms_kg.model.providers", "mcqms_kg.graph.translated", "mcqms_kg.graph.submitted"} | {
    *(f"mcqms_kg.{room}" for room in ("rules", "service", "store", "query", "pathway", "interop", "resources")),
    *(f"mcqms_kg.shacl.{room}" for room in ("arrays", "execution", "reference", "spark", "change", "searching")),
}


def imported(*arguments: str | Path) -> tuple[int, set[str]]:
    """The exit code, and all modules that were there in the end."""
    command = [sys.executable, "-c", IMPORTED, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    code, *modules = done.stdout.splitlines()[-1].split()
    return int(code), set(modules)


def test_a_small_validation_imports_only_what_it_uses(tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.nt", tmp_path / "shapes.ttl"
    data.write_text(DATA)
    shapes.write_text(SHAPES)
    code, modules = imported("validate", data, "--shapes", shapes, "-o", tmp_path / "report.ttl")
    assert code == 0 and "mcqms_kg.shacl.sets.deciding" in modules
    assert modules & (OTHERS | STANDARD | OURS) == set()


def test_the_version_needs_no_verb() -> None:
    code, modules = imported("--version")
    assert code == 0
    assert not [verb for verb in MODULES.values() if f"mcqms_kg.cli.{verb}" in modules]


def test_a_pattern_that_needs_more_than_one_pass_is_still_looked_at(tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.nt", tmp_path / "shapes.ttl"
    data.write_text(DATA)
    for pattern, says in (("^(A|B)+$", 0), ("B$", 0), ("^A$", 1), ("^[A$", 2), ("^A{3,2}", 2)):
        shapes.write_text(SHAPES.replace("^[A-Z]{2}$", pattern))
        done = mcqms("validate", data, "--shapes", shapes)
        assert done.returncode == says, (pattern, done.stderr)
        assert ("is not a regular expression" in done.stderr) == (says == 2)


def commands(group: click.Group) -> Iterator[click.Command]:
    for command in group.commands.values():
        yield from commands(command) if isinstance(command, click.Group) else (command,)


@pytest.mark.parametrize(
    "command", tuple(commands(app)), ids=lambda command: command.callback.__module__ + "." + command.name
)
def test_a_verb_takes_what_its_options_give(command: click.Command) -> None:
    """Options stand above a function and its parameters in it: nothing else would say that one of them is missing."""
    assert command.callback is not None
    assert [one.name for one in command.params] == [*inspect.signature(command.callback).parameters]


def test_help_tells_of_each_verb_in_a_whole_sentence() -> None:
    lines = mcqms("--help").stdout.splitlines()
    verbs = [
        line.split()[0] for line in lines if line.startswith("  ") and line.split()[:1] and line.split()[0] in MODULES
    ]
    assert verbs == list(MODULES)
    assert "..." not in "\n".join(lines[1:])
    assert mcqms("-h").stdout.splitlines() == lines


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["chekc"], "Did you mean one of: 'check', 'checks'"),
        (["check", "--profil", "x"], "Did you mean"),
        (["validate"], "Missing argument 'DATA...'"),
        (["validate", "a.ttl"], "Missing option '--shapes'"),
        (["generate", "-o", "x", "--providers", "0"], "0 is not in the range x>=1"),
        (["check", "a.ttl", "--lang", "fr"], "'fr' is not one of 'en', 'id'"),
        (["diff", "d", "one", "2"], "'one' is not a valid integer"),
        (["token"], "Give out, list and revoke tokens"),
    ],
    ids=["verb", "option", "argument", "must", "range", "choice", "number", "group"],
)
def test_a_wrong_word_is_told_with_exit_code_2(tmp_path: Path, arguments: list[str], says: str) -> None:
    done = mcqms(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert not done.stdout and "Traceback" not in done.stderr
