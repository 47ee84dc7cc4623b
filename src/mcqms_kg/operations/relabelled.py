"""A report on files in a folder that is gone, with the names that the files had there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

Value = TypeVar("Value")


def relabelled(value: Value, folder: str) -> Value:
    """The value with the folder left out of every name in it. The folder's name is one that nothing else holds."""
    found: Any = _walked(value, folder)
    return found  # type: ignore[no-any-return]  # of the kind that was given


def _walked(value: Any, folder: str) -> Any:
    if isinstance(value, str):
        return value.replace(folder, "") if folder in value else value
    if isinstance(value, tuple):
        inside = [_walked(inner, folder) for inner in value]
        return value if all(a is b for a, b in zip(inside, value, strict=True)) else tuple(inside)
    if isinstance(value, Mapping):
        return {key: _walked(inner, folder) for key, inner in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        old = {field.name: getattr(value, field.name) for field in fields(value)}
        new = {name: _walked(inner, folder) for name, inner in old.items()}
        changed = {name: inner for name, inner in new.items() if inner is not old[name]}
        return replace(value, **changed) if changed else value
    return value
