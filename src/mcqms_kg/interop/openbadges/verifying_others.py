"""What can be said of badges that are verified in another way than those of Open Badges 3.0: of 2.0, and collections of badges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from mcqms_kg.interop.json_read import Json
from mcqms_kg.interop.openbadges.structure import instant
from mcqms_kg.interop.openbadges.version_2 import kind_of
from mcqms_kg.interop.signing.proofs import Held
from mcqms_kg.model import Point, Proof, Texts

OLDER, RECORD = "Open Badges 2.0", "Comprehensive Learner Record 2.0"
_ASKED: Mapping[str, tuple[str, ...]] = {
    "Assertion": ("id", "recipient", "badge", "issuedOn"),
    "BadgeClass": ("id", "name", "description", "criteria", "issuer"),
    "Profile": ("id", "name"),
    "Issuer": ("id", "name", "url"),
}


def older_points(held: Held, called: str, as_of: dt.date) -> tuple[Point, ...]:
    """Structure, signature, key, validity and status of a badge of Open Badges 2.0, as far as they show in the file."""
    document, kind = held.document, kind_of(held.document, called)
    missing = [name for name in _ASKED[kind] if name not in document]
    structure = [Point("structure", Proof.FAILED, _SAID["missing"], f"/{name}") for name in missing]
    how = "signed" if held.token else "hosted" if kind == "Assertion" else "no-award"
    return (
        *(structure or [Point("structure", Proof.GOOD, _SAID["structure"])]),
        Point("signature", Proof.UNCHECKED, _SAID[how], "/verification" if "verification" in document else ""),
        Point("key", Proof.UNCHECKED, _SAID["key"]),
        _in_force(document, as_of),
        _status(document),
    )


def older_issuer(document: Mapping[str, Json]) -> str:
    """The id of the issuer, where the badge has it inside."""
    badge = document.get("badge")
    issuer = (badge if isinstance(badge, dict) else document).get("issuer")
    found = issuer.get("id") if isinstance(issuer, dict) else issuer
    return found if isinstance(found, str) else ""


def record_structure() -> Point:
    """The form of a collection is not known here."""
    return Point("structure", Proof.UNCHECKED, _SAID["record"])


def _in_force(document: Mapping[str, Json], as_of: dt.date) -> Point:
    day = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    begins, ends = _moment(document.get("issuedOn")), _moment(document.get("expires"))
    if begins is None or ("expires" in document and ends is None):
        return Point("validity", Proof.UNCHECKED, _SAID["no-date"], "/issuedOn" if begins is None else "/expires")
    if begins >= day + dt.timedelta(days=1):
        return Point("validity", Proof.FAILED, _SAID["not-yet"], "/issuedOn")
    if ends is not None and ends <= day:
        return Point("validity", Proof.FAILED, _SAID["expired"], "/expires")
    return Point("validity", Proof.GOOD, _SAID["in-force"])


def _moment(value: Json) -> dt.datetime | None:
    """A moment with its offset, or the beginning of a day."""
    return instant(f"{value}T00:00:00Z" if isinstance(value, str) and len(value) == 10 else value)


def _status(document: Mapping[str, Json]) -> Point:
    if document.get("revoked") not in (None, False):
        return Point("status", Proof.FAILED, _SAID["revoked"], "/revoked")
    return Point("status", Proof.UNCHECKED, _SAID["status"])


_SAID: Mapping[str, Texts] = {
    "structure": {
        "en": "What Open Badges 2.0 asks for is there.",
        "id": "Yang diminta Open Badges 2.0 tersedia.",
    },
    "missing": {"en": "This must be there.", "id": "Bagian ini harus ada."},
    "record": {
        "en": "The form of a collection is not checked; verify each badge in it by itself.",
        "id": "Bentuk kumpulan tidak diperiksa; verifikasi setiap lencana di dalamnya satu per satu.",
    },
    "hosted": {
        "en": "A hosted badge is verified by fetching it from its issuer, and nothing is fetched.",
        "id": "Lencana yang dihosting diverifikasi dengan mengunduhnya dari penerbit, dan tidak ada yang diunduh.",
    },
    "signed": {
        "en": "The key of a signed badge of Open Badges 2.0 stands at an address, and nothing is fetched.",
        "id": "Kunci lencana Open Badges 2.0 yang ditandatangani berada di suatu alamat, dan tidak ada yang diunduh.",
    },
    "no-award": {
        "en": "This says what can be earned or who awards it; it is no award that could be verified.",
        "id": "Ini menjelaskan apa yang dapat diraih atau siapa pemberinya; bukan penganugerahan yang dapat diverifikasi.",
    },
    "key": {
        "en": "No signature is good, so no key is known.",
        "id": "Tidak ada tanda tangan yang sah, sehingga kunci tidak diketahui.",
    },
    "no-date": {"en": "There is no date that can be read.", "id": "Tidak ada tanggal yang dapat dibaca."},
    "not-yet": {"en": "It is not in force yet on the day.", "id": "Belum berlaku pada tanggal tersebut."},
    "expired": {"en": "It is no longer in force on the day.", "id": "Tidak lagi berlaku pada tanggal tersebut."},
    "in-force": {"en": "It is in force on the day.", "id": "Berlaku pada tanggal tersebut."},
    "revoked": {"en": "It says that it was revoked.", "id": "Dinyatakan telah dicabut."},
    "status": {
        "en": "Whether it was revoked stands with its issuer, and nothing is fetched.",
        "id": "Status pencabutannya berada pada penerbit, dan tidak ada yang diunduh.",
    },
}
