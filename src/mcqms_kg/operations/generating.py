"""Data with known defects."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.operations.rulebooks import as_date

if TYPE_CHECKING:
    from mcqms_kg.generate import Generated


def generate(
    out: Path | str,
    *,
    providers: int,
    credentials: int,
    seed: int = 1,
    defects: float = 0.0,
    as_of: dt.date | str | None = None,
    abroad: bool = False,
) -> Generated:
    """A made-up national graph as N-Quads with a manifest of its planted defects beside it (`mcqms_kg.generate`).

    With `abroad` also recognition agreements with bodies of other countries, and how levels are referenced to a framework there.
    """
    from mcqms_kg.generate import national_graph  # a room of its own that no check needs

    return national_graph.generate(Path(out), providers, credentials, seed, defects, as_date(as_of), abroad)
