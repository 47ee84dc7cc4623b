"""Where the official artefacts of other people's standards lie: beside the test suites, never in this repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_REPOSITORY = Path(__file__).resolve().parents[2]


def standards(name: str) -> Path:
    """The folder of one standard, beside `$MCQMS_SUITES` or in `../shared`; skips the test where it is absent."""
    suites = os.environ.get("MCQMS_SUITES")
    shared = Path(suites).parent if suites else _REPOSITORY.parent / "shared"
    folder = shared / "standards" / name
    if not folder.is_dir():
        pytest.skip(f"the official artefacts of {name} are not here: set MCQMS_SUITES to the folder beside 'standards'")
    return folder
