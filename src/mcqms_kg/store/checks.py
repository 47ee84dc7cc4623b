"""The checks that a workspace keeps: each a file that is whole or not there, and that says by itself of what it is the check.

A file is three lines of JSON, compressed: what the check is, what it came to in short, and the whole report.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from mcqms_kg.errors import BadValue, Place, UnknownName, WorkspaceError
from mcqms_kg.model import DATASET_NAME, CheckReport, KeptCheck, Outline
from mcqms_kg.settings import MEBIBYTE
from mcqms_kg.store.durable import put, stage
from mcqms_kg.store.workspace import CHECKS

ID = re.compile(r"[0-9a-f]{32}")
PLACE = re.compile(rf"{CHECKS}/{DATASET_NAME.pattern}/{ID.pattern}\.json\.gz")
"""Where a check lies in the workspace's folder."""
_FORMAT = "mcqms check 1"
_ENDING = ".json.gz"
_LONGEST = (64 * 1024, 64 * MEBIBYTE, 2048 * MEBIBYTE)
"""Bytes of each line, uncompressed; a file of ours has no longer ones."""


class Gone(UnknownName):
    """A check that was listed is no longer kept: a newer one has taken its place, or it was removed."""


class _Head(msgspec.Struct):
    """The first line."""

    format: str
    check: KeptCheck


def written(check: KeptCheck, outline: Outline, report: CheckReport) -> bytes:
    """The file of a check. Raises `BadValue` for a text that no file can hold."""
    try:
        lines = [msgspec.json.encode(part) for part in (_Head(_FORMAT, check), outline, report)]
    except UnicodeEncodeError as problem:
        raise BadValue("A text in the report is no Unicode text", remedy="Mend the data.") from problem
    return gzip.compress(b"\n".join(lines) + b"\n", 6, mtime=0)


def keep(folder: Path, check: KeptCheck, content: bytes, most: int) -> Path:
    """Keeps the file of a check in the workspace's folder; it is on the disk when this returns.

    An earlier check that says the same goes, and so do the oldest where there are more than `most` of the dataset under the profile.
    """
    target = _path(folder, check.dataset, check.id)
    target.parent.mkdir(parents=True, exist_ok=True)
    put(stage(iter([content]), target.parent), target, mode=0o600)
    others = [known for known in kept(folder, check.dataset) if known.profile == check.profile and known.id != check.id]
    same = [known for known in others if _says_the_same(known, check)]
    rest = [known for known in others if known not in same]
    for old in (*same, *rest[max(0, most - 1) :]):
        _path(folder, old.dataset, old.id).unlink(missing_ok=True)
    return target


def kept(folder: Path, dataset: str | None = None) -> tuple[KeptCheck, ...]:
    """The checks of a dataset, or of all, the newest first; raises `WorkspaceError` with the file that is not one of ours."""
    found: list[KeptCheck] = []
    for path in _files(folder, dataset):
        with suppress(Gone):
            found.append(_in_place(path))
    return tuple(sorted(found, key=lambda check: (check.at, check.id), reverse=True))


def find(folder: Path, id_: str) -> KeptCheck:
    """The check of that id; raises `UnknownName`."""
    paths = sorted((folder / CHECKS).glob(f"*/{id_}{_ENDING}")) if ID.fullmatch(id_) else []
    if not paths:
        raise UnknownName(f"The workspace keeps no check {id_[:40]!r}", remedy="`mcqms checks` lists them.")
    return _in_place(paths[0])


def file_of(folder: Path, check: KeptCheck) -> Path:
    """Where the file of a check lies."""
    return _path(folder, check.dataset, check.id)


def read_outline(path: Path) -> Outline:
    """What the check in a file came to in short."""
    return _read(path, 1, Outline)


def read_report(path: Path) -> CheckReport:
    """The whole report in a file."""
    return _read(path, 2, CheckReport)


def forget(folder: Path, dataset: str, id_: str) -> None:
    """Removes the check, for good."""
    _path(folder, dataset, id_).unlink(missing_ok=True)


def says(path: Path) -> KeptCheck:
    """What a file is the check of, wherever it lies."""
    return _head(path).check


def _path(folder: Path, dataset: str, id_: str) -> Path:
    if not (DATASET_NAME.fullmatch(dataset) and ID.fullmatch(id_)):
        raise BadValue(f"No check can be kept as {dataset[:70]!r}, {id_[:40]!r}")
    return folder / CHECKS / dataset / f"{id_}{_ENDING}"


def _files(folder: Path, dataset: str | None) -> Iterator[Path]:
    if dataset is not None and not DATASET_NAME.fullmatch(dataset):
        return
    for path in sorted((folder / CHECKS).glob(f"{dataset or '*'}/*{_ENDING}")):
        if not path.name.startswith("."):
            yield path


def _says_the_same(one: KeptCheck, other: KeptCheck) -> bool:
    """Whether both are the check of the same statements by the same rules with the same software."""

    def by(check: KeptCheck) -> tuple[object, ...]:
        return check.version, check.profile, check.as_of, check.rulebook_digest, check.engine, check.software

    return by(one) == by(other)


def _in_place(path: Path) -> KeptCheck:
    check = _head(path).check
    if (path.parent.name, path.name) != (check.dataset, f"{check.id}{_ENDING}"):
        raise _foreign(path, "it lies in another place than it says")
    return check


def _head(path: Path) -> _Head:
    head = _read(path, 0, _Head)
    if head.format != _FORMAT:
        raise _foreign(path, "it is of another format")
    return head


T = TypeVar("T")


def _read(path: Path, line: int, kind: type[T]) -> T:
    try:
        with gzip.open(path) as stream:
            for number in range(line + 1):
                text = stream.readline(_LONGEST[number] + 1)
                if not text.endswith(b"\n"):
                    raise _foreign(path, "it ends early")
        return msgspec.json.decode(text, type=kind)
    except FileNotFoundError as problem:
        raise Gone("The check is no longer kept", remedy="List the checks again.") from problem
    except OSError as problem:
        raise _foreign(path, problem.strerror or str(problem)) from problem  # the whole text would name the folder
    except (EOFError, zlib.error, msgspec.MsgspecError, UnicodeError, RecursionError) as problem:
        raise _foreign(path, str(problem)) from problem


def _foreign(path: Path, why: str) -> WorkspaceError:
    return WorkspaceError(
        f"The kept check cannot be read: {why}",
        place=Place(str(path)),
        remedy="Remove the file and check again, or restore the workspace from a backup.",
    )
