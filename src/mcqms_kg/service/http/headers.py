"""Headers of a request as they stand in its scope: to look one up needs no object that holds all of them."""

from __future__ import annotations

from starlette.types import Scope


def header(scope: Scope, name: bytes) -> str:
    """The first header of a name, which is given in small letters; empty where there is none."""
    for known, value in scope["headers"]:
        if known == name:
            return str(value.decode("latin-1"))
    return ""
