"""Functions that the engine answers otherwise than SPARQL 1.1: asked in another way, or refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mcqms_kg.errors import Unsupported
from mcqms_kg.sparql.tokens import Token

_IN_PATTERN = re.compile(r"\\[icIC1-9]|\\p\{Is|(?<!\\)\[(?:[^\]\\]|\\.)*(?:&&|--|~~|\[)")
"""Of XPath: name characters, back references, blocks, classes less others; and what the engine reads as operators between classes."""
_IN_REPLACEMENT = re.compile(r"\\|\$(?![0-9](?![0-9A-Za-z_]))")
"""Escapes, and groups that the engine takes for others: `$1x` for a group of that name."""

_BETWEEN = ("&&", "||")
_ASKING = ("FILTER", "HAVING", "!", *_BETWEEN)
_AS_CONDITION = (
    *(("word", "IF"), ("sign", "("), ("word", "LANG"), ("sign", "("), ("variable", ""), ("sign", ")")),
    *(("sign", "!="), ("string", '""'), ("sign", ","), ("word", "STR"), ("sign", "("), ("variable", "")),
    *(("sign", ")"), ("sign", ","), ("variable", ""), ("sign", ")")),
)
"""`IF(LANG(?x) != "", STR(?x), ?x)`"""


def without_language(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The query with STR around each GROUP_CONCAT: the engine keeps a language that all values share."""
    return tuple(_wrapped(tokens))


def with_texts_as_conditions(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The query with variables that are conditions such that a text with a language is one too, as it is with any other text."""
    return tuple(_conditioned(tokens))


def _conditioned(tokens: Sequence[Token]) -> Iterator[Token]:
    for at, token in enumerate(tokens):
        if token.kind == "variable" and _is_condition(tokens, at):
            for kind, text in _AS_CONDITION:
                yield token if kind == "variable" else replace(token, kind=kind, text=text, apart=True)
        else:
            yield token


def _is_condition(tokens: Sequence[Token], at: int) -> bool:
    """Whether the variable stands alone, in any number of parentheses, where a truth is asked for."""
    for width in range(1, len(tokens)):
        opened_by, before, after = (_text(tokens, n) for n in (at - width - 1, at - width, at + width))
        if before == "!" or (before in _BETWEEN and after in (*_BETWEEN, ")")) or (before == "(" and after in _BETWEEN):
            return True
        if (before, after) == ("(", ",") and opened_by == "IF":
            return True
        if (before, after) != ("(", ")") or opened_by not in (*_ASKING, "("):
            return False
        if opened_by in _ASKING:
            return True
    return False


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text.upper() if 0 <= at < len(tokens) else ""


def refuse_patterns(tokens: Sequence[Token]) -> None:
    """Raises `Unsupported` for a REGEX or REPLACE whose pattern is written out and means something else to the engine."""
    for at, token in enumerate(tokens):
        if token.word in ("REGEX", "REPLACE"):
            arguments = _arguments(tokens[at + 1 :])
            _refuse(arguments[1:2], _IN_PATTERN)
            _refuse(arguments[2:3] if token.word == "REPLACE" else [], _IN_REPLACEMENT)


def _refuse(arguments: Sequence[Sequence[Token]], bad: re.Pattern[str]) -> None:
    for argument in arguments:
        if len(argument) == 1 and argument[0].kind == "string":
            found = bad.search(argument[0].text[1:-1].replace("\\\\", "\\"))
            if found:
                raise Unsupported(
                    f"{found[0]} in a regular expression is read otherwise by the store",
                    place=argument[0].place,
                    remedy="Write it in another way.",
                )


def _arguments(tokens: Sequence[Token]) -> list[list[Token]]:
    """What stands between the parentheses that open here, cut at its commas."""
    found, depth = [list[Token]()], 0
    for token in tokens:
        sign = token.text if token.kind == "sign" else ""
        depth += (sign in "([{" and sign != "") - (sign in ")]}" and sign != "")
        if depth == 0:
            break
        if sign == "," and depth == 1:
            found.append([])
        elif not (sign == "(" and depth == 1 and found == [[]]):
            found[-1].append(token)
    return found


def _wrapped(tokens: Sequence[Token]) -> Iterator[Token]:
    """Each GROUP_CONCAT with its parentheses inside those of STR."""
    ends: list[int] = []
    depth = 0
    for at, token in enumerate(tokens):
        concatenates = token.word == "GROUP_CONCAT" and tokens[at + 1 : at + 2] and tokens[at + 1].text == "("
        if concatenates:
            yield replace(token, text="STR")
            yield replace(token, kind="sign", text="(", apart=False)
            ends.append(depth)
        yield token
        if token.kind == "sign":
            depth += (token.text == "(") - (token.text == ")")
            if token.text == ")" and ends and ends[-1] == depth:
                ends.pop()
                yield replace(token, apart=False)
