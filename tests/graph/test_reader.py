"""The reader in C: built where there is a compiler, and of one mind with the reader in SQL about every file, good or bad."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.test_lines_agree import lines
from mcqms_kg.errors import BadValue, Cancelled, McqmsError, UnreadableInput
from mcqms_kg.graph.columns import reader
from mcqms_kg.graph.columns.cancel import Cancel
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.tags import SHIFT, TAGS
from mcqms_kg.model import Term

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = int(os.environ.get("MCQMS_DIFFERENTIAL_EXAMPLES", "100"))
GOOD = "<http://e/a> <http://e/p> <http://e/b> .\n"
LONG = "".join(f'<http://e/{n % 700}> <http://e/p{n % 7}> "é {n % 5000}"@en-gb .\n' for n in range(30_000))
Seen = tuple[Any, Any]
"""Statements and terms, or what is wrong and where."""

needs_compiler = pytest.mark.skipif(not shutil.which("cc"), reason="no C compiler: the package goes without the reader")


@pytest.fixture(scope="module", autouse=True)
def built() -> ModuleType:
    """The build hook, by which the reader is built from the sources as they are now."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    if shutil.which("cc"):
        assert hook.build_reader() == ""
        reader._library.cache_clear()
        assert reader.is_built()
    return hook


def seen(paths: list[Path], way: str, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Statements and terms as they stand in the columns, or what the error says."""
    monkeypatch.setenv(reader.SETTING, way)
    try:
        with Columns.load_files(paths) as loaded:
            terms = loaded.connection.execute(
                "SELECT id, text FROM term WHERE id IN (SELECT unnest([s, p, o]) FROM triple)"
            )
            return sorted(loaded.triples()), sorted(terms.fetchall())
    except UnreadableInput as problem:
        return problem.what, problem.place


@needs_compiler
@pytest.mark.parametrize("ending", [".nt", ".nq"])
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), derandomize=True)
@example(given=[[GOOD.strip() + "\r", GOOD.strip()]], last="")
@example(given=[["\ufeff" + GOOD.strip()]], last="\n")
@example(given=[[GOOD.strip(), '<http://e/a> <http://e/p> "\udcff" .']], last="\n")
@example(given=[[GOOD.strip() + "\r" + GOOD.strip()]], last="\n")
@example(given=[["_xb <http://e/p> _:b .", "_:b <http://e/p> _:b ."], ["_:b <http://e/p> _: ."]], last="\n")
@example(given=[['<http://e/a> <http://e/p> "x"@\u212a-A .']], last="\n")
@example(given=[[GOOD.strip(), "<http://e/a>  <http://e/p> <http://e/b> .", "<http://e/a> "]], last="")
@example(given=[["_:b <http://e/p> _:b .", "_:b <http://e/p> _:c ."], ["_:b <http://e/q> _:b ."]], last="\n")
@example(given=[['"s" <http://e/p> <http://e/b> .', '"s" <http://e/p> <http://e/c> .', GOOD.strip()]], last="\n")
@example(given=[[GOOD.strip(), "<http://e/a> _:p <http://e/b> .", "<http://e/a> _:p <http://e/c> ."]], last="\n")
@example(given=[["\ufffe <http://e/p> <http://e/b> .", "\ufffe <http://e/p> <http://e/b> .", GOOD.strip()]], last="\n")
@example(
    given=[['<http://e/a> <http://e/p> "x"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> .']], last="\n"
)
@given(
    given=st.lists(st.lists(lines(), max_size=5), min_size=1, max_size=2),
    last=st.sampled_from(["\n", "", "\r\n", "\n\n"]),
)
def test_both_readers_say_the_same(ending: str, given: list[list[str]], last: str) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as monkeypatch:
        paths = [Path(folder) / f"data{number}{ending}" for number in range(len(given))]
        for path, written in zip(paths, given, strict=True):
            path.write_bytes(("\n".join(written) + last).encode(errors="surrogateescape"))
        assert seen(paths, "compiled", monkeypatch) == seen(paths, "sql", monkeypatch)


@needs_compiler
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (GOOD * 3 + '<http://e/a> <http://e/p> "x"@ .\n' + GOOD, 4, None),
        (LONG + "<http://e/a> <http://e/ p> 1 .\n", 30_001, None),
        (GOOD + '"s" <http://e/p> "x" .\n', 2, None),
    ],
)
def test_bad_lines_are_told_by_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, column: None
) -> None:
    path = tmp_path / "data.nt"
    path.write_text(text, "utf-8")
    what, place = seen([path], "compiled", monkeypatch)
    assert (what, place) == seen([path], "sql", monkeypatch)
    assert place.line == line and place.column is not column


@needs_compiler
def test_long_files_and_other_syntaxes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nt, ttl, nq = tmp_path / "a.nt", tmp_path / "b.ttl", tmp_path / "c.nq"
    nt.write_text(LONG + GOOD, "utf-8")
    ttl.write_text('@prefix : <http://e/> . :1 :p1 "é 1"@EN-GB, [], "x\\u0001\\n" . :a.b :p 01, 1.0e0 .', "utf-8")
    nq.write_text(
        "".join(line[:-2] + f"<http://e/g{len(line) % 3}> .\n" for line in LONG.splitlines(keepends=True)[:900]),
        "utf-8",
    )
    found = seen([nt, ttl, nq], "compiled", monkeypatch)
    assert found == seen([nt, ttl, nq], "sql", monkeypatch)
    assert len(found[0]) > 20_000


@needs_compiler
@pytest.mark.parametrize("size", [60_000, 70_000, 600_000, 3_000_000])
def test_lines_that_are_longer_than_a_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """A thread reads on by half a mebibyte; what is left of a line lies before the next piece, or is put together apart."""
    path = tmp_path / "a.nt"
    many = max(3, 1_500_000 // size)
    long = "".join(f'<http://e/a> <http://e/p> "{str(n) * (size // len(str(n)))}" .\n{GOOD}' for n in range(many))
    for text in (LONG[: LONG.index("\n", 600_000) + 1] + long + LONG[:90_000] + "z", long + LONG + GOOD.rstrip()):
        path.write_text(text, "utf-8")
        with reader.Reader() as one:
            assert one.read(path, "") == [text.rpartition("\n")[2]] * text.endswith(
                "z"
            )  # else SQL would hide what it lost
        found = seen([path], "compiled", monkeypatch)
        assert found == seen([path], "sql", monkeypatch)
    assert len(found[0]) > 20_000


@needs_compiler
@pytest.mark.parametrize(
    ("ending", "text"),
    [
        (
            ".ttl",
            "@prefix : <http://e/> . _:x :p _:y, [ :q ( 1 [] ) ] . _:y :p _:x, _:b0 . _:b0 :p _:b0, << :a :p :b >> .",
        ),
        (".ttl", "@prefix : <http://e/> . :a :p :b . :a :p <<( :a :p :b )>> ."),
        (".ttl", "@prefix : <http://e/> . :a :p :b . :a :p ."),
        (".ttl", "<http://e/a> <http://e/p> <b> ."),
        (
            ".rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"><rdf:Description>'
            '<e:p rdf:parseType="Resource"><e:q>x</e:q></e:p></rdf:Description></rdf:RDF>',
        ),
        (".rdf", '<!DOCTYPE x [<!ENTITY y "z">]><x/>'),
    ],
)
def test_other_syntaxes_are_read_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, text: str) -> None:
    """Blank nodes are named by their first appearance in either way, and what is wrong is told alike."""
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    for path in (first, second):
        path.write_text(text, "utf-8")
    assert seen([first, second], "compiled", monkeypatch) == seen([first, second], "sql", monkeypatch)


@needs_compiler
def test_statements_lie_in_the_order_of_predicates_and_once_each(tmp_path: Path) -> None:
    path = tmp_path / "data.nt"
    path.write_text(LONG * 2, "utf-8")
    with reader.Reader() as one:
        assert one.read(path, "") == []
        texts = one.texts()
        assert len(set(texts)) == len(texts)
        numbers = [-(place**2 % 1009) * 100_000 - place for place in range(len(texts))]
        settled = one.settle((ctypes.c_int64 * len(numbers))(*numbers))
    named = dict(zip(numbers, texts, strict=True))
    count, predicates = settled.statements, settled.predicates[: settled.different_predicates]
    begins = [*settled.begins[: len(predicates)], count]
    runs = zip(predicates, begins, begins[1:], strict=False)
    p = [predicate for predicate, begin, end in runs for _ in range(begin, end)]
    rows = list(zip(settled.s[:count], p, settled.o[:count], strict=True))
    assert predicates == sorted(predicates) and count == one_each(LONG) and settled.are_apart
    assert [(p, s) for s, p, _ in rows] == sorted((p, s) for s, p, _ in rows)
    assert {f"{named[s]} {named[p]} {named[o]} ." for s, p, o in rows} == set(LONG.splitlines())
    assert [*settled.sorted] == sorted(numbers) == [numbers[term] for term in settled.order]


@needs_compiler
def test_subjects_and_predicates_that_come_again_are_known_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of one length that differ in one place, in rows and in turn, with lines in between that the parser must read."""
    names = [f"<http://e/{'x' * n}{sign}{'y' * (9 - n)}>" for n in range(10) for sign in "ab"]
    rows = [f"{s} {p} {o} .\n" for s in names for p in names[::-1] for o in names[:3]]
    rows += [row.replace("\n", " # for the parser\n") for row in rows[:40]]
    rows += [f"{s} {p} _:b .\n" for s, p in zip(names, names[3:], strict=False)]
    path = tmp_path / "data.nt"
    path.write_text("".join(rows + rows[::-1]), "utf-8")
    found = seen([path], "compiled", monkeypatch)
    assert found == seen([path], "sql", monkeypatch)
    assert len(found[0]) == len(names) ** 2 * 3 + len(names) - 3


def one_each(text: str) -> int:
    return len(set(text.splitlines()))


@needs_compiler
def test_a_run_can_be_cancelled_while_it_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, cancel = tmp_path / "data.nt", Cancel()
    path.write_text(GOOD, "utf-8")

    def read(_self: reader.Reader, _path: Path, _prefix: str, check: Callable[[], None], **_: bool) -> None:
        cancel.cancel()
        check()

    monkeypatch.setattr(reader.Reader, "read", read)
    with pytest.raises(Cancelled):
        Columns.load_files([path], cancel=cancel)


def test_without_it_files_are_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "data.nt"
    path.write_text(LONG, "utf-8")
    monkeypatch.setattr(reader, "_LIBRARY", tmp_path / "absent.so")
    reader._library.cache_clear()
    try:
        with Columns.load_files([path]) as loaded:
            assert len(list(loaded.triples())) == one_each(LONG)
            assert {number >> SHIFT for (number,) in loaded.connection.execute("SELECT o FROM triple").fetchall()} == {
                3
            }
        monkeypatch.setenv(reader.SETTING, "compiled")
        with pytest.raises(McqmsError, match="reader is absent"):
            Columns.load_files([path])
    finally:
        reader._library.cache_clear()


def test_an_unknown_way_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(reader.SETTING, "quick")
    with pytest.raises(BadValue, match="compiled, sql"):
        Columns.load([])


def test_no_compiler_is_said_by_name(tmp_path: Path, built: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CC", "no-such-compiler -x")
    assert built.compile_reader(tmp_path / "_reader.so", "") == "There is no C compiler no-such-compiler -x."
    assert not (tmp_path / "_reader.so").exists()


@needs_compiler
def test_no_access_out_of_bounds(tmp_path: Path, built: ModuleType) -> None:
    """Thousands of hostile files, read by a reader that the compiler has told to check every access."""
    library = tmp_path / "_reader.so"
    checks = (
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover=all",
        "-g",
        "-DCHECKED",
        "-DPIECE=(size_t)50",
        "-DBEFORE=(size_t)60",
        "-Wall",
        "-Wextra",
        "-Werror",
    )
    if why := built.compile_reader(library, "", *checks):
        pytest.skip(f"the compiler cannot check accesses: {why}")
    preloaded = subprocess.run(
        ["cc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=True
    ).stdout.strip()
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "graph" / "reading.py", library, "300", "1"],
        env={**os.environ, "LD_PRELOAD": preloaded, "ASAN_OPTIONS": "detect_leaks=0"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "whole\n"), done.stderr[-3000:]


@needs_compiler
@settings(max_examples=EXAMPLES, derandomize=True)
@given(
    bodies=st.lists(st.text(st.characters(exclude_characters='"\\\n\r', exclude_categories=["Cs", "Cc"])), max_size=9)
)
def test_numbers_are_those_that_sql_gives(bodies: list[str]) -> None:
    """Every length up to several blocks of the hash, every tag."""
    endings = ["", "@en", "^^<http://e/t>", "^^<http://www.w3.org/2001/XMLSchema#integerish>"]
    tagged = [f'"{"x" * number}"{ending}' for number in range(40) for ending in endings]
    typed = [f'"{body}"^^<{iri}>' for iri in TAGS for body in ("", "1", *bodies) if not iri.endswith("langString")]
    names = [f"<http://e/{body}>" for body in bodies] + [f"_:b{'x' * number}" for number in range(20)]
    given = [Term(text) for text in dict.fromkeys((*tagged, *typed, *names))]
    with Columns() as columns:
        assert columns.numbers_of(given) == {term: reader.number_of(term) for term in given}
