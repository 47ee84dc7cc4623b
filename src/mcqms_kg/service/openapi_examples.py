"""Examples in the description of the API, for parameters and bodies that bring none: the same name means the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_ID = "0123456789abcdef0123456789abcdef"
_THING = "https://example.org/flawed-provider/provider"
PARAMETERS: dict[str, Any] = {
    "about": _THING,
    "base": "https://example.org/",
    "clause": "8.1",
    "dataset": "school",
    "default": "",
    "default-graph-uri": "https://w3id.org/mcqms/dataset/school/1",
    "file": "data.ttl",
    "focus": _THING,
    "graph": "https://example.org/notes",
    "holds": "https://example.org/polytechnic-networks/network-cabling",
    "id": _ID,
    "in": _ID,
    "last-event-id": "1",
    "learner": "https://example.org/polytechnic-networks/learner",
    "name": "school",
    "named-graph-uri": "https://w3id.org/mcqms/dataset/school/1",
    "new": 2,
    "number": 1,
    "of": _ID,
    "old": 1,
    "option": "language=en",
    "provider": _THING,
    "requirement": "8.1d",
    "rule": "1.3",
    "since": "2026-01-01",
    "subject": _THING,
    "to": "openbadges",
    "unit": "https://example.org/polytechnic-networks/unit",
    "version": 1,
    "waived": False,
}
_TURTLE = "@prefix mc: <https://w3id.org/mcqms/ns#> . <https://example.org/a> a mc:MicroCredential ."
_TRIPLE = "<https://example.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/mcqms/ns#MicroCredential>"
_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:mc="https://w3id.org/mcqms/ns#">'
    '<mc:MicroCredential rdf:about="https://example.org/a"/></rdf:RDF>'
)
BODIES: dict[str, Any] = {
    "text/turtle": _TURTLE,
    "application/trig": _TURTLE,
    "application/n-triples": f"{_TRIPLE} .\n",
    "application/n-quads": f"{_TRIPLE} .\n",
    "application/rdf+xml": _XML,
    "application/ld+json": '{"@id": "https://example.org/a", "@type": "https://w3id.org/mcqms/ns#MicroCredential"}',
    "application/sparql-query": "ASK { ?s a mc:Provider }",
    "application/sparql-update": "INSERT DATA { GRAPH <https://example.org/notes> { <https://example.org/a> rdfs:label 'A' } }",
    "application/x-www-form-urlencoded": {"query": "ASK { ?s a mc:Provider }"},
}
_SAYS = ("example", "examples", "default", "enum", "const")


def illustrate(description: dict[str, Any]) -> None:
    """Puts an example where there is none."""
    schemas = description["components"]["schemas"]
    for operation in operations(description):
        for parameter in operation.get("parameters", ()):
            if not says(parameter, schemas) and parameter["name"] in PARAMETERS:
                parameter["example"] = _fitting(PARAMETERS[parameter["name"]], parameter["schema"])
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            if not says(content, schemas) and kind in BODIES:
                content["example"] = BODIES[kind]


def operations(description: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every operation of every path."""
    for path in description["paths"].values():
        yield from path.values()


def says(part: Any, schemas: dict[str, Any], seen: frozenset[str] = frozenset()) -> bool:
    """Whether there is an example in it, or all values that there are, also in the schemas that it names."""
    if isinstance(part, list):
        return any(says(inner, schemas, seen) for inner in part)
    if not isinstance(part, dict):
        return False
    name = str(part.get("$ref", "")).rpartition("/")[2]
    if name and name not in seen and says(schemas.get(name, {}), schemas, seen | {name}):
        return True
    return any(key in part for key in _SAYS) or any(says(inner, schemas, seen) for inner in part.values())


def _fitting(example: Any, schema: dict[str, Any]) -> Any:
    """The example as the schema has it: one of several, or a number where one is asked."""
    kinds = {schema.get("type"), *(option.get("type") for option in schema.get("anyOf", ()))}
    if "array" in kinds:
        return [example]
    return str(example) if "string" in kinds and "integer" not in kinds else example
