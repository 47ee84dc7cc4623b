"""What is imported on first use is where the tables say: each name in one file, and none left out."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

import pytest

import mcqms_kg
from mcqms_kg import model, operations
from mcqms_kg.cli.verbs import MODULES
from mcqms_kg.interop.standards import STANDARDS


@pytest.mark.parametrize("room", [operations, model], ids=["operations", "model"])
def test_each_name_is_in_the_file_that_the_table_says(room: ModuleType) -> None:
    table: Mapping[str, tuple[str, ...]] = room._MODULES
    told = [name for names in table.values() for name in names]
    assert len(told) == len(set(told))
    for module, names in table.items():
        assert not [name for name in names if not hasattr(import_module(f"{room.__name__}.{module}"), name)], module


@pytest.mark.parametrize("room", [mcqms_kg, operations, model], ids=["mcqms_kg", "operations", "model"])
def test_every_public_name_is_found(room: ModuleType) -> None:
    assert not [name for name in room.__all__ if not hasattr(room, name)]


def test_every_verb_and_every_standard_has_its_file() -> None:
    for module in set(MODULES.values()):
        import_module(f"mcqms_kg.cli.{module}")
    for standard in STANDARDS.values():
        import_module(f"mcqms_kg.interop.{standard.module}")
