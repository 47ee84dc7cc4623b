"""What verifying a file comes to: each thing that was looked at with its own verdict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mcqms_kg.model.rdf import Texts


class Proof(StrEnum):
    """What became of one thing that was looked at. What could not be checked is not wrong, and is not good."""

    GOOD = "good"
    FAILED = "failed"
    UNCHECKED = "could not check"


@dataclass(frozen=True)
class Point:
    """One thing that was looked at: its name, what became of it, why in words, and the place in the file where there is one."""

    name: str
    proof: Proof
    why: Texts
    at: str = ""


@dataclass(frozen=True)
class Verification:
    """All points of a file that was verified. `kind` says what the file is, `about` what stands in it."""

    file: str
    kind: str
    as_of: dt.date
    points: tuple[Point, ...]
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def proof(self) -> Proof:
        """Good where every point is; failed where one is; else it could not be checked."""
        found = {point.proof for point in self.points}
        if Proof.FAILED in found:
            return Proof.FAILED
        return Proof.UNCHECKED if Proof.UNCHECKED in found or not found else Proof.GOOD
