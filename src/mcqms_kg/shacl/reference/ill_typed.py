"""Dates that are none are errors in SPARQL expressions (17.2); rdflib hands the literal on, and a Python error ends the validation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import rdflib.plugins.sparql.operators as by_rdflib
from rdflib.plugins.sparql.sparql import SPARQLError
from rdflib.term import Literal

_READERS = ("date", "datetime")


def take_ill_typed_dates_for_errors() -> None:
    """From now on, in this process."""
    for name in _READERS:
        reader = getattr(by_rdflib, name)
        if not hasattr(reader, "__wrapped__"):
            setattr(by_rdflib, name, _refusing(reader))


def _refusing(reader: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @wraps(reader)
    def read(literal: Any) -> Any:
        found = reader(literal)
        if isinstance(found, Literal):
            raise SPARQLError(f"Ill-typed: {found!r}")
        return found

    return read
