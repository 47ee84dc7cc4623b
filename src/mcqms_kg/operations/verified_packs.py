"""A pack verified: its structure, its files, its signature, and whether a check of its data gives its report again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519

from mcqms_kg.errors import McqmsError, Place, UnreadableInput, Unsupported
from mcqms_kg.interop.signing.did_key import resolved
from mcqms_kg.interop.signing.multibase import from_multibase
from mcqms_kg.interop.signing.trust import known_in
from mcqms_kg.model import Point, Proof, Texts, Verification
from mcqms_kg.operations import packs
from mcqms_kg.operations.trust import VerificationBasis, trusted_keys
from mcqms_kg.packing import manifest as manifests
from mcqms_kg.packing import signature as signatures
from mcqms_kg.packing.archive import LARGEST, Member, NoPack, read_archive
from mcqms_kg.packing.manifest import DATA, MANIFEST, REPORT, RULEBOOK, SIGNATURE, Manifest
from mcqms_kg.packing.words import why

_POINTS = ("structure", "files", "signature", "signer", "digest", "rulebook", "report")
_SHOWN = 5
ENGINES = ("columns", "reference")
"""Those that a pack may ask for: they run here, and nothing else is started."""


@dataclass(frozen=True)
class _Opened:
    """A pack whose structure holds."""

    members: Mapping[str, Member]
    manifest: Manifest
    signature: signatures.Signature | None

    def contents(self, folder: str) -> dict[str, bytes]:
        """The files of a folder of the pack; they are those of the manifest."""
        return {f.path: self.members[f.path].content() or b"" for f in self.manifest.named(folder)}


def verify_pack(path: Path, called: str, asked: VerificationBasis) -> Verification:
    """Every point by itself: what failed, and what could not be checked. A point that rests on one that failed is not looked at."""
    try:
        opened = _opened(_read(path, called))
    except NoPack as problem:
        points = [_point("structure", Proof.FAILED, why(str(problem)))]
        return Verification(called, "pack", asked.as_of, (*points, *_not_reached(points)))
    told = opened.manifest
    points = list(_points(opened, asked))
    about = {
        "Profile": told.profile,
        "As of": told.as_of,
        "Verdict": told.verdict,
        "Program": told.program,
        **({"Signed by": opened.signature.key} if opened.signature else {}),
    }
    return Verification(called, "pack", asked.as_of, (*points, *_not_reached(points)), about)


def _read(path: Path, called: str) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise NoPack("too-large")
        return path.read_bytes()
    except OSError as problem:
        raise UnreadableInput(f"The file cannot be read: {problem.strerror}", place=Place(called)) from problem


def _opened(content: bytes) -> _Opened:
    members = read_archive(content)
    if not members or members[0].name != MANIFEST:
        raise NoPack("listed")
    first = members[0].content()
    if first is None or members[0].method:
        raise NoPack("manifest")
    told = manifests.read(first)
    signature = _signature(members) if told.signed else None
    if not manifests.listed(members, told):
        raise NoPack("listed")
    return _Opened({m.name: m for m in members}, told, signature)


def _signature(members: Sequence[Member]) -> signatures.Signature:
    if members[-1].name != SIGNATURE:
        raise NoPack("listed")
    last = members[-1].content()
    if last is None or members[-1].method:
        raise NoPack("signature-form")
    return signatures.read(last)


def _points(opened: _Opened, asked: VerificationBasis) -> Iterator[Point]:
    yield _point("structure", Proof.GOOD, why("laid-out-well"))
    files = _files(opened)
    yield files
    yield _signed(opened)
    yield _signer(opened, asked)
    if files.proof is Proof.GOOD:
        yield from _again(opened)


def _files(opened: _Opened) -> Point:
    told = opened.manifest.files
    wrong = [file.path for file in told if not manifests.agrees(file, opened.members[file.path])]
    if wrong:
        return _point("files", Proof.FAILED, why("files-failed", names=_some(wrong)), wrong[0])
    return _point("files", Proof.GOOD, why("files-good", count=len(told)))


def _signed(opened: _Opened) -> Point:
    signature = opened.signature
    if signature is None:
        return _point("signature", Proof.UNCHECKED, why("unsigned"))
    try:
        key = resolved(signature.key).key
        if not isinstance(key, ed25519.Ed25519PublicKey):
            return _point("signature", Proof.FAILED, why("no-key", key=signature.key[:100]))
        content = opened.members[MANIFEST].stored
        key.verify(from_multibase(signature.value), signatures.signed_bytes(content))
    except InvalidSignature:
        return _point("signature", Proof.FAILED, why("not-signed", key=signature.key))
    except McqmsError:
        return _point("signature", Proof.FAILED, why("no-key", key=signature.key[:100]))
    return _point("signature", Proof.GOOD, why("signed", key=signature.key))


def _signer(opened: _Opened, asked: VerificationBasis) -> Point:
    if opened.signature is None:
        return _point("signer", Proof.UNCHECKED, why("unsigned"))
    known = known_in(asked.data) if asked.data else {}
    if opened.signature.key in {*trusted_keys(map(str, asked.trust)), *known}:
        return _point("signer", Proof.GOOD, why("trusted"))
    return _point("signer", Proof.UNCHECKED, why("not-trusted"))


def _again(opened: _Opened) -> Iterator[Point]:
    """The check made again, with the rulebook of this program."""
    told = opened.manifest
    rulebook = _rulebook(opened)
    yield rulebook
    try:
        if told.engine not in ENGINES:
            raise Unsupported(f"The check was made by the engine {told.engine!r}", remedy="Make it again by hand.")
        as_of = dt.date.fromisoformat(told.as_of)
        found = packs.check_again(opened.contents(DATA), told.profile, as_of, told.engine)
        made = packs.reports(replace(found.report, version=told.program.removeprefix("mcqms-kg ")), told.language)
    except (McqmsError, ValueError, OSError) as problem:
        reason = why("cannot", problem=str(problem))
        yield _point("digest", Proof.UNCHECKED, reason)
        yield _point("report", Proof.UNCHECKED, reason)
        return
    yield _digest(told, found.digest)
    yield _report(opened, found, made, rulebook.proof is Proof.GOOD)


def _digest(told: Manifest, found: str) -> Point:
    """The digest of what was read; another program may read files of other standards otherwise."""
    if found == told.digest:
        return _point("digest", Proof.GOOD, why("digest-good", digest=found))
    if told.program != packs.program():
        reason = why("digest-other", digest=found, made=told.program, here=packs.program())
        return _point("digest", Proof.UNCHECKED, reason, MANIFEST)
    return _point("digest", Proof.FAILED, why("digest-failed", digest=found), MANIFEST)


def _rulebook(opened: _Opened) -> Point:
    told = opened.manifest
    try:
        here = packs.rulebook_files(told.framework)
    except McqmsError:
        here = {}
    there = opened.contents(RULEBOOK)
    different = sorted(name for name in {*here, *there} if here.get(name) != there.get(name))
    if different:
        return _point("rulebook", Proof.UNCHECKED, why("rulebook-other", program=told.program, names=_some(different)))
    return _point("rulebook", Proof.GOOD, why("rulebook-good"))


def _report(opened: _Opened, found: packs.Again, made: Mapping[str, bytes], is_same_rulebook: bool) -> Point:
    """The report in the pack beside the one made now; another program or rulebook may rightly say something else."""
    told, held = opened.manifest, opened.contents(REPORT)
    different = sorted(name for name in {*made, *held} if made.get(name) != held.get(name))
    expected = packs.manifest_of(found, told.program, told.layout, told.language, told.files, signed=told.signed)
    if replace(expected, digest=told.digest) != told:
        different = [MANIFEST, *different]
    if not different:
        return _point("report", Proof.GOOD, why("report-good", verdict=told.verdict))
    is_other_layout = told.layout != packs.layout() and all(name.endswith(".pdf") for name in different)
    if told.program == packs.program() and is_same_rulebook and not is_other_layout:
        return _point("report", Proof.FAILED, why("report-failed", names=_some(different)), different[0])
    parties = {"made": f"{told.program}, {told.layout}", "here": f"{packs.program()}, {packs.layout()}"}
    return _point("report", Proof.UNCHECKED, why("report-other", **parties, names=_some(different)), different[0])


def _not_reached(points: list[Point]) -> list[Point]:
    reached = {point.name for point in points}
    return [_point(name, Proof.UNCHECKED, why("not-reached")) for name in _POINTS if name not in reached]


def _point(name: str, proof: Proof, reason: Texts, at: str = "") -> Point:
    return Point(name, proof, reason, at)


def _some(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f", … ({len(names)})" if len(names) > _SHOWN else "")
