"""Whether a file can be believed: each kind of file that can be verified, in one table."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mcqms_kg.errors import BadValue, Place, UnreadableInput
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.interop.standards import looks_like
from mcqms_kg.model import Verification
from mcqms_kg.operations.inputs import files_of
from mcqms_kg.operations.rulebooks import as_date
from mcqms_kg.operations.trust import VerificationBasis
from mcqms_kg.operations.workspaces import Where
from mcqms_kg.settings import MEBIBYTE, Settings


@dataclass(frozen=True)
class Kind:
    """A kind of file that can be verified, how it is known, and what verifies it; `called` is what it is called in the answer."""

    name: str
    fits: Callable[[Path], bool]
    verify: Callable[[Path, str, VerificationBasis], Verification]


def verify(
    path: Path | str,
    *,
    as_of: dt.date | str | None = None,
    trust: Iterable[Path | str] = (),
    lists: Iterable[Path | str] = (),
    data: Iterable[Path | str] = (),
    dataset: str | None = None,
    workspace: Where = None,
    contexts: Mapping[str, Path | str] | None = None,
    called: str = "",
) -> Verification:
    """Whether the file can be believed, point by point; nothing is fetched.

    For a badge `trust` are lists of known issuers, `lists` are status lists, and the organisations of `data`, or of a dataset, are known
    as issuers too; `contexts` are files with JSON-LD contexts that are not shipped, by their URL. For an audit pack `trust` names keys:
    a did:key, or a file in which some stand.
    Raises `UnreadableInput` for a file that is of no kind that can be verified, or cannot be read.
    """
    file, given = Path(path), tuple(data)
    if not file.is_file():
        raise UnreadableInput("There is no such file", place=Place(called or str(path)), remedy="Check the name.")
    graph = None
    if given or dataset:
        with files_of(given, dataset, None, workspace, None) as told:
            graph = GraphIndex(read_submitted(told).triples)
    files = {url: Path(path) for url, path in (contexts or {}).items()}
    asked = VerificationBasis(as_date(as_of), tuple(map(Path, trust)), tuple(map(Path, lists)), graph, files)
    for kind in KINDS:
        if kind.fits(file):
            return kind.verify(file, called or str(path), asked)
    known = ", ".join(kind.name for kind in KINDS)
    raise UnreadableInput(
        "This is nothing that can be verified", place=Place(called or str(path)), remedy=f"Give one of: {known}."
    )


def _is_badge(path: Path) -> bool:
    return any(standard.name == "openbadges" for standard in looks_like(path))


def _is_credential(path: Path) -> bool:
    """Whether it speaks of being a verifiable credential, whatever else it looks like; European ones are sealed in another way."""
    if any(standard.name == "elm" for standard in looks_like(path)):
        raise UnreadableInput(
            "The seal of a European Digital Credential is not verified here",
            place=Place(str(path)),
            remedy="Open it in the viewer of Europass; `mcqms import` reads what it says.",
        )
    with path.open("rb") as stream:
        return b'"VerifiableCredential"' in stream.read(MEBIBYTE)


def _badge(path: Path, called: str, asked: VerificationBasis) -> Verification:
    from mcqms_kg.interop.openbadges import verifying
    from mcqms_kg.interop.signing.given_contexts import read_contexts
    from mcqms_kg.interop.signing.trust import Trust, known_in, read_trust

    settings = Settings.from_environment()
    issuers = dict(known_in(asked.data)) if asked.data else {}
    listed: set[str] = set()
    for file in asked.trust:
        found = read_trust(file, settings)
        if twice := listed & found.keys():
            raise BadValue(f"The issuer {min(twice)!r} stands in two trust lists", remedy="Name it in one of them.")
        listed |= found.keys()
        issuers |= found
    known = Trust(issuers, bool(asked.trust or asked.data), read_contexts(asked.contexts, settings))
    return verifying.verify(path, called, asked.as_of, known, asked.lists, settings)


def _is_pack(path: Path) -> bool:
    """Whatever is nearly a zip counts: what is wrong with it is for the verification to say."""
    if path.suffix.lower() == ".zip":
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(2) == b"PK" or zipfile.is_zipfile(path)
    except OSError as problem:
        raise UnreadableInput(f"The file cannot be read: {problem.strerror}", place=Place(str(path))) from problem


def _pack(path: Path, called: str, asked: VerificationBasis) -> Verification:
    from mcqms_kg.operations.verified_packs import verify_pack

    return verify_pack(path, called, asked)


KINDS: tuple[Kind, ...] = (
    Kind("an audit pack", _is_pack, _pack),
    Kind("a badge (Open Badges)", _is_badge, _badge),
    Kind("a verifiable credential", _is_credential, _badge),
)
"""The kinds of file that can be verified."""
