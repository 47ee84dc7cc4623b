"""The credential in a file: JSON or a token (VC-JWT), alone or baked into an image. Nothing of it is verified here."""

from __future__ import annotations

from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput, Unsupported
from mcqms_kg.interop.json_read import bounded_content, parse_json
from mcqms_kg.interop.openbadges.baking import unbaked
from mcqms_kg.interop.openbadges.structure import BADGE_TYPES, several
from mcqms_kg.interop.signing import vc_jwt
from mcqms_kg.interop.signing.proofs import Held
from mcqms_kg.settings import Settings

_OPEN_BADGES_2 = "https://w3id.org/openbadges/v2"


def badge_in(path: Path, called: str, settings: Settings) -> Held:
    """The badge or single achievement in a file. Raises `UnreadableInput`, and `Unsupported` for Open Badges 2.0."""
    found = held_in(path, called, settings)
    if _OPEN_BADGES_2 in several(found.document.get("@context")):
        raise Unsupported(
            "The badge is of Open Badges 2.0, which is not read",
            place=Place(called, at="/@context"),
            remedy="Ask its issuer for Open Badges 3.0.",
        )
    types = several(found.document.get("type"))
    if "Achievement" not in types and not any(isinstance(kind, str) and kind in BADGE_TYPES for kind in types):
        raise UnreadableInput(
            "The document is neither a badge nor an achievement of Open Badges 3.0",
            place=Place(called, at="/type"),
            remedy="Give an OpenBadgeCredential or an Achievement.",
        )
    return found


def held_in(path: Path, called: str, settings: Settings) -> Held:
    """A credential of any kind in a file; the older form of tokens has it in the claim `vc`."""
    content = unbaked(bounded_content(path, called), called)
    text = content.decode("ascii", errors="replace").strip()
    token = vc_jwt.taken_apart(text, called, settings) if vc_jwt.TOKEN.fullmatch(text) else None
    document = token.payload.get("vc", token.payload) if token else parse_json(content, called, settings)
    if not isinstance(document, dict):
        raise UnreadableInput("A credential is one JSON object", place=Place(called), remedy="Give one a file.")
    return Held(document, token)
