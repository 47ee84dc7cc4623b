"""The extensions by which badges of Open Badges 2.0 in the Netherlands say credits, level, hours and outcome of a micro-credential."""

from __future__ import annotations

from collections.abc import Mapping

from mcqms_kg.graph import terms
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.json_object import says
from mcqms_kg.interop.json_read import Json
from mcqms_kg.interop.openbadges.badge_source import LABEL, decimal
from mcqms_kg.interop.openbadges.taking import Part, Taking
from mcqms_kg.model import Term
from mcqms_kg.namespaces import HOME

_NUMBERS = {"ECTS": "ectsCredits", "StudyLoad": "workloadHours"}


def language(badge_class: Mapping[str, Json]) -> Json:
    """The language that the extension for it says."""
    extension = badge_class.get("extensions:LanguageExtension")
    return extension.get("Language") if isinstance(extension, dict) else None


def read(taking: Taking, credential: Term, part: Part) -> None:
    """States what the extensions say that are known here; others are left, to be told as lost."""
    for name, ours in _NUMBERS.items():
        for key in (name, f"{name}Hours"):
            if found := _inside(taking, part, name, key):
                number = found.value
                if isinstance(number, int | float) and not isinstance(number, bool) and 0 < number < 2**53:
                    taking.state(credential, mc(ours), decimal(number), found.at)
    level = _inside(taking, part, "EQF", "EQF")
    if level and isinstance(level.value, int) and 1 <= level.value <= 8:
        taking.state(credential, mc("hasLevel"), terms.iri(f"{HOME}eqf/{level.value}"), level.at)
    outcome = _inside(taking, part, "LearningOutcome", "LearningOutcome")
    if outcome and isinstance(outcome.value, str) and says(outcome.value):
        named = taking.named(None)
        taking.state(credential, mc("hasOutcome"), named, outcome.at)
        taking.type_is(named, "LearningOutcome", outcome.at)
        taking.text(outcome, named, LABEL)
    if taking.language and (said := _inside(taking, part, "Language", "Language")):
        taking.done(said.at)


def _inside(taking: Taking, part: Part, name: str, key: str) -> Part | None:
    extension = part.get(f"extensions:{name}Extension")
    found = extension.get(key) if extension else None
    if extension and found:
        for form in ("@context", "type"):
            taking.done(f"{extension.at}/{form}")
    return found
