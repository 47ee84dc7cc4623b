"""Whether a badge is good: its form, its signature and whose key that is, its dates, its status, and whether its issuer is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from mcqms_kg.interop.json_read import Json
from mcqms_kg.interop.openbadges.status import statuses
from mcqms_kg.interop.openbadges.structure import breaches, credential_breaches, instant, several
from mcqms_kg.interop.openbadges.unwrapping import credential_in, holds_badges, is_other
from mcqms_kg.interop.openbadges.verifying_others import OLDER, RECORD, older_issuer, older_points, record_structure
from mcqms_kg.interop.openbadges.version_2 import is_older
from mcqms_kg.interop.signing.proofs import Held, owned, signatures
from mcqms_kg.interop.signing.trust import Trust
from mcqms_kg.model import Point, Proof, Texts, Verification
from mcqms_kg.settings import Settings

KIND, OTHER = "Open Badges 3.0", "Verifiable Credential"
_SHOWN = 10


def verify(
    path: Path, called: str, as_of: dt.date, trust: Trust, lists: Sequence[Path], settings: Settings
) -> Verification:
    """All points of the badge, or of the credential of another kind, in the file. `lists` are status lists at hand; nothing is fetched.

    Of badges of Open Badges 2.0 most could not be checked, because it stands with their issuer.
    Raises `UnreadableInput` for what cannot be read at all.
    """
    held = credential_in(path, called, settings)
    if is_older(held.document):
        issuer = _issuer(older_issuer(held.document), trust)
        return Verification(called, OLDER, as_of, (*older_points(held, called, as_of), issuer), _about(held.document))
    signed = signatures(held, trust)
    record = holds_badges(held.document)
    kind = RECORD if record else OTHER if is_other(held.document) else KIND
    points = (
        *((record_structure(),) if record else _structure(held)),
        *signed.points,
        owned(held, signed, trust),
        *validity(held.document, as_of),
        *_proofs_in_force(held.document, as_of),
        *statuses(held, as_of, trust, lists, settings),
        _issuer(held.issuer, trust),
    )
    return Verification(called, kind, as_of, points, _about(held.document))


def validity(document: Mapping[str, Json], as_of: dt.date) -> tuple[Point, ...]:
    """Whether the credential is in force on the day."""
    begins_at, ends_at = (
        next((name for name in names if name in document), names[0])
        for names in (("validFrom", "issuanceDate"), ("validUntil", "expirationDate"))
    )
    begins, ends = instant(document.get(begins_at)), instant(document.get(ends_at))
    if begins_at not in document and is_other(document):
        begins = dt.datetime.min.replace(tzinfo=dt.UTC)  # Verifiable Credentials 2.0 ask for no first day
    if begins is None or (ends is None and ends_at in document):
        return (Point("validity", Proof.UNCHECKED, _SAID["no-date"], f"/{begins_at if begins is None else ends_at}"),)
    day = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    if begins >= day + dt.timedelta(days=1):
        return (Point("validity", Proof.FAILED, _dated("not-yet", begins), f"/{begins_at}"),)
    if ends is not None and ends <= day:
        return (Point("validity", Proof.FAILED, _dated("expired", ends), f"/{ends_at}"),)
    return (Point("validity", Proof.GOOD, _SAID["in-force"]),)


def _proofs_in_force(document: Mapping[str, Json], as_of: dt.date) -> tuple[Point, ...]:
    """A proof may have a time of its own, after which it is no proof any more."""
    day = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    found: list[Point] = []
    for number, proof in enumerate(several(document.get("proof"))):
        if isinstance(proof, dict) and "expires" in proof:
            ends, at = instant(proof["expires"]), f"/proof/{number}/expires"
            if ends is None:
                found.append(Point("validity", Proof.UNCHECKED, _SAID["no-date"], at))
            elif ends <= day:
                found.append(Point("validity", Proof.FAILED, _dated("expired", ends), at))
    return tuple(found)


def _structure(held: Held) -> tuple[Point, ...]:
    other = is_other(held.document)
    broken = credential_breaches(held.document) if other else breaches(dict(held.document))
    found = [Point("structure", Proof.FAILED, breach.what, breach.at) for breach in broken]
    found += [Point("structure", Proof.FAILED, _SAID["claim"], f"/{name}") for name in _claims_that_differ(held)]
    return tuple(found[:_SHOWN]) or (Point("structure", Proof.GOOD, _SAID["form" if other else "structure"]),)


def _claims_that_differ(held: Held) -> list[str]:
    """The claims of a token that say something else than the credential inside."""
    if held.token is None:
        return []
    payload, document = held.token.payload, held.document
    subject = document.get("credentialSubject")
    said: dict[str, Json] = {
        "iss": held.issuer,
        "jti": document.get("id"),
        "sub": subject.get("id") if isinstance(subject, dict) else None,
    }
    wrong = [name for name, value in said.items() if name in payload and payload[name] != value]
    wrong += [name for name in document if name in payload and payload[name] != document[name]]
    wrong += ["vp"] if {"vc", "vp"} <= payload.keys() else []
    dates = {"nbf": ("validFrom", "issuanceDate"), "exp": ("validUntil", "expirationDate")}
    for claim, names in dates.items():
        stated = next((found for name in names if (found := instant(document.get(name)))), None)
        if claim in payload and _seconds(payload[claim]) != (int(stated.timestamp()) if stated else None):
            wrong.append(claim)
    return wrong


def _seconds(value: Json) -> int | None:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else -1


def _issuer(issuer: str, trust: Trust) -> Point:
    known = trust.issuers.get(issuer)
    if known is not None:
        named = known.name or issuer
        return Point(
            "issuer",
            Proof.GOOD,
            {"en": f"The issuer is known: {named}.", "id": f"Penerbit dikenal: {named}."},
            "/issuer",
        )
    if not trust.asked:
        return Point("issuer", Proof.UNCHECKED, _SAID["no-trust"], "/issuer")
    return Point("issuer", Proof.FAILED, _SAID["unknown"], "/issuer")


def _about(document: Mapping[str, Json]) -> Mapping[str, str]:
    """What a reader wants to see of the badge; nothing about the learner."""
    issuer, subject = document.get("issuer"), document.get("credentialSubject")
    achieved = subject.get("achievement") if isinstance(subject, dict) else None
    told = {
        "id": document.get("id"),
        "name": (achieved.get("name") if isinstance(achieved, dict) else None) or document.get("name"),
        "issuer": issuer.get("id") if isinstance(issuer, dict) else issuer,
        "issuer name": issuer.get("name") if isinstance(issuer, dict) else None,
        "valid from": document.get("validFrom"),
        "valid until": document.get("validUntil"),
    }
    return {name: value[:300] for name, value in told.items() if isinstance(value, str)}


def _dated(what: str, when: dt.datetime) -> Texts:
    return {tag: text.format(when.strftime("%Y-%m-%dT%H:%M:%SZ")) for tag, text in _SAID[what].items()}


_SAID: Mapping[str, Texts] = {
    "structure": {"en": "It has the form of Open Badges 3.0.", "id": "Bentuknya sesuai dengan Open Badges 3.0."},
    "form": {
        "en": "It has the form of a verifiable credential; what it says is of another kind than Open Badges.",
        "id": "Bentuknya kredensial yang dapat diverifikasi; isinya bukan jenis Open Badges.",
    },
    "claim": {
        "en": "This claim of the token says something else than the credential in it.",
        "id": "Klaim token ini berbeda dari kredensial di dalamnya.",
    },
    "in-force": {"en": "It is in force on the day.", "id": "Berlaku pada tanggal tersebut."},
    "no-date": {"en": "There is no date that can be read.", "id": "Tidak ada tanggal yang dapat dibaca."},
    "not-yet": {"en": "It is in force only from {}.", "id": "Baru berlaku sejak {}."},
    "expired": {"en": "It was in force until {}.", "id": "Berlaku hanya sampai {}."},
    "no-trust": {
        "en": "There is no list of known issuers to look into: give one with --trust, or data with --data or --dataset.",
        "id": "Tidak ada daftar penerbit yang dikenal: berikan dengan --trust, atau data dengan --data atau --dataset.",
    },
    "unknown": {"en": "The issuer is not among those that are known.", "id": "Penerbit tidak termasuk yang dikenal."},
}
