"""What is imported on first use is where the tables say: each name in one file, and none left out."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType

import click
import pytest

import mcqms_kg
from mcqms_kg import model, operations
from mcqms_kg.cli.verbs import MODULES


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


@pytest.mark.parametrize("verb", MODULES)
def test_every_verb_is_in_the_file_that_the_table_says(verb: str) -> None:
    module = import_module(f"mcqms_kg.cli.{MODULES[verb]}")
    assert isinstance(getattr(module, MODULES[verb]), click.Command)
