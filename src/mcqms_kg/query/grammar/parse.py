"""Tokens to a parsed query. Where the engine's grammar is narrower than this one, the engine refuses; nothing wider is let through."""

from __future__ import annotations

from collections.abc import Sequence

from mcqms_kg.errors import BadQuery, Forbidden, Unsupported
from mcqms_kg.query.grammar.parsed import Form, Group, Kind, Parsed, Part, Term
from mcqms_kg.query.grammar.reading import Reading
from mcqms_kg.query.grammar.triples import Block, read_triples_block
from mcqms_kg.sparql.tokens import Token

_UPDATES = {"INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"}
_CLAUSES = {"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"}


def parse(tokens: tuple[Token, ...]) -> Parsed:
    """The query, taken apart. Raises `BadQuery` with the place, `Forbidden` for an update, `Unsupported` for what is not SPARQL 1.1."""
    refuse_reserved(tokens)
    reading = Reading(tokens)
    prologue = read_prologue(reading)
    form = _form(reading)
    if form is Form.CONSTRUCT and reading.sees("{"):
        reading.skip_braces()
    elif form is not Form.ASK:
        _projection(reading)
    plain, named = _dataset(reading)
    reading.take_if("WHERE")
    where = read_group(reading) if reading.sees("{") or form is not Form.DESCRIBE else Group()
    parts = _modifiers(reading)
    reading.expect_end()
    whole = Group(where.triples, where.ends, (*where.parts, *parts))
    return Parsed(
        form, prologue, tokens, plain, named, whole, tuple(reading.long), tuple(reading.forks), tuple(reading.walks)
    )


def refuse_reserved(tokens: Sequence[Token], words: Sequence[str] = ("SERVICE", "LOAD")) -> None:
    """SERVICE and LOAD are reserved words: wherever the token stands it can mean nothing else, so it is refused wherever it stands."""
    for token in tokens:
        if token.word in words:
            raise Forbidden(
                f"{token.word} would reach outside the data", place=token.place, remedy="Import what is needed."
            )


def read_prologue(reading: Reading) -> tuple[Token, ...]:
    start = reading.position
    while reading.now.word in ("BASE", "PREFIX"):
        name = reading.take().word == "PREFIX"
        if name:
            reading.take_kind("name", "a prefix")
        reading.take_kind("iri", "an IRI")
    return tuple(reading.since(start))


def _form(reading: Reading) -> Form:
    token = reading.now
    if token.word in _UPDATES:
        raise Forbidden(
            f"{token.word} would write, and queries only read",
            place=token.place,
            remedy="Hand in a new version instead.",
        )
    try:
        form = Form(token.word)
    except ValueError:
        raise BadQuery("A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE", place=token.place) from None
    reading.take()
    return form


def _projection(reading: Reading) -> frozenset[str]:
    """The variables by name; those of `*` are not known here."""
    found: set[str] = set()
    while not (reading.sees("{") or reading.now.word in ("WHERE", "FROM") or reading.at_end):
        if reading.sees("("):
            found |= _expression(reading)[0]
        else:
            token = reading.take()
            if token.kind == "variable":
                found.add(token.text[1:])
    return frozenset(found)


def _dataset(reading: Reading) -> tuple[tuple[Term, ...], tuple[Term, ...]]:
    plain, named = list[Term](), list[Term]()
    while reading.take_if("FROM"):
        (named if reading.take_if("NAMED") else plain).append((reading.take_iri(),))
    return tuple(plain), tuple(named)


def read_group(reading: Reading) -> Group:
    """A group graph pattern, or a sub-select in braces, which is the one part of its group."""
    opening = reading.take_sign("{")
    with reading.deeper(opening):
        if reading.now.word == "SELECT":
            part = _sub_select(reading)
            reading.take_sign("}")
            return Group(parts=(part,))
        triples, ends, parts, forks = 0, list[Term](), list[Part](), list[tuple[Block, int]]()
        while not reading.take_if("}"):
            if reading.take_if("."):
                continue
            if reading.sees("{") or reading.now.kind == "word":
                if reading.now.word != "FILTER":  # which does not come between triples
                    _note(reading, forks)
                parts += _part(reading)
            else:
                block = read_triples_block(reading)
                triples += block.triples
                ends += block.ends
                if block.forks:
                    forks.append((block, reading.position + reading.sees(".")))
        reading.position -= 1
        _note(reading, forks)
        reading.position += 1
        return Group(triples, tuple(ends), tuple(parts))


def _note(reading: Reading, forks: list[tuple[Block, int]]) -> None:
    """Puts down what was found to fork, to be asked just before here."""
    reading.forks += [block.forked(end, reading.position) for block, end in forks]
    forks.clear()


def _part(reading: Reading) -> Sequence[Part]:
    token = reading.now
    match token.word:
        case "OPTIONAL" | "MINUS":
            reading.take()
            return (Part(Kind(token.word), token, groups=(read_group(reading),)),)
        case "GRAPH":
            start = reading.position
            reading.take()
            name = reading.take() if reading.now.kind == "variable" else reading.take_iri()
            within = read_group(reading)
            return (Part(Kind.GRAPH, token, graph=(name,), groups=(within,), span=(start, reading.position)),)
        case "FILTER":
            reading.take()
            return (_constraint(reading, token),)
        case "BIND":
            reading.take()
            used, groups = _expression(reading)
            return (Part(Kind.BIND, token, variables=used, groups=groups),)
        case "VALUES":
            return (_values(reading),)
        case "":
            return _unions(reading)
        case "LATERAL":
            raise Unsupported(f"{token.text} is not SPARQL 1.1", place=token.place)
        case _:
            raise BadQuery(f"{token.text} cannot stand here", place=token.place)


def _unions(reading: Reading) -> Sequence[Part]:
    opening, groups = reading.now, [read_group(reading)]
    while reading.take_if("UNION"):
        groups.append(read_group(reading))
    return (Part(Kind.GROUP, opening, groups=tuple(groups)),)


def _sub_select(reading: Reading) -> Part:
    token = reading.take()
    projected = _projection(reading)
    reading.take_if("WHERE")
    where = read_group(reading)
    return Part(Kind.SELECT, token, variables=projected, groups=(where, Group(parts=_modifiers(reading))))


def _modifiers(reading: Reading) -> tuple[Part, ...]:
    """GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET and VALUES behind a group."""
    parts: list[Part] = []
    while reading.now.word in _CLAUSES:
        if reading.now.word == "VALUES":
            parts.append(_values(reading))
        else:
            parts.append(_clause(reading, reading.take()))
    return tuple(parts)


def _clause(reading: Reading, at: Token) -> Part:
    """What follows up to the next clause. Its variables are not told: a grouping by the graph's variable is as it should be."""
    groups: list[Group] = []
    while not (reading.at_end or reading.sees("}") or reading.now.word in _CLAUSES):
        if reading.sees("("):
            groups += _expression(reading)[1]
        elif reading.now.word in ("EXISTS", "NOT"):
            groups += _constraint(reading, reading.now).groups
        else:
            reading.take()
    return Part(Kind.FILTER, at, groups=tuple(groups))


def _constraint(reading: Reading, at: Token) -> Part:
    """FILTER's condition: an expression in parentheses, a call, or EXISTS."""
    negated = reading.take_if("NOT")
    exists = reading.now
    if reading.take_if("EXISTS"):
        return Part(Kind.FILTER, at, groups=(Group(parts=(Part(Kind.EXISTS, exists, groups=(read_group(reading),)),)),))
    if negated or (not reading.sees("(") and reading.take().kind not in ("word", "name", "iri")):
        raise BadQuery("A condition must stand here", place=exists.place)
    used, groups = _expression(reading)
    return Part(Kind.FILTER, at, variables=used, groups=groups)


def _expression(reading: Reading) -> tuple[frozenset[str], tuple[Group, ...]]:
    """What stands in parentheses: the variables it uses, and the groups of its EXISTS."""
    opening, used, groups = reading.take_sign("("), set[str](), list[Group]()
    with reading.deeper(opening):
        while not reading.take_if(")"):
            if reading.sees("("):
                inner, more = _expression(reading)
                used |= inner
                groups += more
            elif reading.sees("{"):
                groups.append(_in_exists(reading))
            else:
                token = reading.take()
                if token.kind == "variable":
                    used.add(token.text[1:])
    return frozenset(used), tuple(groups)


def _in_exists(reading: Reading) -> Group:
    before = reading.before
    if before.word != "EXISTS":
        raise BadQuery("Braces inside an expression belong to EXISTS only", place=reading.now.place)
    return Group(parts=(Part(Kind.EXISTS, before, groups=(read_group(reading),)),))


def _values(reading: Reading) -> Part:
    token, found = reading.take(), set[str]()
    while not reading.sees("{"):
        name = reading.take()
        if name.kind == "variable":
            found.add(name.text[1:])
    reading.skip_braces()
    return Part(Kind.VALUES, token, variables=frozenset(found))
