"""A query of a shape with its pre-bound values in it, as the embedded store is asked."""

from __future__ import annotations

from mcqms_kg.shacl.sparql.tokens import TOKEN

SEEDS = "urn:x-mcqms:seeds"
"""The named graph of the store that holds the pre-bound values, one node for each row; `SEEDS#<variable>` leads to a value."""


def seeded(text: str, variables: tuple[str, ...]) -> str:
    """The query with the pre-bound variables bound in the outermost group and at the start of each group that mentions one.

    This is values insertion (SHACL appendix A): a group that mentions none is joined with one that has them.
    """
    pairs = " ; ".join(f"<{SEEDS}#{name}> ${name}" for name in variables)
    bound = f" GRAPH <{SEEDS}> {{ [] {pairs} }} " if variables else ""
    parts: list[str] = []
    end = 0
    for place in _groups(text, variables):
        parts += [text[end:place], bound]
        end = place
    return "".join((*parts, text[end:]))


def _groups(text: str, variables: tuple[str, ...]) -> list[int]:
    """Where the groups to be seeded begin: a group that holds a subquery is none of its own."""
    tokens = [token for token in TOKEN.finditer(text) if not token[0].startswith("#")]
    wanted = {f"{sign}{name}" for sign in "?$" for name in variables}
    found: dict[int, bool] = {}
    open_: list[int] = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token[0] == "{":
            open_.append(token.end())
            if following is None or following[0].upper() != "SELECT":
                found[token.end()] = len(open_) == 1
        elif token[0] == "}" and open_:
            open_.pop()
        elif token[0] in wanted and open_ and open_[-1] in found:
            found[open_[-1]] = True
    return sorted(place for place, seeds in found.items() if seeds)


def as_select(text: str, columns: tuple[str, ...]) -> str:
    """An ASK query made one for the pre-bound values for which it says yes."""
    for token in TOKEN.finditer(text):
        if token[0].upper() == "ASK":
            picked = " ".join(f"?{name}" for name in columns)
            return f"{text[: token.start()]}SELECT DISTINCT {picked} {text[token.end() :]}"
    return text
