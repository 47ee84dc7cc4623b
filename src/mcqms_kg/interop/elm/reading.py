"""A file of the European Learning Model in our terms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.interop.elm.mapping import Understanding
from mcqms_kg.interop.elm.read_agents import licence, organisation
from mcqms_kg.interop.elm.read_credential import credential
from mcqms_kg.interop.elm.read_specification import opportunity, specification
from mcqms_kg.interop.elm.source import read_source
from mcqms_kg.interop.elm.terms import TYPES
from mcqms_kg.model import Stated, Taken, Term
from mcqms_kg.settings import Settings

_READ: tuple[tuple[str, Callable[[Understanding, Term, str], object]], ...] = (
    ("EuropeanDigitalCredential", credential),
    ("LearningOpportunity", opportunity),
    ("LearningAchievementSpecification", specification),
    ("Qualification", specification),
    ("Organisation", organisation),
    ("Accreditation", licence),
)
"""What is read where nothing that was read before leads to it, in this order."""


def read(path: Path, called: str, settings: Settings) -> Taken:
    """What the file says in our terms; raises `UnreadableInput` with the place where it cannot be read."""
    known = Understanding(read_source(path, called, settings))
    pointed = {value for _, predicate, value in known.places if predicate != TYPE}
    for name, reader in _READ:
        for thing in known.graph.instances(terms.iri(TYPES[name])):
            if thing not in known.reached and (name in _ALWAYS or thing not in pointed):
                reader(known, thing, known.places[thing, TYPE, terms.iri(TYPES[name])])
    known.rest()
    return Taken(tuple(Stated(triple, at) for triple, at in known.stated.items()), tuple(known.losses))


_ALWAYS = ("EuropeanDigitalCredential", "LearningOpportunity")
