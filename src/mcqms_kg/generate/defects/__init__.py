"""The catalogue of defects that can be planted: each gives exactly one finding where it is planted."""

from __future__ import annotations

from mcqms_kg.generate.defects.change import Defect
from mcqms_kg.generate.defects.designing import DESIGNING
from mcqms_kg.generate.defects.following import FOLLOWING
from mcqms_kg.generate.defects.leading import LEADING
from mcqms_kg.generate.defects.offering import OFFERING
from mcqms_kg.generate.defects.supporting import SUPPORTING
from mcqms_kg.generate.defects.validating import RESULTS, VALIDATING
from mcqms_kg.generate.defects.working import WORKING

CATALOGUE: tuple[Defect, ...] = (
    *LEADING,
    *WORKING,
    *SUPPORTING,
    *OFFERING,
    *DESIGNING,
    *VALIDATING,
    *RESULTS,
    *FOLLOWING,
)
"""Every defect, by the topic of its scene."""

__all__ = ["CATALOGUE", "Defect"]
