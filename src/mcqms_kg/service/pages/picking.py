"""Fields in which a thing is chosen by its name: with a script from a list, without one by what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mcqms_kg.graph import terms
from mcqms_kg.namespaces import MC
from mcqms_kg.service.pages.page import Page
from mcqms_kg.service.pages.rows import as_iri, called, rows

CREDENTIALS = ("MicroCredential", "Certification", "Qualification")
KINDS: Mapping[str, tuple[str, ...]] = {
    "credential": CREDENTIALS,
    "learner": ("Learner",),
    "occupation": ("JobTitle",),
    "unit": ("CompetencyUnit",),
    "provider": ("Provider",),
    "framework": ("QualificationFramework",),
    "holds": ("Learner", *CREDENTIALS, "CompetencyUnit"),
    "to": ("Certification", "Qualification", "JobTitle", "MicroCredential"),
    "in": ("QualificationFramework", "Provider", "IndustryPartner", "CertificationBody"),
    "of": (
        *CREDENTIALS,
        *("CompetencyUnit", "Provider", "JobTitle", "RecognitionAgreement", "Licence", "LevelReferencing", "Learner"),
    ),
}
"""What may stand in a field, by its name."""
WAS = ".was"
"""The end of the name of the field that remembers which thing a name in the field beside it stood for."""
_SHORTEST = 2


@dataclass(frozen=True)
class Candidate:
    """A thing that a name may stand for."""

    iri: str
    label: str
    kind: str
    notation: str = ""


@dataclass(frozen=True)
class Picked:
    """A field as it was sent: the text, the thing that it stands for, or those among which it must be chosen."""

    name: str
    text: str = ""
    iri: str = ""
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something was typed that stands for no one thing."""
        return bool(self.text) and not self.iri


def candidates(page: Page, field: str, text: str) -> tuple[Candidate, ...]:
    """The things that may stand in a field and have the text in their name."""
    kinds = " ".join(MC + name for name in KINDS.get(field, ()))
    if len(text.strip()) < _SHORTEST or not kinds:
        return ()
    found = rows(page, "things_by_label", text=text.strip(), kind=kinds)
    return tuple(_candidate(row) for row in found if "thing" in row)


def _candidate(row: Mapping[str, Mapping[str, str]]) -> Candidate:
    kind = row["kind"]["value"].removeprefix(MC)
    return Candidate(row["thing"]["value"], row["label"]["value"], kind, row.get("notation", {}).get("value", ""))


def picked(page: Page, field: str, text: str, was: str = "") -> Picked:
    """The field with what its text stands for: an IRI, the thing it stood for before, or the only thing of that name."""
    text = text.strip()[:2000]
    if not text:
        return Picked(field)
    if given := as_iri(text):
        iri = terms.iri_text(given)
        return Picked(field, called(page, iri), iri)
    if as_iri(was) and called(page, was) == text:
        return Picked(field, text, was)
    found = candidates(page, field, text)
    same = [one for one in found if one.label == text or one.notation == text]
    if len(same) == 1 or len(found) == 1:
        one = (same or list(found))[0]
        return Picked(field, one.label, one.iri)
    return Picked(field, text, candidates=found)


def from_address(page: Page, field: str) -> Picked:
    """The field as the address has it."""
    given = page.request.query_params
    return picked(page, field, given.get(field, ""), given.get(field + WAS, ""))


def several(page: Page, field: str) -> Sequence[Picked]:
    """A field that may be sent more than once; each has its own memory, in the same order."""
    given = page.request.query_params
    texts, before = given.getlist(field), given.getlist(field + WAS)
    padded = [*before, *[""] * len(texts)]
    return [picked(page, field, text, was) for text, was in zip(texts, padded, strict=False) if text.strip()][:50]
