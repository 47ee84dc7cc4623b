"""Told to schemathesis: how bodies in SPARQL and RDF are written."""

from __future__ import annotations

from typing import Any

import schemathesis

_TEXTS = ("sparql-query", "sparql-update", "n-triples", "n-quads", "trig", "rdf+xml", "ld+json")


@schemathesis.serializer("text/turtle", *(f"application/{name}" for name in _TEXTS))
def text(_: schemathesis.SerializationContext, value: Any) -> bytes:
    return str(value).encode("utf-8", "replace")
