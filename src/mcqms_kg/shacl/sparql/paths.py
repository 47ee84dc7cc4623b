"""Property paths of SPARQL, as rdflib gives them, read as paths of SHACL."""

from __future__ import annotations

from rdflib import paths as given
from rdflib.term import URIRef

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.shacl.paths import (
    Alternative,
    Inverse,
    OneOrMore,
    Path,
    Predicate,
    Sequence,
    ZeroOrMore,
    ZeroOrOne,
)

_REPEATED: dict[str, type[ZeroOrMore | OneOrMore | ZeroOrOne]] = {"*": ZeroOrMore, "+": OneOrMore, "?": ZeroOrOne}


def read_sparql_path(path: object) -> Path:
    if isinstance(path, URIRef):
        return Predicate(terms.iri(str(path)))
    if isinstance(path, given.InvPath):
        return Inverse(read_sparql_path(path.arg))
    if isinstance(path, given.SequencePath):
        return Sequence(tuple(map(read_sparql_path, path.args)))
    if isinstance(path, given.AlternativePath):
        return Alternative(tuple(map(read_sparql_path, path.args)))
    if isinstance(path, given.MulPath):
        return _REPEATED[str(path.mod)](read_sparql_path(path.path))
    raise Unsupported("A negated property set")
