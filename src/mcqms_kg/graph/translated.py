"""Statements that came from a file that is no RDF: N-Triples whose comments say where each of them was read.

The first line says which file it was, further comments before the statements what was not taken over, and a comment behind
a statement gives its place. So a translation can be kept, read as any other file, and still names the cell.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.model import Loss, Stated, Term, Translation

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


def translation_of(path: Path) -> Translation | None:
    """What a file is a translation of; nothing where it is none. Raises `UnreadableInput` for a header that was spoilt."""
    if path.suffix.lower() != ".nt":
        return None
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
