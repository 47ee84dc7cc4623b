"""One way in which an ontology leaves OWL 2 DL."""

from __future__ import annotations

from dataclasses import dataclass

from mcqms_kg.model import Term


@dataclass(frozen=True)
class DlViolation:
    """The term that breaks a rule of OWL 2 DL, the short name of the rule, and a sentence on what is wrong."""

    term: Term
    rule: str
    what: str
