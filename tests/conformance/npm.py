"""Programs from npm that judge us, installed as a lock file of ours says, once for all who ask."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from mcqms_kg.store.lock import locked


def installed(ours: Path, cache: Path, program: str) -> Path:
    """The folder `cache` with what the lock file in `ours` names, and our program beside it."""
    lock = (ours / "package-lock.json").read_bytes()
    cache.mkdir(parents=True, exist_ok=True)
    done = cache / "installed.json"
    with (cache / "lock").open("wb") as stream, locked(stream):
        if not done.is_file() or done.read_bytes() != lock:
            shutil.copy(ours / "package.json", cache)
            (cache / "package-lock.json").write_bytes(lock)
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=cache, check=True, timeout=300)
            done.write_bytes(lock)
        shutil.copy(ours / program, cache)
    return cache
