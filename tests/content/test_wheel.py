"""The built wheel stands alone: in an empty folder it finds its ontology, rulebook, queries and stories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.util import cache_from_source
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FROM_NPM = ("vendor/cytoscape.js", "vendor/yasqe.js", "vendor/yasqe.css", "contexts/index.json", "THIRD-PARTY.txt")
FIND = """
import mcqms_kg
from mcqms_kg import resources
print(mcqms_kg.__file__)
print(resources.root())
print(len(resources.ontology_files()), len(resources.shape_files("mcqms")), len(resources.story_folders()))
print(len(list((resources.root() / "queries").rglob("*.rq"))))
print(len(resources.context_files()) + len(resources.web_files()))
"""


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


READER = "mcqms_kg/graph/columns/_reader.so"


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As a clean clone: what git knows alone, so that nothing comes from an earlier build."""
    source = tmp_path_factory.mktemp("source")
    for name in run("git", "ls-files", "-z", "-co", "--exclude-standard", cwd=ROOT).split("\0"):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, source / name)
    return source


@pytest.fixture(scope="session")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(source, tmp_path_factory.mktemp("wheel"))


def built(source: Path, folder: Path, **environment: str) -> Path:
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, cwd=source, **environment)
    return next(folder.glob("*.whl"))


@pytest.mark.skipif(not shutil.which("cc"), reason="no C compiler")
def test_the_wheel_has_the_reader_in_c_where_there_is_a_compiler(source: Path, wheel: Path, tmp_path: Path) -> None:
    assert READER in zipfile.ZipFile(wheel).namelist()
    assert wheel.name.split("-", 2)[2].startswith("py3-none-") and not wheel.name.endswith("any.whl")
    (source / "src" / READER).unlink()
    without = built(source, tmp_path, CC="no-such-compiler")
    assert READER not in zipfile.ZipFile(without).namelist()
    assert without.name.endswith("py3-none-any.whl")


def test_the_wheel_holds_what_the_program_needs_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(n.endswith("_shipped/ontology/credential.ttl") for n in names)
    assert any(n.endswith("report/templates/report.html.jinja") for n in names)
    assert any("licenses/LICENSE" in n for n in names)
    assert {f"mcqms_kg/_web/{n}" for n in FROM_NPM} <= set(names)
    assert not [n for n in names if n.startswith(("tests", "docs", "bench")) or "__pycache__" in n]


def test_an_editable_install_comes_with_bytecode(source: Path, wheel: Path) -> None:
    """Where Python may write none itself, each start would compile more than a hundred modules."""
    hook = (
        "from hatch_build import Web; Web('.', {}, None, None, '', 'wheel').initialize('editable', {'artifacts': []})"
    )
    run(sys.executable, "-c", hook, cwd=source, PYTHONDONTWRITEBYTECODE="1")
    modules = [*source.glob("src/mcqms_kg/**/*.py")]
    assert not [path for path in modules if not Path(cache_from_source(str(path))).is_file()]
    assert modules and wheel.is_file()


@pytest.mark.slow
def test_installed_in_an_empty_folder_it_does_the_main_job(wheel: Path, tmp_path: Path) -> None:
    python = tmp_path / "venv" / "bin" / "python"
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel, cwd=tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    file, root, counts, queries, from_npm = run(python, "-c", FIND, cwd=empty).splitlines()
    assert Path(file).is_relative_to(tmp_path)
    assert Path(root).is_relative_to(tmp_path)
    assert all(int(count) > 2 for count in counts.split())
    assert int(queries) >= 4
    assert int(from_npm) > 10
    story = Path(root) / "data" / "polytechnic-networks"
    command = (tmp_path / "venv" / "bin" / "mcqms", "check", story, "-p", "mcqms-vocational", "--as-of", "2026-06-30")
    assert "conformant" in run(*command, "-o", "report.html", cwd=empty)
    assert (empty / "report.html").stat().st_size > 10_000
