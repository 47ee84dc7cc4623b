"""Where the official artefacts of other people's standards lie: beside the test suites, never in this repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from suites import STANDARDS


def standards(name: str) -> Path:
    """The folder of one standard; skips the test where it is absent."""
    folder = STANDARDS / name
    if not folder.is_dir():
        pytest.skip(f"the official artefacts of {name} are not here: set MCQMS_SUITES to the folder beside 'standards'")
    return folder
