"""The credential in a file: JSON or a token (VC-JWT), alone or baked into an image. Nothing of it is verified here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput, Unsupported
from mcqms_kg.interop.json_read import Json, bounded_content, parse_json
from mcqms_kg.interop.openbadges.baking import unbaked
from mcqms_kg.interop.openbadges.structure import BADGE_TYPES, several
from mcqms_kg.interop.openbadges.version_2 import is_older
from mcqms_kg.interop.signing import vc_jwt
from mcqms_kg.interop.signing.proofs import Held
from mcqms_kg.settings import Settings

_OLDEST = (frozenset({"recipient", "badge"}), frozenset({"criteria", "issuer", "image"}))
"""What an assertion and a badge class of Open Badges 1.0 and older have, which name no context and no type."""
_HOLDERS = frozenset({"ClrCredential", "VerifiablePresentation"})


def badge_in(path: Path, called: str, settings: Settings) -> Held:
    """The badge, the single achievement or the collection of badges in a file; raises `UnreadableInput` for anything else."""
    found = held_in(path, called, settings)
    if "@context" not in found.document and any(form <= found.document.keys() for form in _OLDEST):
        raise Unsupported(
            "The badge is of Open Badges 1.0 or older, which is not read",
            place=Place(called),
            remedy="Ask its issuer for Open Badges 2.0 or 3.0.",
        )
    if not _speaks_of_badges(found.document):
        raise UnreadableInput(
            "The document is neither a badge nor an achievement of Open Badges",
            place=Place(called, at="/type"),
            remedy="Give an OpenBadgeCredential, an Achievement, a ClrCredential, or an Assertion of Open Badges 2.0.",
        )
    return found


def credential_in(path: Path, called: str, settings: Settings) -> Held:
    """The same, or a verifiable credential of any other kind."""
    found = held_in(path, called, settings)
    return found if is_other(found.document) else badge_in(path, called, settings)


def is_other(document: Mapping[str, Json]) -> bool:
    """Whether the document is a verifiable credential that is no badge and holds none."""
    return "VerifiableCredential" in several(document.get("type")) and not _speaks_of_badges(document)


def _speaks_of_badges(document: Mapping[str, Json]) -> bool:
    types = {kind for kind in several(document.get("type")) if isinstance(kind, str)}
    return is_older(document) or holds_badges(document) or "Achievement" in types or bool(types & BADGE_TYPES)


def holds_badges(document: Mapping[str, Json]) -> bool:
    """Whether the document is a learner record (CLR 2.0) or a presentation, which hold badges and are none."""
    types = {kind for kind in several(document.get("type")) if isinstance(kind, str)}
    return bool(types & _HOLDERS) and not types & BADGE_TYPES


def opened(document: dict[str, Json], called: str, settings: Settings) -> dict[str, Json]:
    """A collection in which credentials that are tokens are replaced by what is in them, so that they can be read."""
    found = dict(document)
    for key in ("verifiableCredential", "credentialSubject"):
        value = found.get(key)
        if key == "credentialSubject" and isinstance(value, dict):
            found[key] = opened(value, called, settings)
        elif key == "verifiableCredential" and value is not None:
            found[key] = [_opened(inner, called, settings) for inner in several(value)]
    return found


def _opened(value: Json, called: str, settings: Settings) -> Json:
    """A credential as it stands in a collection: as JSON, as a token, or as a token in an envelope."""
    named = (
        value.get("id")
        if isinstance(value, dict) and "EnvelopedVerifiableCredential" in several(value.get("type"))
        else value
    )
    text = named.rpartition(",")[2] if isinstance(named, str) and named.startswith("data:") else named
    if isinstance(text, str) and vc_jwt.TOKEN.fullmatch(text):
        return _inside(vc_jwt.taken_apart(text, called, settings).payload)
    return value


def _inside(payload: Mapping[str, Json]) -> Json:
    return payload.get("vc", payload.get("vp", payload))


def held_in(path: Path, called: str, settings: Settings) -> Held:
    """A credential of any kind in a file; the older form of tokens has it in the claim `vc`, or as a presentation in `vp`."""
    content = unbaked(bounded_content(path, called), called)
    text = content.decode("ascii", errors="replace").strip()
    if text.startswith(("http://", "https://")):
        raise Unsupported(
            f"The badge stands at {text.split()[0][:200]!r}, and nothing is fetched",
            place=Place(called),
            remedy="Fetch it, and give that file.",
        )
    if text.startswith("eyJ") and "~" in text:
        raise Unsupported(
            "The credential is a token with selective disclosure (SD-JWT), which is not read",
            place=Place(called),
            remedy="Ask its issuer for it as JSON with a proof, or as VC-JWT.",
        )
    token = vc_jwt.taken_apart(text, called, settings) if vc_jwt.TOKEN.fullmatch(text) else None
    document = _inside(token.payload) if token else parse_json(content, called, settings)
    if not isinstance(document, dict):
        raise UnreadableInput("A credential is one JSON object", place=Place(called), remedy="Give one a file.")
    return Held(document, token)
