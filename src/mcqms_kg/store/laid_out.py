"""The kept files of a version under their own names, so that a check reads them, and its places name them, as files."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from mcqms_kg.model import Version
from mcqms_kg.store.export import below, originals
from mcqms_kg.store.workspace import Workspace


def lay_out(workspace: Workspace, version: Version) -> tuple[Path, ...]:
    """The files as `files/<dataset>/<number>/<name>` in the workspace, made anew from the kept bytes each time."""
    folder = workspace.folder / "files" / version.dataset / str(version.number)
    shutil.rmtree(folder, ignore_errors=True)
    laid = []
    for name, kept in originals(workspace, version).items():
        target = below(folder, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        _link(kept, target)
        laid.append(target)
    return tuple(laid)


def _link(kept: Path, target: Path) -> None:
    """A hard link, or a copy where the disk has none."""
    try:
        os.link(kept, target)
    except OSError:
        shutil.copyfile(kept, target)
