"""The names that files have in a pack: safe on every system, and the same wherever the files lie."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

_UNSAFE = re.compile(r"[^\w.()@+ -]")
_LONGEST = 150


def names_for(folder: str, paths: Sequence[Path]) -> list[tuple[str, Path]]:
    """Each file once, with its name below a folder of the pack, in the order of the names.

    What the files' folders have in common is left out. A second file of the same name gets a number.
    """
    absolute = sorted({Path(os.path.abspath(path)) for path in paths})  # noqa: PTH100  # links stay what they are called
    if not absolute:
        return []
    common = os.path.commonpath([path.parent for path in absolute])
    found: dict[str, Path] = {}
    taken: set[str] = set()
    for path in absolute:
        *above, last = map(_safe, path.relative_to(common).parts)
        name, number = "/".join((folder, *above, last)), 2
        while name.casefold() in taken:
            name, number = "/".join((folder, *above, f"{number}-{last}")), number + 1
        taken.add(name.casefold())
        found[name] = path
    return sorted(found.items())


def _safe(part: str) -> str:
    return _UNSAFE.sub("_", part).strip(" .")[-_LONGEST:].strip(" .") or "_"
