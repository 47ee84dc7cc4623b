"""Other people's formats as datasets: read whole, kept as they came, and written as statements beside."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.errors import BadValue, Place, UnreadableInput
from mcqms_kg.interop.esco import reading as esco
from mcqms_kg.model import Version
from mcqms_kg.operations.workspaces import Where, at_hand, now, user
from mcqms_kg.settings import Settings
from mcqms_kg.store import versions
from mcqms_kg.store.shipped import SHIPPED
from mcqms_kg.store.versions import OPERATOR


@dataclass(frozen=True)
class Imported:
    """The version that was made, how much of each kind it holds, and what was odd and kept."""

    version: Version
    counts: Mapping[str, int]
    notes: tuple[str, ...]


def import_esco(
    archive: Path | str,
    dataset: str = "esco",
    *,
    release: str = "1.1.1",
    title: str = "",
    private: bool | None = None,
    by: str | None = None,
    at: dt.datetime | None = None,
    role: str = OPERATOR,
    workspace: Where = None,
) -> Imported:
    """Keeps ESCO, as its CSV archive of one language, as a new version of a dataset: the archive, and its statements beside it.

    Everything that the release holds must be there; `release="any"` takes as much as comes. Raises `UnreadableInput` with file, row
    and column where the archive is not whole, and then nothing is kept.
    """
    if dataset == SHIPPED:
        raise BadValue(f"{SHIPPED!r} is the dataset of the package itself", remedy="Choose another name.")
    given, read = Path(archive), esco.Read()
    with at_hand(workspace) as opened, tempfile.TemporaryDirectory(dir=opened.folder / "incoming") as folder:
        copy = _copied(given, Path(folder))
        statements = Path(folder) / "esco.nt"
        with statements.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(f"{s} {p} {o} .\n" for s, p, o in esco.statements(copy, read, release, str(given)))
        submission = versions.Submission(
            dataset,
            {statements.name: statements},
            title or f"ESCO {release}".removesuffix(" any"),
            by or user(),
            at or now(),
            private,
            role,
            made_from={given.name: copy},
        )
        made = versions.hand_in(opened, submission, Settings.from_environment())
    return Imported(made, dict(read.rows), read.notes)


def _copied(given: Path, folder: Path) -> Path:
    """A copy of the archive, so that what is read is what is kept."""
    if not given.is_file() or given.suffix.lower() != ".zip":
        raise UnreadableInput(
            "There is no ZIP archive of that name", place=Place(str(given)), remedy="Name the ESCO download."
        )
    try:
        return Path(shutil.copyfile(given, folder / given.name))
    except OSError as problem:
        raise UnreadableInput(
            f"The archive cannot be read: {problem.strerror}", place=Place(str(given)), remedy="Check the name."
        ) from problem
