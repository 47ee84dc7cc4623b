"""Evidence of an award, as badges of all versions have it: an address, or an object that says what it is."""

from __future__ import annotations

from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.openbadges.badge_source import DESCRIPTION, LABEL
from mcqms_kg.interop.openbadges.taking import Part, Taking
from mcqms_kg.model import Term


def evidence(taking: Taking, award: Term, part: Part) -> None:
    """States that the award is evidenced by it."""
    if not isinstance(part.value, dict | str):
        return
    document = taking.named(part if isinstance(part.value, str) else part.get("id"))
    taking.state(award, mc("isEvidencedBy"), document, part.at if isinstance(part.value, str) else f"{part.at}/id")
    taking.type_is(document, "Evidence", part.at)
    taking.done(f"{part.at}/type")
    taking.text(part.get("name"), document, LABEL)
    taking.text(part.get("description"), document, DESCRIPTION)
