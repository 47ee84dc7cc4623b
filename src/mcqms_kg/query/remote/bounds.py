"""`<=` and `>=` said in another way, for servers that look a bound up in an index and miss some of what is there.

Virtuoso 7 does: `?day <= "2026-06-30"^^xsd:date` finds nothing where `?day < "2026-06-30"^^xsd:date` finds four.
"""

from __future__ import annotations

from collections.abc import Sequence

from mcqms_kg.errors import Unsupported
from mcqms_kg.query.guard import Judged, judge_tokens
from mcqms_kg.sparql.tokens import Token, spell, tokenize

_STRICT = {"<=": ("<", ">"), ">=": (">", "<")}
_BEFORE, _AFTER = {"(", "&&", "||"}, {")", "&&", "||"}


def without_bounds(judged: Judged) -> Judged:
    """The same query without the two signs; raises `Unsupported` where one stands between more than variables and literals.

    `(a < b || !(a > b) && a = b)` is true, false and an error where `a <= b` is: for what has no order, and for NaN, too.
    """
    tokens = judged.parsed.tokens
    while (at := next((n for n, t in enumerate(tokens) if t.kind == "sign" and t.text in _STRICT), None)) is not None:
        left, right = _start(tokens, at), _end(tokens, at)
        if left is None or right is None:
            raise Unsupported(
                f"The store on the server does not find all by {tokens[at].text}",
                place=tokens[at].place,
                remedy="Compare with < and >, or bring both sides into variables by BIND.",
            )
        a, b = (spell(side).strip() for side in (tokens[left:at], tokens[at + 1 : right]))
        below, above = _STRICT[tokens[at].text]
        said = tokenize(f" ( {a} {below} {b} || ! ( {a} {above} {b} ) && {a} = {b} ) ")
        tokens = (*tokens[:left], *said, *tokens[right:])
    return judged if tokens is judged.parsed.tokens else judge_tokens(tokens)


def _start(tokens: Sequence[Token], at: int) -> int | None:
    """Where the variable or literal before the sign begins, if that is all there is."""
    if tokens[at - 1].kind in ("variable", "number"):
        start = at - 1
    elif at >= 3 and tokens[at - 2].text == "^^":
        start = at - 3
    else:
        return None
    return start if start and tokens[start - 1].text in _BEFORE else None


def _end(tokens: Sequence[Token], at: int) -> int | None:
    """Behind the variable or literal after the sign, if that is all there is."""
    end = at + 2
    if tokens[at + 1].kind not in ("variable", "number", "string"):
        return None
    if end < len(tokens) and tokens[end].text == "^^":
        end += 2
    return end if end < len(tokens) and tokens[end].text in _AFTER else None
