"""Triple patterns: how many there are, and which constants stand at an end of a path that may be of length zero."""

from __future__ import annotations

from dataclasses import dataclass, field

from mcqms_kg.errors import BadQuery, Unsupported
from mcqms_kg.query.grammar.forks import MOST_TOKENS, Forked, too_many, triple, union_of, ways_of
from mcqms_kg.query.grammar.parsed import Term
from mcqms_kg.query.grammar.reading import Reading
from mcqms_kg.sparql.tokens import Token

_CONSTANT = ("iri", "name", "string", "number", "word")


@dataclass
class Block:
    """What a triples block was found to hold: `pairs` of a predicate's ways and an object, where one of them has several ways."""

    triples: int = 0
    ends: list[Term] = field(default_factory=list)
    start: int = 0
    subject: Term = ()
    pairs: list[tuple[list[Term], Term]] = field(default_factory=list)

    @property
    def forks(self) -> bool:
        return any(len(ways) > 1 for ways, _ in self.pairs)

    def forked(self, end: int, to: int) -> Forked:
        """How it is asked, with unions before another token; raises `Unsupported` where a way would lead to what has no name."""
        if sum(len(ways) * len(value) + sum(map(len, ways)) for ways, value in self.pairs) > MOST_TOKENS:
            raise too_many(self.subject[0])
        stays, unions = list[Token](), list[Token]()
        dot = Token("sign", ".", self.subject[0].line, self.subject[0].column, apart=True)
        for ways, value in self.pairs:
            if len(ways) == 1:
                stays += [*triple(self.subject, ways[0], value), dot]
            else:
                if any(map(_is_blank, (self.subject, value))):
                    raise no_name(ways[0][0])
                unions += union_of(self.subject, ways, value)
        return Forked(self.start, end, to, tuple(stays), tuple(unions))


def no_name(at: Token) -> Unsupported:
    """A blank node cannot stand in two groups, so ways that fork there cannot be asked one by one."""
    return Unsupported(
        "The store does not count each way of a path that forks (|) at a blank node",
        place=at.place,
        remedy="Use a variable in place of the blank node.",
    )


def _is_blank(term: Term) -> bool:
    return term[0].kind == "blank" or (term[0].kind == "sign" and term[0].text in ("[", "("))


def read_triples_block(reading: Reading) -> Block:
    """The triples of one subject."""
    block = Block(start=reading.position)
    bracket = reading.sees("[")
    subject = _node(reading, block)
    block.subject = tuple(reading.since(block.start))
    if not (bracket and (reading.sees(".") or reading.sees("}"))):
        _properties(reading, block, subject, is_whole=True)
    return block


def _properties(reading: Reading, block: Block, subject: Term, *, is_whole: bool = False) -> None:
    """Predicates and objects up to what ends them; the `whole` of a block, or what stands in brackets in it."""
    while True:
        path = reading.position
        empty = _path(reading)
        ways = ways_of(steps := tuple(reading.since(path)))
        if len(ways) > 1 and not is_whole:
            raise no_name(ways[0][0])
        while True:
            start = reading.position
            value = _node(reading, block)
            block.triples += 1
            if any(token.text in "*+?!" for token in steps):
                reading.walks.append(steps)
            if is_whole:
                block.pairs.append((ways, tuple(reading.since(start))))
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
