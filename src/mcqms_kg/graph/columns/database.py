"""DuckDB as far as it is there: it takes long to import, and much is decided without it."""

from __future__ import annotations

import sys


def errors(*names: str) -> tuple[type[Exception], ...]:
    """Errors of DuckDB by name, to be caught; none where it was never imported, because then nothing has raised them."""
    module = sys.modules.get("duckdb")
    return tuple(getattr(module, name) for name in names) if module else ()


def beyond_exact() -> tuple[type[Exception], ...]:
    """What DuckDB raises where data go beyond its arithmetic."""
    return errors("InvalidInputException", "OutOfRangeException", "ConversionException")
