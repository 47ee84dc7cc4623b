"""The judge before the engine: what reaches outside is forbidden; what the engine would answer wrongly is found, to be asked otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mcqms_kg.errors import BadQuery, Unsupported
from mcqms_kg.query.deviations import refuse_patterns, with_texts_as_conditions, without_language
from mcqms_kg.query.grammar.forks import without_forks
from mcqms_kg.query.grammar.parse import parse
from mcqms_kg.query.grammar.parsed import Group, Kind, Parsed, Part, Term
from mcqms_kg.sparql.tokens import Token, spell, tokenize


@dataclass(frozen=True)
class End:
    """A constant at an end of a path that may be of length zero, and the graph it is asked in, if that is named."""

    term: Term
    graph: Term = ()


@dataclass(frozen=True)
class Judged:
    """A query that may be run, as it is to be run.

    The engine answers rightly where the `ends` are in the data and every part in `spread` is asked graph by graph (`query.spread`).
    """

    parsed: Parsed
    text: str
    ends: tuple[End, ...]
    spread: tuple[Part, ...]


def judge(text: str, max_length: int) -> Judged:
    """The query, where it may be run. Raises `BadQuery`, `Forbidden` or `Unsupported`, with the place in the query."""
    if len(text) > max_length:
        raise BadQuery(f"The query is longer than {max_length} characters", remedy="Ask in parts.")
    return judge_tokens(with_texts_as_conditions(without_language(tokenize(text))))


def judge_tokens(tokens: tuple[Token, ...]) -> Judged:
    """The same for a query that is in tokens."""
    _refuse_named_blanks(tokens)
    refuse_patterns(tokens)
    parsed = parse(tokens)
    if parsed.forks:
        parsed = parse(without_forks(tokens, parsed.forks))
        tokens = parsed.tokens
    spread = tuple(_to_spread(parsed.where))
    return Judged(parsed, spell(tokens), tuple(_ends(parsed.where, ())), spread)


def _refuse_named_blanks(tokens: tuple[Token, ...]) -> None:
    """BNODE(label) must give another node for each solution; the engine gives the same for the same label."""
    for name, opening, argument in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if name.word == "BNODE" and opening.text == "(" and argument.text != ")":
            raise Unsupported(
                "BNODE with a label is answered wrongly by the store", place=name.place, remedy="Use BNODE() or an IRI."
            )


def _ends(group: Group, graph: Term) -> Iterator[End]:
    for term in group.ends:
        yield End(term, graph)
    for part in group.parts:
        for inner in part.groups:
            yield from _ends(inner, part.graph if part.kind is Kind.GRAPH else graph)


def _to_spread(group: Group) -> Iterator[Part]:
    """The outermost GRAPH ?g in which the engine would carry ?g along, where the specification binds it only behind the braces."""
    for part in group.parts:
        if part.graph_variable and any(_goes_wrong(inner, part.graph_variable) for inner in part.groups):
            yield part
        else:
            for inner in part.groups:
                yield from _to_spread(inner)


def _goes_wrong(group: Group, variable: str) -> bool:
    return bool(group.ends) or any(
        _part_goes_wrong(group, part, variable)
        or (part.kind is not Kind.GRAPH and any(_goes_wrong(inner, variable) for inner in part.groups))
        for part in group.parts
    )


def _part_goes_wrong(group: Group, part: Part, variable: str) -> bool:
    match part.kind:
        case Kind.MINUS:
            return True
        case Kind.SELECT:
            return variable not in part.variables
        case Kind.GRAPH:  # without triples of its own the store would not say which graph
            return part.graph_variable == variable or group.triples == 0
        case Kind.VALUES | Kind.BIND if group.triples == 0:
            return True
        case Kind.VALUES:
            return variable in part.variables
        case Kind.BIND | Kind.FILTER if variable in part.variables:
            raise Unsupported(
                f"?{variable} has no value inside GRAPH ?{variable}, and the store gives it one",
                place=part.at.place,
                remedy=f"Write this {part.kind.value} behind the braces of the GRAPH.",
            )
    return False
