"""Every function that a plan may call."""

from __future__ import annotations

from mcqms_kg.shacl.sql.arithmetic import Arithmetic
from mcqms_kg.shacl.sql.comparisons import Comparisons
from mcqms_kg.shacl.sql.texts import Texts


class Functions(Comparisons, Arithmetic, Texts):
    """Writes the expressions of one block."""
