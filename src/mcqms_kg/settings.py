"""What an operator may set, read once from the environment (`MCQMS_…`)."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path

from mcqms_kg.errors import BadValue

MEBIBYTE = 1024 * 1024
WORKSPACE = Path(".mcqms")


@dataclass(frozen=True)
class Settings:
    """Bounds on what is read. Each field is set by `MCQMS_` and its name in capitals; all are whole numbers.

    `max_input_bytes` bounds one file, `max_line_bytes` one line of it, `max_nesting` the depth of JSON-LD,
    `max_naming_seconds` the time for naming the blank nodes of two versions that are compared,
    `store_timeout_s` one call of a store that is not in the workspace.
    """

    max_input_bytes: int = 16 * 1024 * MEBIBYTE
    max_line_bytes: int = 64 * MEBIBYTE
    max_nesting: int = 200
    max_naming_seconds: int = 60
    store_timeout_s: int = 60

    @classmethod
    def from_environment(cls) -> Settings:
        """The settings in force; raises `BadValue` for one that is not a positive whole number."""
        return cls(**_given(cls))


@dataclass(frozen=True)
class QueryLimits:
    """Bounds on one query, set as those on what is read. Beyond one of them there is an error and no answer.

    `query_max_length` bounds the characters of the query itself, `query_memory_mb` what the process that answers
    may take beside the open store, `query_cache_mb` what answers that are remembered may take in all.
    """

    query_timeout_s: int = 30
    query_memory_mb: int = 1024
    query_max_rows: int = 100_000
    query_max_bytes: int = 64 * MEBIBYTE
    query_max_length: int = 100_000
    query_cache_mb: int = 64

    @classmethod
    def from_environment(cls) -> QueryLimits:
        """The limits in force; raises `BadValue` for one that is not a positive whole number."""
        return cls(**_given(cls))


def _given(settings: type[Settings | QueryLimits]) -> dict[str, int]:
    given = {f.name: os.environ.get(f"MCQMS_{f.name.upper()}") for f in fields(settings)}
    return {name: _positive(name, text) for name, text in given.items() if text is not None}


def _positive(name: str, text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise BadValue(f"MCQMS_{name.upper()} is {text!r}", remedy="Set it to a whole number above zero, or unset it.")


def workspace_folder(given: Path | str | None = None) -> Path:
    """The folder of the workspace: as given, else `MCQMS_WORKSPACE`, else `.mcqms` in the current folder."""
    return Path(given or os.environ.get("MCQMS_WORKSPACE") or WORKSPACE)


def store_addresses() -> tuple[str, str] | None:
    """Where the graphs are, for queries and for updates (`MCQMS_STORE`, `MCQMS_STORE_UPDATE`); nothing for the workspace."""
    query = os.environ.get("MCQMS_STORE")
    return (query, os.environ.get("MCQMS_STORE_UPDATE") or query) if query else None
