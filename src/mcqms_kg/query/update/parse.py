"""Tokens to the operations of an update. Patterns are judged as those of queries are; templates are read by `template`."""

from __future__ import annotations

from mcqms_kg.errors import BadQuery, Unsupported
from mcqms_kg.query.deviations import with_texts_as_conditions, without_language
from mcqms_kg.query.grammar.parse import read_group, read_prologue, refuse_reserved
from mcqms_kg.query.grammar.parsed import Term
from mcqms_kg.query.grammar.reading import Reading
from mcqms_kg.query.guard import Judged, judge_tokens
from mcqms_kg.query.update.operations import Block, Manage, Modify, Operation
from mcqms_kg.sparql.tokens import Token, tokenize


def parse_update(text: str, max_length: int) -> tuple[Operation, ...]:
    """The operations in order. Raises `BadQuery`, `Forbidden` or `Unsupported`, with the place in the update."""
    if len(text) > max_length:
        raise BadQuery(f"The update is longer than {max_length} characters", remedy="Send it in parts.")
    tokens = with_texts_as_conditions(without_language(tokenize(text)))
    refuse_reserved(tokens, ("SERVICE",))
    reading, prologue, found = Reading(tokens), tuple[Token, ...](), list[Operation]()
    while True:
        prologue += read_prologue(reading)
        if reading.at_end:
            break
        found.append(_operation(reading, prologue))
        if not reading.take_if(";"):
            reading.expect_end()
            break
    refuse_reserved(tokens, ("LOAD",))  # also where it stands rightly; nothing was run so far
    _refuse_shared_blanks(found)
    return tuple(found)


def _operation(reading: Reading, prologue: tuple[Token, ...]) -> Operation:
    at = reading.take()
    match at.word:
        case "INSERT" | "DELETE" if reading.take_if("DATA"):
            blocks = _quads(reading)[0]
            _refuse_variables(blocks)
            removes = at.word == "DELETE"
            return Modify(at, prologue, blocks if removes else (), () if removes else blocks)
        case "DELETE" if reading.take_if("WHERE"):
            blocks, pattern = _quads(reading)
            return Modify(at, prologue, deletes=blocks, where=_judged(at, prologue, blocks, pattern))
        case "WITH":
            return _modify(reading, prologue, (reading.take_iri(),))
        case "INSERT" | "DELETE":
            reading.position -= 1
            return _modify(reading, prologue, ())
        case "CLEAR" | "DROP":
            return Manage(at, prologue, reading.take_if("SILENT"), _graphs(reading))
        case "LOAD":
            reading.take_if("SILENT")
            reading.take_iri()
            if reading.take_if("INTO"):
                _expect(reading, "GRAPH")
                reading.take_iri()
            return Manage(at, prologue, False, (at,))  # refused when all was read
        case "CREATE":
            silent = reading.take_if("SILENT")
            _expect(reading, "GRAPH")
            return Manage(at, prologue, silent, (reading.take_iri(),))
        case "ADD" | "MOVE" | "COPY":
            silent, source = reading.take_if("SILENT"), _graph_or_default(reading)
            _expect(reading, "TO")
            return Manage(at, prologue, silent, source, _graph_or_default(reading))
    raise BadQuery(
        f"An operation of an update cannot begin with {at.text!r}",
        place=at.place,
        remedy="It begins with INSERT, DELETE, WITH, CLEAR, DROP, CREATE, ADD, MOVE or COPY.",
    )


def _modify(reading: Reading, prologue: tuple[Token, ...], within: Term) -> Modify:
    at = reading.now
    deletes = _quads(reading)[0] if reading.take_if("DELETE") else ()
    inserts = _quads(reading)[0] if reading.take_if("INSERT") else ()
    if reading.now is at:
        raise BadQuery("DELETE or INSERT must stand here", place=at.place)
    using, using_named = list[Term](), list[Term]()
    while reading.take_if("USING"):
        (using_named if reading.take_if("NAMED") else using).append((reading.take_iri(),))
    _expect(reading, "WHERE")
    start = reading.position
    read_group(reading)
    where = _judged(at, prologue, (*deletes, *inserts), tuple(reading.since(start)))
    return Modify(at, prologue, deletes, inserts, where, within, tuple(using), tuple(using_named))


def _judged(at: Token, prologue: tuple[Token, ...], templates: tuple[Block, ...], pattern: tuple[Token, ...]) -> Judged:
    """The query for the values of the templates' variables; every solution counts, as each makes blank nodes of its own."""
    used = {t.text[1:]: t for block in templates for t in (*block.graph, *block.tokens) if t.kind == "variable"}
    asked = used.values() or (Token("sign", "*", at.line, at.column, apart=True),)
    select = Token("word", "SELECT", at.line, at.column, apart=True)
    variables = (Token(t.kind, t.text, t.line, t.column, apart=True) for t in asked)
    return judge_tokens((*prologue, select, *variables, *pattern))


def _quads(reading: Reading) -> tuple[tuple[Block, ...], tuple[Token, ...]]:
    """What stands in braces, in blocks by graph, and all of it as tokens."""
    start, blocks = reading.position, list[Block]()
    reading.take_sign("{")
    while not reading.take_if("}"):
        if reading.take_if("GRAPH"):
            name = reading.take() if reading.now.kind == "variable" else reading.take_iri()
            reading.take_sign("{")
            blocks.append(Block((name,), _triples(reading)))
            reading.take_sign("}")
            reading.take_if(".")
        else:
            blocks.append(Block((), _triples(reading)))
    return tuple(blocks), tuple(reading.since(start))


def _triples(reading: Reading) -> tuple[Token, ...]:
    """The tokens up to a closing brace or GRAPH; they are data, which the engine's reader of RDF takes apart."""
    start = reading.position
    while not (reading.sees("}") or reading.now.word == "GRAPH"):
        token = reading.take()
        if token.text == "{":
            raise BadQuery("Braces cannot stand here", place=token.place)
        if token.text in ("<<", ">>"):
            raise Unsupported("Triple terms are not SPARQL 1.1", place=token.place)
    return tuple(reading.since(start))


def _graphs(reading: Reading) -> Term:
    if reading.now.word in ("DEFAULT", "NAMED", "ALL"):
        return (reading.take(),)
    _expect(reading, "GRAPH")
    return (reading.take_iri(),)


def _graph_or_default(reading: Reading) -> Term:
    if reading.now.word == "DEFAULT":
        return (reading.take(),)
    reading.take_if("GRAPH")
    return (reading.take_iri(),)


def _expect(reading: Reading, word: str) -> None:
    if not reading.take_if(word):
        raise BadQuery(f"{word} must stand here, not {reading.now.text!r}", place=reading.now.place)


def _refuse_variables(blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        for token in (*block.graph, *block.tokens):
            if token.kind == "variable":
                raise BadQuery("Data has no variables", place=token.place, remedy="Use INSERT or DELETE with WHERE.")


def _refuse_shared_blanks(operations: list[Operation]) -> None:
    """The same label stands for the same node everywhere, so it cannot be in the data, or in the patterns, of two operations."""
    seen: dict[str, set[str]] = {"data": set(), "patterns": set()}
    for operation in operations:
        if isinstance(operation, Manage):
            continue
        where = operation.where
        kind = "patterns" if where else "data"
        tokens = where.parsed.tokens if where else (t for block in operation.inserts for t in block.tokens)
        labels = {token.text: token for token in tokens if token.kind == "blank"}
        for label in labels.keys() & seen[kind]:
            raise BadQuery(f"{label} stands in two operations", place=labels[label].place, remedy="Use another label.")
        seen[kind] |= labels.keys()
