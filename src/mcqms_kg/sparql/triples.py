"""Triple patterns and property paths read (SPARQL 1.1, 19.8, [52] to [107])."""

from __future__ import annotations

from collections.abc import Callable

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import RDF
from mcqms_kg.sparql.expressions import Variable
from mcqms_kg.sparql.paths import (
    Alternative,
    Inverse,
    Negated,
    OneOrMore,
    Path,
    Sequence,
    TriplePattern,
    ZeroOrMore,
    ZeroOrOne,
)
from mcqms_kg.sparql.terms import TYPE, QueryReading

_FIRST, _REST, _NIL = (terms.iri(RDF + name) for name in ("first", "rest", "nil"))
_REPEATED: dict[str, type[ZeroOrMore | OneOrMore | ZeroOrOne]] = {"*": ZeroOrMore, "+": OneOrMore, "?": ZeroOrOne}
Found = list[TriplePattern]


def begins_triples(reading: QueryReading) -> bool:
    """Whether what stands here can be a subject."""
    token = reading.now
    return token.kind in ("variable", "iri", "name", "blank") or reading.sees_literal() or token.text in ("[", "(")


def read_triples(reading: QueryReading) -> tuple[TriplePattern, ...]:
    """Triples of one subject after the other, up to what is none."""
    found: Found = []
    while begins_triples(reading):
        _of_one_subject(reading, found)
        if not reading.take_if("."):
            break
    return tuple(found)


def _of_one_subject(reading: QueryReading, found: Found) -> None:
    before = len(found)
    subject = _node(reading, found)
    if len(found) == before or _sees_verb(reading):
        _properties(reading, subject, found)


def _sees_verb(reading: QueryReading) -> bool:
    token = reading.now
    return token.kind in ("variable", "iri", "name") or token.text in ("a", "^", "!", "(")


def _properties(reading: QueryReading, subject: Term | Variable, found: Found) -> None:
    """Predicates and objects up to what ends them."""
    while True:
        predicate = reading.variable() if reading.now.kind == "variable" else _path(reading)
        while True:
            here = len(found)
            value = _node(reading, found)
            found.insert(here, TriplePattern(subject, predicate, value))
            if not reading.take_if(","):
                break
        if not reading.take_if(";"):
            return
        while reading.take_if(";"):
            pass
        if not _sees_verb(reading):
            return


def _node(reading: QueryReading, found: Found) -> Term | Variable:
    """A subject or object; what brackets and collections say of it is put to what was found."""
    token = reading.now
    if token.kind == "variable":
        return reading.variable()
    if token.kind in ("iri", "name"):
        return reading.iri()
    if token.kind == "blank":
        return reading.blank()
    if reading.sees_literal():
        return reading.literal()
    if reading.sees("["):
        return _bracketed(reading, found)
    if reading.sees("("):
        return _collection(reading, found)
    raise reading.cannot_stand()


def _bracketed(reading: QueryReading, found: Found) -> Term:
    node = reading.fresh()
    with reading.deeper(reading.take()):
        if not reading.take_if("]"):
            _properties(reading, node, found)
            reading.take_sign("]")
    return node


def _collection(reading: QueryReading, found: Found) -> Term:
    with reading.deeper(reading.take()):
        if reading.take_if(")"):
            return _NIL
        head = node = reading.fresh()
        while True:
            here = len(found)
            value = _node(reading, found)
            found.insert(here, TriplePattern(node, _FIRST, value))
            if reading.take_if(")"):
                found.append(TriplePattern(node, _REST, _NIL))
                return head
            following = reading.fresh()
            found.append(TriplePattern(node, _REST, following))
            node = following


def _path(reading: QueryReading) -> Path:
    return _chain(reading, "|", _sequence, Alternative)


def _sequence(reading: QueryReading) -> Path:
    return _chain(reading, "/", _step, Sequence)


def _chain(
    reading: QueryReading, sign: str, part: Callable[[QueryReading], Path], made: type[Sequence | Alternative]
) -> Path:
    """Paths with a sign between them; one alone is itself."""
    found = [part(reading)]
    while reading.take_if(sign):
        found.append(part(reading))
    return made(tuple(found)) if len(found) > 1 else found[0]


def _step(reading: QueryReading) -> Path:
    if reading.take_if("^"):
        return Inverse(_repeated(reading))
    return _repeated(reading)


def _repeated(reading: QueryReading) -> Path:
    path = _primary(reading)
    if reading.now.kind == "sign" and reading.now.text in _REPEATED:
        return _REPEATED[reading.take().text](path)
    return path


def _primary(reading: QueryReading) -> Path:
    if reading.sees("("):
        with reading.deeper(reading.take()):
            path = _path(reading)
            reading.take_sign(")")
        return path
    return _negated(reading) if reading.take_if("!") else _verb(reading)


def _negated(reading: QueryReading) -> Negated:
    forwards: list[Term] = []
    backwards: list[Term] = []

    def one() -> None:
        (backwards if reading.take_if("^") else forwards).append(_verb(reading))

    if not reading.take_if("("):
        one()
    elif not reading.take_if(")"):
        one()
        while reading.take_if("|"):
            one()
        reading.take_sign(")")
    return Negated(tuple(forwards), tuple(backwards))


def _verb(reading: QueryReading) -> Term:
    if reading.now.kind == "word" and reading.now.text == "a":
        reading.take()
        return TYPE
    return reading.iri()
