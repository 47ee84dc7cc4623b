"""The text of a SPARQL constraint with its prefixes declared and its path written out (SHACL 5.2.1, 5.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import OWL
from mcqms_kg.shacl.paths import Path, path_text
from mcqms_kg.shacl.sparql.tokens import closed_up
from mcqms_kg.shacl.vocabulary import sh

_IMPORTS = terms.iri(OWL + "imports")
_QUERIES = (sh("select"), sh("ask"))
_FILES = terms.iri("urn:x-mcqms:prefixes-of-the-files")


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
    declared = {**dict(_declared_at(graph, _FILES)), **dict(_prefixes(graph, constraint))}
    used = ((prefix, namespace) for prefix, namespace in declared.items() if f"{prefix}:" in text)
    prefixes = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in used)
    if path is not None:
        text = re.sub(r"[$?]PATH\b", lambda _: path_text(path), text)
    return prefixes + closed_up(text)


def declaring(shapes: Iterable[Triple]) -> tuple[Triple, ...]:
    """The shapes with the prefixes written into their queries, for an engine that knows only `sh:prefixes`."""
    given = tuple(shapes)
    graph = GraphIndex(given)

    def written(subject: Term, predicate: Term, value: Term) -> Triple:
        if predicate not in _QUERIES or not terms.is_literal(value):
            return subject, predicate, value
        return subject, predicate, terms.literal(query_text(graph, subject, terms.lexical(value), None))

    return tuple(written(*triple) for triple in given)


def _prefixes(graph: GraphIndex, constraint: Term) -> Iterator[tuple[str, str]]:
    """The declarations of the constraint's `sh:prefixes`, and of what those import."""
    waiting = list(graph.objects(constraint, sh("prefixes")))
    seen: set[Term] = set()
    while waiting:
        source = waiting.pop()
        if source in seen:
            continue
        seen.add(source)
        waiting += graph.objects(source, _IMPORTS)
        yield from _declared_at(graph, source)


def _declared_at(graph: GraphIndex, source: Term) -> Iterator[tuple[str, str]]:
    for declaration in graph.objects(source, sh("declare")):
        prefix, namespace = graph.value(declaration, sh("prefix")), graph.value(declaration, sh("namespace"))
        if prefix and namespace:
            yield terms.lexical(prefix), terms.lexical(namespace)
