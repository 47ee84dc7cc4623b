"""Statements that came from a file that is no RDF: N-Triples whose comments say where each of them was read.

The first line says which file it was, further comments before the statements what was not taken over, and a comment behind
a statement gives its place. So a translation can be kept, read as any other file, and still names the cell.

Anybody can write such comments. They are believed only of files that a list beside them vouches for, which is written where this
program itself translates or lays out; in a folder that was handed in such a list is refused.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.graph.digest import sha256
from mcqms_kg.model import Loss, Stated, Term, Translation

LIST = ".mcqms-translations"
"""The list: names of translations in the same folder, each with its SHA-256."""
_HEADER = "# mcqms translation "
_LOSS = "# not taken over "
_BEHIND = ' . # "'


def write_translation(path: Path, translation: Translation, stated: Iterable[Stated]) -> None:
    """Writes the statements and where they come from."""
    header = {"file": translation.file, "sha256": translation.sha256, "standard": translation.standard}
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"{_HEADER}{_json(header)}\n")
        for loss in translation.losses:
            out.write(f"{_LOSS}{_json({'at': loss.at, 'what': dict(loss.what), 'value': loss.value})}\n")
        for said in stated:
            subject, predicate, value = said.triple
            out.write(f"{subject} {predicate} {value} . # {_json(said.at)}\n")


def vouch(path: Path) -> None:
    """Puts a translation on the list beside it."""
    listed = _listed(path.parent) | {path.name: sha256(path)}
    beside = path.with_name(f"{LIST}.{os.getpid()}")
    beside.write_text(json.dumps(listed), "utf-8")
    beside.replace(path.with_name(LIST))


def _listed(folder: Path) -> dict[str, str]:
    try:
        return _object((folder / LIST).read_text("utf-8"))
    except (OSError, ValueError, TypeError):
        return {}


def translation_of(path: Path) -> Translation | None:
    """What a file is a translation of; nothing where it is none, or where nobody vouches for it.

    Raises `UnreadableInput` for a header that was spoilt.
    """
    if path.suffix.lower() != ".nt" or path.name not in (listed := _listed(path.parent)):
        return None
    return claimed(path) if listed[path.name] == sha256(path) else None


def claimed(path: Path) -> Translation | None:
    """What a file says that it is a translation of, true or not."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        first = lines.readline()
        if not first.startswith(_HEADER):
            return None
        try:
            header = _object(first.removeprefix(_HEADER))
            losses = tuple(_loss(line) for line in _while_lost(lines))
            return Translation(str(header["file"]), str(header["sha256"]), str(header["standard"]), losses)
        except (ValueError, KeyError, TypeError) as problem:
            raise UnreadableInput(
                "The comments at the head of this translation are spoilt",
                place=Place(str(path), 1),
                remedy="Import the original again.",
            ) from problem


def translated_statements(path: Path) -> Iterator[tuple[Term, Term, str]]:
    """Subject, predicate and place of every statement of a translation that has a place."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            parts, (_, behind, at) = line.split(None, 2), line.rpartition(_BEHIND)
            if len(parts) == 3 and behind and not line.startswith("#"):
                yield Term(parts[0]), Term(parts[1]), str(json.loads(f'"{at}'))


def _while_lost(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith(_LOSS):
            return
        yield line.removeprefix(_LOSS)


def _loss(line: str) -> Loss:
    found = _object(line)
    return Loss(str(found["at"]), {str(k): str(v) for k, v in found["what"].items()}, str(found["value"]))


def _object(text: str) -> dict[str, Any]:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise TypeError("no object")
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=True)
