"""What verifying a file came to, point by point: for reading, and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.text import Text

from mcqms_kg.model import Point, Proof, Verification
from mcqms_kg.report.json import dumped
from mcqms_kg.report.text import plain, rows
from mcqms_kg.report.words import SYMBOLS, Words

_SIGNS = {
    Proof.GOOD: SYMBOLS["conformant"],
    Proof.FAILED: SYMBOLS["nonconformant"],
    Proof.UNCHECKED: SYMBOLS["not-checked"],
}
_NAMES: Mapping[str, tuple[str, str]] = {
    "structure": ("Structure", "Susunan"),
    "files": ("Files", "Berkas"),
    "signature": ("Signature", "Tanda tangan"),
    "signer": ("Signer", "Penanda tangan"),
    "digest": ("Data digest", "Intisari data"),
    "rulebook": ("Rulebook", "Buku aturan"),
    "report": ("Report", "Laporan"),
    "status": ("Status", "Status"),
    "validity": ("Validity", "Masa berlaku"),
    "issuer": ("Issuer", "Penerbit"),
}


def write_text(found: Verification, language: str) -> str:
    words = Words(language)
    head = f"{_SIGNS[found.proof]} {found.file}: {words(f'proof-{found.proof.name.lower()}')}"
    about = rows(found.about.items(), 2)
    points = rows(((_name(point, words), _told(point, words)) for point in found.points), 2)
    return plain([Text(head), about, points])


def write_json(found: Verification, language: str) -> str:
    words = Words(language)
    return dumped(
        {
            "formatVersion": "1.0",
            "language": words.language,
            "file": found.file,
            "kind": found.kind,
            "asOf": found.as_of.isoformat(),
            "proof": found.proof.value,
            "about": dict(found.about),
            "points": [
                {"name": p.name, "proof": p.proof.value, "why": words.of(p.why), "at": p.at} for p in found.points
            ],
        }
    )


def _name(point: Point, words: Words) -> str:
    pair = _NAMES.get(point.name)
    name = pair[words.language == "id"] if pair else point.name
    return f"{_SIGNS[point.proof]} {name}"


def _told(point: Point, words: Words) -> str:
    place = f" ({point.at})" if point.at else ""
    return f"{words.of(point.why)}{place}" or words(f"proof-{point.proof.name.lower()}")


VERIFICATION_FORMATS: Mapping[str, Callable[[Verification, str], str]] = {"text": write_text, "json": write_json}
"""The formats of a verification by name."""
