"""What a pack says of itself: every file by its digests, what was checked, by what, and what came of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from mcqms_kg.packing.archive import Member, NoPack

FORMAT, VERSION = "mcqms-pack", "1"
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
DATA, RULEBOOK, REPORT = "data", "rulebook", "report"


@dataclass(frozen=True)
class File:
    """A file of the pack: its digest, and that of the bytes that stand for it in the archive, so that no second packing passes."""

    path: str
    bytes: int
    sha256: str
    stored_sha256: str


@dataclass(frozen=True)
class Document:
    """A document that the data name as evidence, with the digest that they give for it."""

    document: str
    sha256: str
    location: str


@dataclass(frozen=True)
class Manifest:
    """`digest` is the SHA-256 of the data graph in the canonical form of RDFC-1.0; `layout` the version of what lays out the PDF.

    A pack that nobody signed says so here, so that none that was signed becomes one by losing its signature.
    """

    program: str
    engine: str
    layout: str
    framework: str
    profile: str
    as_of: str
    language: str
    rulebook_digest: str
    verdict: str
    findings: int
    statements: int
    digest: str
    evidence: tuple[Document, ...]
    files: tuple[File, ...]
    signed: bool = True

    def named(self, folder: str) -> tuple[File, ...]:
        """The files in a folder of the pack."""
        return tuple(file for file in self.files if file.path.startswith(f"{folder}/"))


def file_of(member: Member, content: bytes) -> File:
    """What the manifest says of a file."""
    return File(member.name, len(content), _sha256(content), _sha256(member.stored))


def agrees(file: File, member: Member) -> bool:
    """Whether the archive holds exactly this file."""
    content = member.content()
    return content is not None and file_of(member, content) == file


def written(manifest: Manifest) -> bytes:
    """The manifest as JSON; there is one way to write it."""
    told = {"format": FORMAT, "format_version": VERSION, **asdict(manifest)}
    if manifest.signed:  # as every pack was before there were others
        del told["signed"]
    return (json.dumps(_camel(told), ensure_ascii=False, indent=2) + "\n").encode()


def read(content: bytes) -> Manifest:
    """The manifest; raises `NoPack` where this is none, is of another version, or is written in another way."""
    try:
        told = json.loads(content)
        if told.pop("format") != FORMAT:
            raise NoPack("manifest")
        if told.pop("formatVersion") != VERSION:
            raise NoPack("other-format")
        lists = {"evidence": Document, "files": File}
        parts = {name: tuple(_record(kind, entry) for entry in told.pop(name)) for name, kind in lists.items()}
        found: Manifest = _record(Manifest, told, signed=told.pop("signed", True) is True, **parts)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise NoPack("manifest") from problem
    if written(found) != content:
        raise NoPack("manifest")
    return found


_NUMBERS = {"bytes", "findings", "statements"}


def _record(kind: type[Any], entry: Mapping[str, Any], **more: Any) -> Any:
    """A record of texts and numbers, each of the kind it must be."""
    values = dict(more)
    for field in fields(kind):
        if field.name not in more:
            values[field.name] = value = entry[_camel_case(field.name)]
            if type(value) is not (int if field.name in _NUMBERS else str):
                raise ValueError(field.name)
    return kind(**values)


def _camel(value: Any) -> Any:
    """The value with names as JSON has them."""
    if isinstance(value, dict):
        return {_camel_case(name): _camel(inner) for name, inner in value.items()}
    return [_camel(inner) for inner in value] if isinstance(value, list | tuple) else value


def _camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def listed(members: Sequence[Member], manifest: Manifest) -> bool:
    """Whether the archive holds what the manifest names, in its order, and nothing else."""
    last = (SIGNATURE,) if manifest.signed else ()
    return [m.name for m in members] == [MANIFEST, *(file.path for file in manifest.files), *last]
