"""Audit packs: data, rulebook, report and signature in one file, and whether they agree."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import mcqms_kg
from mcqms_kg import resources
from mcqms_kg.errors import Place, UnreadableInput, Unsupported
from mcqms_kg.graph.canonical import canonical_digest
from mcqms_kg.graph.submitted import read_submitted
from mcqms_kg.interop.signing.did_key import ED25519
from mcqms_kg.interop.signing.keys import SigningKey, load_key
from mcqms_kg.interop.signing.multibase import base58
from mcqms_kg.model import CheckReport
from mcqms_kg.operations.checking import checked, recorded
from mcqms_kg.operations.defaults import DEFAULT_ENGINE, DEFAULT_PROFILE
from mcqms_kg.operations.inputs import chosen_files
from mcqms_kg.operations.relabelled import relabelled
from mcqms_kg.operations.rulebooks import as_date
from mcqms_kg.operations.translating import given, readable
from mcqms_kg.operations.workspaces import Where
from mcqms_kg.packing import manifest as manifests
from mcqms_kg.packing import signature as signatures
from mcqms_kg.packing.archive import Member, member, write_archive
from mcqms_kg.packing.manifest import DATA, MANIFEST, REPORT, RULEBOOK, SIGNATURE, Document, File, Manifest
from mcqms_kg.packing.names import names_for
from mcqms_kg.report import FORMATS
from mcqms_kg.report.words import slug
from mcqms_kg.rules.catalogue import register_files

FORMS = ("turtle", "json", "html", "pdf")
"""The forms of the report in a pack."""


def pack(
    paths: Iterable[Path | str],
    key: Path | str | None = None,
    *,
    dataset: str | None = None,
    version: int | None = None,
    workspace: Where = None,
    profile: str = DEFAULT_PROFILE,
    as_of: dt.date | str | None = None,
    engine: str = DEFAULT_ENGINE,
    language: str = "en",
) -> tuple[bytes, Manifest]:
    """The pack of a check: the files as they are, the rulebook that judged them, the report, their digests, and a signature.

    `paths` are files or folders, or else `dataset` names what a workspace holds. `key` is the file of an Ed25519 key; without one
    nobody signs, and the pack says so.
    The same files, rulebook, date and key give the same pack, in whatever order they are named.

    Raises `Unsupported` where the report cannot be made in all its forms, or the key is of another kind.
    """
    with _files(tuple(paths), dataset, version, workspace, profile) as (files, about):
        content, told = packed(files, key, profile, as_date(as_of), engine, language)
        about["verdict"] = told.verdict.replace("-", " ")
    return content, told


def packed(
    files: Sequence[Path], key: Path | str | None, profile: str, as_of: dt.date, engine: str, language: str
) -> tuple[bytes, Manifest]:
    """The pack of a check of these very files. Raises as `pack` does."""
    signing = None if key is None else signing_key(Path(key))
    for form in FORMS:
        FORMATS[form].require()
    data = {name: _bytes(path) for name, path in names_for(DATA, files)}
    found = check_again(data, profile, as_of, engine)
    report = found.report
    members = [member(name, content) for name, content in data.items()]
    members += [member(name, content) for name, content in rulebook_files(report.framework.name).items()]
    members += [member(name, content) for name, content in reports(report, language).items()]
    listed = tuple(manifests.file_of(m, content) for m in members if (content := m.content()) is not None)
    told = manifest_of(found, program(), layout(), language, listed, signed=signing is not None)
    return write_archive(_signed(told, members, signing)), told


def manifest_of(
    found: Again, made_by: str, laid_out_by: str, language: str, files: tuple[File, ...], *, signed: bool
) -> Manifest:
    """What a pack says of a check."""
    report = found.report
    return Manifest(
        program=made_by,
        engine=report.engine,
        layout=laid_out_by,
        framework=report.framework.name,
        profile=report.profile,
        as_of=report.as_of.isoformat(),
        language=language,
        rulebook_digest=report.rulebook_digest,
        verdict=slug(report.verdict),
        findings=len(report.findings()),
        statements=found.statements,
        digest=found.digest,
        evidence=_evidence(report),
        files=files,
        signed=signed,
    )


@contextmanager
def _files(
    paths: tuple[Path | str, ...], dataset: str | None, number: int | None, workspace: Where, profile: str
) -> Iterator[tuple[tuple[Path, ...], dict[str, str]]]:
    """The files as they are; the check of a dataset is in the audit log, as any other."""
    if dataset is None and number is None:
        yield tuple(path for path, _ in given(paths, None)), {}
        return
    with (
        chosen_files(paths, dataset, number, workspace, None) as (files, chosen),
        recorded(chosen, profile, workspace) as about,
    ):
        yield files, about


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        what = (
            "There is no such file"
            if isinstance(problem, FileNotFoundError)
            else f"It cannot be read: {problem.strerror}"
        )
        raise UnreadableInput(what, place=Place(str(path)), remedy="Check the name.") from problem


def signing_key(path: Path) -> SigningKey:
    """The key in a file; raises `Unsupported` where it is none that signs packs."""
    key = load_key(path)
    if key.public.kind != ED25519:
        raise Unsupported(f"A pack is signed with Ed25519, not {key.public.kind}", remedy="Make a key of that kind.")
    return key


def _signed(told: Manifest, members: Sequence[Member], key: SigningKey | None) -> list[Member]:
    text = manifests.written(told)
    first = member(MANIFEST, text, packed=False)
    if key is None:
        return [first, *members]
    value = key.private.sign(signatures.signed_bytes(text))  # type: ignore[call-arg]  # an Ed25519 key, as was seen
    signature = signatures.Signature(key.public.did, "z" + base58(value))
    last = member(SIGNATURE, signatures.written(signature), packed=False)
    return [first, *members, last]


@dataclass(frozen=True)
class Again:
    """A check of files by their names in a pack: the report, the canonical digest of the statements, and how many there are."""

    report: CheckReport
    digest: str
    statements: int


def check_again(data: Mapping[str, bytes], profile: str, as_of: dt.date, engine: str) -> Again:
    """The check of files that are called by their names in the pack.

    Names are those that a pack may have, so they stay inside the folder into which they are written.
    """
    with tempfile.TemporaryDirectory(prefix="mcqms-pack-") as folder:
        for name, content in data.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        with readable([Path(folder, name) for name in data]) as files:
            submitted = read_submitted(files)
            digest = canonical_digest((s, p, o, None) for s, p, o in submitted.triples)
            report = checked(submitted, files, profile, as_of, engine)
    return Again(relabelled(report, f"{folder}/"), digest, len(submitted.triples))


def reports(report: CheckReport, language: str) -> dict[str, bytes]:
    """The report in all forms of a pack that can be made here, by name."""
    forms = [FORMATS[form] for form in FORMS if FORMATS[form].is_installed]
    return {f"{REPORT}/report{form.ending}": form.write(report, language) for form in forms}


def rulebook_files(framework: str) -> dict[str, bytes]:
    """Everything that decides besides the data: shapes, register, profiles, ontology, codes and framework facts."""
    files = (*resources.shape_files(framework), *register_files(framework), *resources.background_files())
    root = resources.root()
    named = {f"{RULEBOOK}/{path.relative_to(root).as_posix()}": path for path in files}
    return {name: named[name].read_bytes() for name in sorted(named)}


def program() -> str:
    """This program and its version."""
    return f"mcqms-kg {mcqms_kg.__version__}"


def layout() -> str:
    """The version of what lays out the PDF; empty where it is not installed."""
    try:
        return f"typst {version('typst')}"
    except PackageNotFoundError:
        return ""


def _evidence(report: CheckReport) -> tuple[Document, ...]:
    found = {Document(str(r.document.term), r.sha256, r.location) for r in report.registers.evidence}
    return tuple(sorted(found, key=lambda d: (d.document, d.sha256, d.location)))
