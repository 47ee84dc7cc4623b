"""Triple patterns: how many there are, and which constants stand at an end of a path that may be of length zero."""

from __future__ import annotations

from dataclasses import dataclass, field

from mcqms_kg.errors import BadQuery, Unsupported
from mcqms_kg.query.parsed import Term
from mcqms_kg.query.reading import Reading

_CONSTANT = ("iri", "name", "string", "number", "word")


@dataclass
class Block:
    """What a triples block was found to hold."""

    triples: int = 0
    ends: list[Term] = field(default_factory=list)


def read_triples_block(reading: Reading) -> Block:
    """The triples of one subject."""
    block = Block()
    bracket = reading.sees("[")
    subject = _node(reading, block)
    if not (bracket and (reading.sees(".") or reading.sees("}"))):
        _properties(reading, block, subject)
    return block


def _properties(reading: Reading, block: Block, subject: Term) -> None:
    """Predicates and objects up to what ends them."""
    while True:
        empty = _path(reading)
        while True:
            value = _node(reading, block)
            block.triples += 1
            if empty:
                block.ends += [end for end in (subject, value) if end]
            if not reading.take_if(","):
                break
        if not reading.take_if(";"):
            return
        while reading.take_if(";"):
            pass
        if reading.sees(".") or reading.sees("}") or reading.sees("]"):
            return


def _node(reading: Reading, block: Block) -> Term:
    """A subject or object; what it is, where it is a constant, and nothing where it is not."""
    token = reading.now
    if reading.sees("["):
        _bracketed(reading, block)
        return ()
    if reading.sees("("):
        _collection(reading, block)
        return ()
    if reading.sees("<<"):
        raise Unsupported("Triple terms are not SPARQL 1.1", place=token.place)
    if token.kind not in (*_CONSTANT, "variable", "blank") or (
        token.kind == "word" and token.text.lower() not in ("true", "false")
    ):
        raise BadQuery(f"A term must stand here, not {token.text!r}", place=token.place)
    start = reading.position
    reading.take()
    if token.kind == "string":
        if reading.now.kind == "language":
            reading.take()
        elif reading.take_if("^^"):
            reading.take_iri()
    return tuple(reading.since(start)) if token.kind in _CONSTANT else ()


def _bracketed(reading: Reading, block: Block) -> None:
    opening = reading.take()
    with reading.deeper(opening):
        if not reading.take_if("]"):
            _properties(reading, block, ())
            reading.take_sign("]")


def _collection(reading: Reading, block: Block) -> None:
    opening = reading.take()
    with reading.deeper(opening):
        while not reading.take_if(")"):
            _node(reading, block)
            block.triples += 1


def _path(reading: Reading) -> bool:
    """Reads a predicate or path, and tells whether it may be of length zero."""
    if reading.now.kind == "variable":
        reading.take()
        return False
    empty = _sequence(reading)
    while reading.take_if("|"):
        empty |= _sequence(reading)
    return empty


def _sequence(reading: Reading) -> bool:
    empty = _step(reading)
    while reading.take_if("/"):
        empty &= _step(reading)
    return empty


def _step(reading: Reading) -> bool:
    reading.take_if("^")
    opening = reading.now
    if reading.take_if("("):
        with reading.deeper(opening):
            empty = _path(reading)
            reading.take_sign(")")
    elif reading.take_if("!"):
        _negated(reading)
        empty = False
    else:
        _verb(reading)
        empty = False
    sign = reading.now
    if reading.take_if("?"):
        return True
    if reading.take_if("*") or reading.take_if("+"):
        reading.long.append(sign)
    return empty or (sign.kind == "sign" and sign.text == "*")


def _negated(reading: Reading) -> None:
    if not reading.take_if("("):
        reading.take_if("^")
        _verb(reading)
        return
    while not reading.take_if(")"):
        if not (reading.take_if("|") or reading.take_if("^")):
            _verb(reading)


def _verb(reading: Reading) -> None:
    if reading.now.kind == "word" and reading.now.text == "a":
        reading.take()
    else:
        reading.take_iri()
