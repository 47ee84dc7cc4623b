"""Whether a badge was revoked or suspended, by the status lists that are at hand; none is fetched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from mcqms_kg.errors import BadValue, McqmsError
from mcqms_kg.interop.json_read import Json
from mcqms_kg.interop.openbadges.structure import instant, several
from mcqms_kg.interop.openbadges.unwrapping import held_in
from mcqms_kg.interop.signing.proofs import Held, owned, signatures
from mcqms_kg.interop.signing.status_list import is_set
from mcqms_kg.interop.signing.trust import Trust
from mcqms_kg.model import Point, Proof, Texts
from mcqms_kg.settings import Settings

_ENTRIES = {
    "BitstringStatusListEntry": "BitstringStatusListCredential",
    "StatusList2021Entry": "StatusList2021Credential",
}
_BAD = frozenset({"revocation", "suspension"})
_MOST = 10


def statuses(held: Held, as_of: dt.date, trust: Trust, lists: Sequence[Path], settings: Settings) -> tuple[Point, ...]:
    """A point for each status that the credential says it has; a good one where it says none."""
    entries = several(held.document.get("credentialStatus"))
    if not entries:
        return (Point("status", Proof.GOOD, _SAID["none"]),)
    if len(entries) > _MOST:
        return (Point("status", Proof.UNCHECKED, _SAID["many"], "/credentialStatus"),)
    one = not isinstance(held.document.get("credentialStatus"), list)
    places = ["/credentialStatus"] if one else [f"/credentialStatus/{n}" for n in range(len(entries))]
    return tuple(
        _of_entry(held, entry, at, as_of, trust, lists, settings) for entry, at in zip(entries, places, strict=True)
    )


def _of_entry(
    held: Held, entry: Json, at: str, as_of: dt.date, trust: Trust, lists: Sequence[Path], settings: Settings
) -> Point:
    kind = entry.get("type") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(kind, str) or kind not in _ENTRIES:
        return Point("status", Proof.UNCHECKED, _about("kind", str(kind)), at)
    address = entry.get("statusListCredential")
    try:
        found = _list_at(address, lists, settings)
        if found is None:
            return Point("status", Proof.UNCHECKED, _about("absent", str(address)), at)
        wrong = _wrong_with(found, _ENTRIES[kind], held, as_of, trust)
        if wrong:
            return Point("status", Proof.UNCHECKED, _SAID[wrong], at)
        subject = found.document["credentialSubject"]
        if not is_set(entry, subject if isinstance(subject, dict) else {}):
            return Point("status", Proof.GOOD, _about("stands", str(found.document.get("validFrom", "?"))), at)
    except McqmsError as problem:
        text = f"{problem.what}."
        return Point("status", Proof.UNCHECKED, {"en": text, "id": f"Alasan (dalam bahasa Inggris): {text}"}, at)
    purpose = str(entry.get("statusPurpose"))
    if purpose in _BAD:
        return Point("status", Proof.FAILED, _SAID[purpose], at)
    return Point("status", Proof.UNCHECKED, _about("purpose", purpose), at)


def _list_at(address: Json, lists: Sequence[Path], settings: Settings) -> Held | None:
    """The list with that address as its id, among those at hand; raises `BadValue` where two have it."""
    all_ = [held_in(path, str(path), settings) for path in lists]
    found = [held for held in all_ if isinstance(address, str) and held.document.get("id") == address]
    if len(found) > 1:
        raise BadValue("Two of the status lists have this address", remedy="Give the newer one.")
    return found[0] if found else None


def _wrong_with(found: Held, kind: str, held: Held, as_of: dt.date, trust: Trust) -> str:
    """Why a list says nothing of the badge, or nothing."""
    if kind not in several(found.document.get("type")) or "credentialSubject" not in found.document:
        return "no-list"
    if found.issuer != held.issuer:
        return "other-issuer"
    signed = signatures(found, trust)
    if not signed.good or owned(found, signed, trust).proof is not Proof.GOOD:
        return "list-signature"
    return "" if _in_force(found.document, as_of) else "list-date"


def _in_force(document: Mapping[str, Json], as_of: dt.date) -> bool:
    """Whether a list may be used for the day: it was made by then, and has not run out."""
    day = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    begins, ends = instant(document.get("validFrom")), instant(document.get("validUntil"))
    if ("validFrom" in document and begins is None) or ("validUntil" in document and ends is None):
        return False
    return (begins is None or begins < day + dt.timedelta(days=1)) and (ends is None or ends > day)


def _about(what: str, named: str) -> Texts:
    return {tag: text.format(named[:200]) for tag, text in _SAID[what].items()}


_SAID: Mapping[str, Texts] = {
    "none": {"en": "It says of no status that could be taken back.", "id": "Tidak menyebut status yang dapat dicabut."},
    "many": {"en": "It has more statuses than are looked at.", "id": "Jumlah statusnya melebihi batas yang diperiksa."},
    "kind": {
        "en": "The status is of a kind that is not known here: {}.",
        "id": "Jenis status tidak dikenal di sini: {}.",
    },
    "absent": {
        "en": "The status list {} is not at hand, and nothing is fetched: give it with --status.",
        "id": "Daftar status {} tidak tersedia, dan tidak ada yang diunduh: berikan dengan --status.",
    },
    "no-list": {
        "en": "What was given at this address is no status list.",
        "id": "Berkas dengan alamat ini bukan daftar status.",
    },
    "other-issuer": {"en": "The status list is by another issuer.", "id": "Daftar status berasal dari penerbit lain."},
    "list-signature": {
        "en": "The status list is not signed by a key that is known to be the issuer's.",
        "id": "Daftar status tidak ditandatangani dengan kunci yang diketahui milik penerbit.",
    },
    "list-date": {
        "en": "The status list is not in force on the day.",
        "id": "Daftar status tidak berlaku pada tanggal tersebut.",
    },
    "stands": {
        "en": "The status list, which is of {}, says nothing against it.",
        "id": "Daftar status tertanggal {} tidak menyatakan keberatan.",
    },
    "revocation": {"en": "It was revoked.", "id": "Kredensial ini telah dicabut."},
    "suspension": {"en": "It is suspended.", "id": "Kredensial ini sedang ditangguhkan."},
    "purpose": {"en": "The status list says {!r} of it.", "id": "Daftar status menyatakan {!r} tentangnya."},
}
