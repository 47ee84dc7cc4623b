"""Property paths of SPARQL read as paths of SHACL."""

from __future__ import annotations

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl import paths as of_shacl
from mcqms_kg.sparql import paths

_REPEATED: dict[type, type[of_shacl.ZeroOrMore | of_shacl.OneOrMore | of_shacl.ZeroOrOne]] = {
    paths.ZeroOrMore: of_shacl.ZeroOrMore,
    paths.OneOrMore: of_shacl.OneOrMore,
    paths.ZeroOrOne: of_shacl.ZeroOrOne,
}


def read_sparql_path(path: paths.Path) -> of_shacl.Path:
    """The path; raises `Unsupported` where SHACL has none like it."""
    match path:
        case str():
            return of_shacl.Predicate(path)
        case paths.Inverse(path=inner):
            return of_shacl.Inverse(read_sparql_path(inner))
        case paths.Sequence(steps=steps):
            return of_shacl.Sequence(tuple(map(read_sparql_path, steps)))
        case paths.Alternative(choices=choices):
            return of_shacl.Alternative(tuple(map(read_sparql_path, choices)))
        case paths.ZeroOrMore(path=inner) | paths.OneOrMore(path=inner) | paths.ZeroOrOne(path=inner):
            return _REPEATED[type(path)](read_sparql_path(inner))
        case paths.Negated():
            raise Unsupported("A negated property set")
