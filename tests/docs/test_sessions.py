"""What the documentation shows is what happens: its sessions are run and their output compared."""

from __future__ import annotations

import doctest
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from docs.pages import LEFT_OUT, ROOT, Block, blocks, commands, difference, name, written_pages
from mcqms_kg import operations, resources
from mcqms_kg.graph import terms
from mcqms_kg.graph.read import read_triples
from mcqms_kg.namespaces import CODE, MC

SLOW = {"README.md", "docs/guides/api.md"}
"""Pages that check whole stories."""
FOLDERS = ("data", "ontology", "queries", "shapes")
RUN = {"console", "pycon"}


def _runs(page: Path) -> bool:
    return any(b.language in RUN for b in blocks(page))


PAGES = [
    pytest.param(page, id=name(page), marks=[pytest.mark.slow] if name(page) in SLOW else [])
    for page in written_pages()
    if _runs(page)
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = tmp_path / "tree"
    _lay_out(tree, own_copy=page.name == "CONTRIBUTING.md")
    monkeypatch.chdir(tree)
    session = Session(tree)
    try:
        for block in blocks(page):
            wrong = session.take(block)
            assert not wrong, f"{name(page)}, {wrong}"
    finally:
        _stop_service(tree / "serve.pid")


def _stop_service(file: Path) -> None:
    """Ends what a page started and, as it went wrong, did not end itself."""
    if file.exists():
        with suppress(ProcessLookupError):
            os.kill(int(file.read_text("ascii")), signal.SIGTERM)


def _lay_out(tree: Path, *, own_copy: bool) -> None:
    """A folder with the shipped folders in reach; a page that changes them gets a copy, with the code and the tests."""
    tree.mkdir()
    for folder in FOLDERS:
        if own_copy:
            shutil.copytree(ROOT / folder, tree / folder)
        else:
            (tree / folder).symlink_to(ROOT / folder, target_is_directory=True)
    if own_copy:
        for folder in ("src", "tests", "docs"):
            shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", tree)


class Session:
    """A reader at work: one folder, one exit code remembered, one Python session."""

    def __init__(self, tree: Path) -> None:
        self.tree = tree
        self.exit_code = 0
        self.names: dict[str, object] = {}

    def take(self, block: Block) -> str:
        """Does what the block says; gives what is wrong, or nothing."""
        if block.language == "turtle" and len(block.info) == 2:
            file = self.tree / block.info[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, "utf-8")
        if block.language == "console":
            return self._console(block)
        if block.language == "pycon":
            return self._python(block)
        return ""

    def _console(self, block: Block) -> str:
        for command in commands(block):
            done = subprocess.run(
                ["bash", "-c", f"(exit {self.exit_code}); {command.text}"],
                cwd=self.tree,
                env=self._environment(),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=300,
                check=False,
            )
            self.exit_code = done.returncode
            wrong = difference(command.prints, done.stdout.splitlines())
            if wrong:
                return f"line {command.line}: {command.text}\n{wrong}"
        return ""

    def _environment(self) -> dict[str, str]:
        """The reader's: our commands first, the tree's own code where it has some, and a terminal of one width."""
        code = self.tree if (self.tree / "src").is_dir() else ROOT
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        return {**os.environ, "PATH": path, "PYTHONPATH": str(code / "src"), "COLUMNS": "100", "NO_COLOR": "1"}

    def _python(self, block: Block) -> str:
        test = doctest.DocTestParser().get_doctest(block.text, self.names, "page", None, block.line)
        for example in test.examples:
            example.want = example.want.replace(LEFT_OUT, "...")
        said: list[str] = []
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
        runner.run(test, out=said.append, clear_globs=False)
        self.names = test.globs
        return "".join(said)


@pytest.mark.parametrize("page", written_pages(), ids=name)
def test_data_on_a_page_uses_terms_that_exist(page: Path, tmp_path: Path) -> None:
    facts = read_triples(resources.framework_fact_files())
    declared = {s for s, _, _ in (*operations.ontology(), *facts)}
    for number, block in enumerate(b for b in blocks(page) if b.language == "turtle"):
        file = tmp_path / f"{number}.ttl"
        file.write_text(block.text, "utf-8")
        used = {t for triple in read_triples([file]) for t in triple[1:] if t.startswith((f"<{MC}", f"<{CODE}"))}
        assert not {terms.short(t) for t in used - declared}, f"{name(page)}, block on line {block.line}"
