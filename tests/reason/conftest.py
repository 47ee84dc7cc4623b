"""The ontology and a small graph, classified once for all tests of reasoning."""

from __future__ import annotations

from pathlib import Path

import pytest

from mcqms_kg.reason.owl import Classification, classify
from mcqms_kg.resources import root

ONTOLOGY = tuple(sorted((root() / "ontology").rglob("*.ttl")))
STACKED = Path(__file__).parent / "stacked.ttl"


@pytest.fixture(scope="session")
def ontology() -> tuple[Path, ...]:
    """Every file of the ontology: modules, code lists and alignments."""
    return ONTOLOGY


@pytest.fixture(scope="session")
def stacked() -> Path:
    return STACKED


@pytest.fixture(scope="session")
def classified(ontology: tuple[Path, ...], stacked: Path) -> Classification:
    return classify(ontology, [stacked])
