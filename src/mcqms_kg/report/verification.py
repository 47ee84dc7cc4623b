"""What verifying a file came to, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from mcqms_kg.model import Proof, Verification

_SIGNS = {Proof.GOOD: "✓", Proof.FAILED: "✗", Proof.UNCHECKED: "?"}
_WORDS: Mapping[Proof, Mapping[str, str]] = {
    Proof.GOOD: {"en": "good", "id": "baik"},
    Proof.FAILED: {"en": "failed", "id": "gagal"},
    Proof.UNCHECKED: {"en": "could not check", "id": "tidak dapat diperiksa"},
}
_POINTS: Mapping[str, str] = {
    "structure": "bentuk",
    "signature": "tanda tangan",
    "key": "kunci",
    "validity": "masa berlaku",
    "status": "status",
    "issuer": "penerbit",
    "files": "berkas",
    "signer": "penanda tangan",
    "rulebook": "buku aturan",
    "digest": "intisari data",
    "report": "laporan",
}
_OVERALL: Mapping[Proof, Mapping[str, str]] = {
    Proof.GOOD: {"en": "Good: every point is.", "id": "Baik: semua butir baik."},
    Proof.FAILED: {"en": "Not good.", "id": "Tidak baik."},
    Proof.UNCHECKED: {"en": "Could not check all of it.", "id": "Tidak semuanya dapat diperiksa."},
}


def text(verification: Verification, language: str) -> str:
    """The points as lines, and what they come to."""
    lines = [f"{verification.file} ({verification.kind}, {verification.as_of})"]
    lines += [f"  {name}: {value}" for name, value in verification.about.items()]
    for point in verification.points:
        name = point.name if language == "en" else _POINTS.get(point.name, point.name)
        why = point.why.get(language) or point.why.get("en", "")
        where = f" ({point.at})" if point.at else ""
        lines.append(f"{_SIGNS[point.proof]} {name}: {_WORDS[point.proof][language]}. {why}{where}")
    lines.append(_OVERALL[verification.proof][language])
    return "\n".join(map(_printable, lines)) + "\n"


def json_text(verification: Verification, _: str) -> str:
    """The points as JSON, with their reasons in every language."""
    found = {
        "file": verification.file,
        "kind": verification.kind,
        "as_of": verification.as_of.isoformat(),
        "proof": verification.proof.value,
        "about": dict(verification.about),
        "points": [
            {"name": point.name, "proof": point.proof.value, "why": dict(point.why), "at": point.at}
            for point in verification.points
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _printable(line: str) -> str:
    """What stands in a badge must not steer a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in line)


VERIFICATION_FORMATS: Mapping[str, Callable[[Verification, str], str]] = {"text": text, "json": json_text}
"""The forms of a verification by name."""
