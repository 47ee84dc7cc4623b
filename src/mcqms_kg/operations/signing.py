"""Keys, signed badges and the lists of those that were taken back."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.errors import BadValue, Place, UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.interop.openbadges.baking import baked
from mcqms_kg.interop.openbadges.register import Register, new_register, read_register
from mcqms_kg.interop.signing import keys
from mcqms_kg.model import Loss
from mcqms_kg.namespaces import MC
from mcqms_kg.operations.inputs import files_of
from mcqms_kg.operations.rulebooks import as_date, background
from mcqms_kg.operations.workspaces import Where
from mcqms_kg.settings import Settings
from mcqms_kg.store.lock import locked

if TYPE_CHECKING:
    from mcqms_kg.interop.signing.did_key import PublicKey


@dataclass(frozen=True)
class Badge:
    """A signed badge, what it does not carry, and the register with the place of the award where there is one."""

    content: bytes
    losses: tuple[Loss, ...]
    register: Register | None = None


def new_key(path: Path | str, kind: str = "Ed25519") -> PublicKey:
    """Makes a private key, `Ed25519` or `P-256`, in a new file that only its owner can read, and gives its public part."""
    return keys.new_key(Path(path), kind)


def public_key(path: Path | str) -> PublicKey:
    """The public part of the key in a file."""
    return keys.load_key(Path(path)).public


def sign(
    award: str,
    key: Path | str,
    paths: Iterable[Path | str] = (),
    *,
    dataset: str | None = None,
    version: int | None = None,
    workspace: Where = None,
    language: str = "en",
    created: dt.datetime | None = None,
    jwt: bool = False,
    image: Path | str | None = None,
    register: Register | None = None,
    read_as: str | None = None,
) -> Badge:
    """The award as a badge that the key has signed: JSON with a proof, or a JWT, baked into an image where one is given.

    The data are files, or a dataset of a workspace, as for `check`. With a register of status lists the badge can be taken back later.
    """
    from mcqms_kg.interop.openbadges import signing

    signer, named = keys.load_key(Path(key)), terms.expand(award)
    if named is None:
        raise BadValue(f"{award!r} is no IRI", remedy="Name the award by its IRI.")
    graph = _graph(paths, dataset, version, workspace, read_as)
    if not graph.objects(named, terms.iri(MC + "awardsCredential")):
        raise UnknownName(f"The data knows no award {named}", remedy="Name an award by its IRI.")
    kept = register.with_award(terms.iri_text(named)) if register else None
    text, losses = signing.badge(graph, named, signer, created or dt.datetime.now(dt.UTC), language, kept, jwt)
    if image is None:
        return Badge(text.encode() + b"\n", losses, kept)
    return Badge(baked(Path(image).read_bytes(), text, str(image)), losses, kept)


def sign_lists(
    register: Register,
    key: Path | str,
    paths: Iterable[Path | str] = (),
    *,
    dataset: str | None = None,
    version: int | None = None,
    workspace: Where = None,
    as_of: dt.date | str | None = None,
    created: dt.datetime | None = None,
    jwt: bool = False,
    read_as: str | None = None,
) -> Mapping[str, bytes]:
    """The signed status lists of a register by file name: which of its awards are revoked or suspended on the day, by the data."""
    from mcqms_kg.interop.openbadges import signing

    signer = keys.load_key(Path(key))
    graph = _graph(paths, dataset, version, workspace, read_as)
    found = signing.status_lists(graph, register, signer, created or dt.datetime.now(dt.UTC), as_date(as_of), jwt)
    ending = "jwt" if jwt else "json"
    return {f"{purpose}.{ending}": text.encode() + b"\n" for purpose, text in found.items()}


def status_register(path: Path | str, base: str | None = None, *, suspension: bool = False) -> Register:
    """The register in a file; a new one, of lists under `base`, where there is no such file, with one for
    suspensions too where that is asked for."""
    file = Path(path)
    if file.exists():
        found = read_register(file, Settings.from_environment())
        if base not in (None, found.base):
            raise BadValue(f"The lists of this register stand under {found.base}", remedy="Leave the base out.")
        return found
    if base is None:
        raise BadValue("There is no register yet", remedy="Say with --base where its lists will stand on the web.")
    return new_register(base, suspension)


@contextmanager
def register_held(path: Path | str) -> Iterator[None]:
    """Nobody else signs with a register in the same folder meanwhile: whoever reads it here writes it before anybody else reads it."""
    try:
        folder = os.open(Path(path).absolute().parent, os.O_RDONLY)
    except OSError as problem:
        raise BadValue(
            f"The folder of the register cannot be opened: {problem.strerror}",
            place=Place(str(path)),
            remedy="Make it.",
        ) from problem
    try:
        with locked(folder):
            yield
    finally:
        os.close(folder)


def _graph(
    paths: Iterable[Path | str], dataset: str | None, version: int | None, workspace: Where, read_as: str | None
) -> GraphIndex:
    with files_of(tuple(paths), dataset, version, workspace, read_as) as files:
        return GraphIndex((*background(), *read_submitted(files).triples))
