"""Told to schemathesis: how bodies in SPARQL are written."""

from __future__ import annotations

from typing import Any

import schemathesis


@schemathesis.serializer("application/sparql-query", "application/sparql-update")
def sparql(_: schemathesis.SerializationContext, value: Any) -> bytes:
    return str(value).encode("utf-8", "replace")
