"""Triple patterns and property paths (SPARQL 1.1, 9.1): values of the query as it is written, and of its algebra."""

from __future__ import annotations

from dataclasses import dataclass

from mcqms_kg.model import Term
from mcqms_kg.sparql.expressions import Variable


@dataclass(frozen=True)
class Inverse:
    """`^path`."""

    path: Path


@dataclass(frozen=True)
class Sequence:
    """`path/path`, two steps or more."""

    steps: tuple[Path, ...]


@dataclass(frozen=True)
class Alternative:
    """`path|path`, two choices or more."""

    choices: tuple[Path, ...]


@dataclass(frozen=True)
class ZeroOrMore:
    """`path*`."""

    path: Path


@dataclass(frozen=True)
class OneOrMore:
    """`path+`."""

    path: Path


@dataclass(frozen=True)
class ZeroOrOne:
    """`path?`."""

    path: Path


@dataclass(frozen=True)
class Negated:
    """`!(iri|^iri)`: any predicate but these, forwards or backwards."""

    forwards: tuple[Term, ...]
    backwards: tuple[Term, ...] = ()


Path = Term | Inverse | Sequence | Alternative | ZeroOrMore | OneOrMore | ZeroOrOne | Negated


@dataclass(frozen=True)
class TriplePattern:
    """Subject, predicate or path, and object."""

    subject: Term | Variable
    predicate: Path | Variable
    object: Term | Variable
