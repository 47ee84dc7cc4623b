"""Triple patterns and property paths (SPARQL 1.1, 9.1): values of the query as it is written, and of its algebra."""

from __future__ import annotations

from mcqms_kg.model import Term
from mcqms_kg.sparql.expressions import Variable
from mcqms_kg.values import Value


class Inverse(Value):
    """`^path`."""

    path: Path


class Sequence(Value):
    """`path/path`, two steps or more."""

    steps: tuple[Path, ...]


class Alternative(Value):
    """`path|path`, two choices or more."""

    choices: tuple[Path, ...]


class ZeroOrMore(Value):
    """`path*`."""

    path: Path


class OneOrMore(Value):
    """`path+`."""

    path: Path


class ZeroOrOne(Value):
    """`path?`."""

    path: Path


class Negated(Value):
    """`!(iri|^iri)`: any predicate but these, forwards or backwards."""

    forwards: tuple[Term, ...]
    backwards: tuple[Term, ...] = ()


Path = Term | Inverse | Sequence | Alternative | ZeroOrMore | OneOrMore | ZeroOrOne | Negated


class TriplePattern(Value):
    """Subject, predicate or path, and object."""

    subject: Term | Variable
    predicate: Path | Variable
    object: Term | Variable
