"""A query of a shape with its pre-bound values in it, as the embedded store is asked: changed as tokens, and spelt from them."""

from __future__ import annotations

from collections.abc import Sequence

from mcqms_kg.sparql.tokens import Token, spell, tokenize

SEEDS = "urn:x-mcqms:seeds"
"""The named graph of the store that holds the pre-bound values, one node for each row; `SEEDS#<variable>` leads to a value."""


def seeded(text: str, variables: tuple[str, ...]) -> str:
    """The query with the pre-bound variables bound in the outermost group and at the start of each group that mentions one.

    This is values insertion (SHACL appendix A): a group that mentions none is joined with one that has them.
    """
    pairs = " ; ".join(f"<{SEEDS}#{name}> ${name}" for name in variables)
    bound = f"GRAPH <{SEEDS}> {{ [] {pairs} }}" if variables else ""
    tokens = tokenize(text)
    parts: list[str] = []
    end = 0
    for place in _groups(tokens, variables):
        parts += [spell(tokens[end:place]), bound]
        end = place
    return " ".join((*parts, spell(tokens[end:])))


def _groups(tokens: Sequence[Token], variables: tuple[str, ...]) -> list[int]:
    """The tokens at which the groups to be seeded begin: a group that holds a subquery is none of its own."""
    wanted = {f"{sign}{name}" for sign in "?$" for name in variables}
    found: dict[int, bool] = {}
    open_: list[int] = []
    for place, token in enumerate(tokens, start=1):
        if token.text == "{":
            open_.append(place)
            if tokens[place].word != "SELECT":
                found[place] = len(open_) == 1
        elif token.text == "}":
            open_.pop()
        elif token.text in wanted and open_ and open_[-1] in found:
            found[open_[-1]] = True
    return sorted(place for place, seeds in found.items() if seeds)


def as_select(text: str, columns: tuple[str, ...]) -> str:
    """An ASK query made one for the pre-bound values for which it says yes."""
    tokens = tokenize(text)
    place = next(place for place, token in enumerate(tokens) if token.word == "ASK")
    picked = " ".join(f"?{name}" for name in columns)
    return f"{spell(tokens[:place])} SELECT DISTINCT {picked} {spell(tokens[place + 1 :])}"
