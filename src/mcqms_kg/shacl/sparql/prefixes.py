"""The text of a SPARQL constraint with its prefixes declared and its path written out (SHACL 5.2.1, 5.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import OWL, PREFIXES
from mcqms_kg.shacl.paths import path_text
from mcqms_kg.shacl.vocabulary import sh
from mcqms_kg.sparql.paths import Path

_IMPORTS = terms.iri(OWL + "imports")
_FILES = terms.iri("urn:x-mcqms:prefixes-of-the-files")
_ASSUMED = {
    name: PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd", "sh", "skos", "dcterms", "prov", "foaf", "dcat")
}
"""Prefixes that a query may use without a declaration: shapes in use do, and the reference engine knows them too."""


def as_declarations(prefixes: Mapping[str, str]) -> Iterator[Triple]:
    """Prefixes of the files as statements of the shapes graph, for queries that declare none of their own.

    The specification asks for `sh:prefixes`; shapes in use often rely on the file instead, and other engines let them.
    """
    for number, (prefix, namespace) in enumerate(sorted(prefixes.items())):
        declaration = Term(f"_:prefix-of-a-file-{number}")
        yield _FILES, sh("declare"), declaration
        yield declaration, sh("prefix"), terms.literal(prefix)
        yield declaration, sh("namespace"), terms.literal(namespace)


def query_text(graph: GraphIndex, constraint: Term, text: str, path: Path | None) -> str:
    """The query with the prefixes that its constraint declares, and `$PATH` written out."""
    if path is not None:
        text = re.sub(r"[$?]PATH\b", lambda _: path_text(path), text)
    return with_prefixes({**_ASSUMED, **of_files(graph), **declared_at(graph, constraint)}, text)


def with_prefixes(declared: Mapping[str, str], text: str) -> str:
    """The query behind the declarations that it may need, on its first line, so that the lines of errors are its own."""
    used = ((prefix, namespace) for prefix, namespace in declared.items() if f"{prefix}:" in text)
    return "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in used) + text


def of_files(graph: GraphIndex) -> Mapping[str, str]:
    """The prefixes of the files, as far as the shapes graph states them."""
    return dict(_stated_at(graph, _FILES))


def declared_at(graph: GraphIndex, constraint: Term) -> Mapping[str, str]:
    """The declarations of the constraint's `sh:prefixes`, and of what those import."""
    found: dict[str, str] = {}
    waiting = list(graph.objects(constraint, sh("prefixes")))
    seen: set[Term] = set()
    while waiting:
        source = waiting.pop()
        if source in seen:
            continue
        seen.add(source)
        waiting += graph.objects(source, _IMPORTS)
        found.update(_stated_at(graph, source))
    return found


def _stated_at(graph: GraphIndex, source: Term) -> Iterator[tuple[str, str]]:
    for declaration in graph.objects(source, sh("declare")):
        prefix, namespace = graph.value(declaration, sh("prefix")), graph.value(declaration, sh("namespace"))
        if prefix and namespace:
            yield terms.lexical(prefix), terms.lexical(namespace)
