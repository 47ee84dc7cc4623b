"""Signed things verified: what a file is decides who looks at it."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.model import Verification
from mcqms_kg.operations.rulebooks import as_date


@dataclass(frozen=True)
class Kind:
    """A kind of file that can be verified: how it is known, and the function that verifies it."""

    name: str
    is_one: Callable[[Path], bool]
    module: str
    function: str


@dataclass(frozen=True)
class Asked:
    """What the verifier brings: the day, and whom they trust, as did:key or files that name such keys."""

    as_of: dt.date
    trust: tuple[str, ...] = ()


def _is_pack(path: Path) -> bool:
    """Anything that is nearly a zip counts: what is wrong with it is for the verifier to say."""
    with path.open("rb") as stream:
        head = stream.read(4)
    return head[:2] == b"PK" or path.suffix.lower() == ".zip" or zipfile.is_zipfile(path)


KINDS: tuple[Kind, ...] = (Kind("pack", _is_pack, "mcqms_kg.operations.verified_packs", "verify_pack"),)


def verify(
    path: Path | str, *, trust: Sequence[Path | str] = (), as_of: dt.date | str | None = None
) -> Verification:
    """Whether a signed file is good, point by point; what could not be checked is told apart from what failed.

    `trust` names keys, as did:key, or files with such keys in them. Raises `UnreadableInput` for a file that is of no known kind.
    """
    path = Path(path)
    if not path.is_file():
        raise UnreadableInput("There is no such file", place=Place(str(path)), remedy="Check the name.")
    asked = Asked(as_date(as_of), tuple(map(str, trust)))
    for kind in KINDS:
        if kind.is_one(path):
            found: Verification = getattr(import_module(kind.module), kind.function)(path, asked)
            return found
    known = ", ".join(kind.name for kind in KINDS)
    raise UnreadableInput("The file is nothing that can be verified", place=Place(str(path)), remedy=f"Known: {known}.")
