"""Folders as the RDF files in them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mcqms_kg.errors import EmptyInput, Place, UnreadableInput
from mcqms_kg.graph.read import FORMATS


def expand_folders(paths: Iterable[Path | str]) -> tuple[Path, ...]:
    """Files as given; a folder stands for the RDF files in it and below, by name.

    Raises `EmptyInput` for a folder without any, and `UnreadableInput` for one with a link that leads out of it: whoever
    made the folder would choose what is read on this machine.
    """
    found: list[Path] = []
    for path in map(Path, paths):
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in FORMATS) if path.is_dir() else [path]
        if not inside:
            raise EmptyInput(
                "The folder holds no RDF file", place=Place(str(path)), remedy=f"Known endings: {' '.join(FORMATS)}."
            )
        for file in inside if path.is_dir() else ():
            _refuse_leading_out(file, path)
        found += inside
    return tuple(found)


def _refuse_leading_out(file: Path, folder: Path) -> None:
    if not file.resolve().is_relative_to(folder.resolve()):
        raise UnreadableInput(
            "The file is a link that leads out of the folder",
            place=Place(str(file)),
            remedy="Put the file itself there.",
        )
