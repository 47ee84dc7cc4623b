"""JSON from outside, strictly and within bounds: what is ambiguous, endless or not JSON is refused with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.settings import MEBIBYTE, Settings

LARGEST = 64 * MEBIBYTE
MOST_DIGITS = 400
_UNPAIRED = re.compile("[\ud800-\udfff]")

Json = Any
"""A JSON value as Python has it: dict, list, str, int, float, bool or None."""


def read_json(path: Path, called: str, settings: Settings) -> Json:
    """The one JSON value in a file; raises `UnreadableInput` for anything else.

    Refused are also: a key twice in one object, NaN and Infinity, numbers of more than 400 digits or too large for a double,
    half characters (lone surrogates), nesting beyond `MCQMS_MAX_NESTING`, and files larger than 64 MiB.
    """
    return parse_json(bounded_content(path, called), called, settings)


def bounded_content(path: Path, called: str) -> bytes:
    """The bytes of a file that is read whole; raises `UnreadableInput` where it cannot be read, or is larger than 64 MiB."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as problem:
        raise UnreadableInput(
            f"The file cannot be read: {problem.strerror}", place=Place(called), remedy="Check its name and rights."
        ) from problem
    if size > LARGEST:
        raise UnreadableInput(f"The file is larger than {LARGEST} bytes", place=Place(called), remedy="Split the file.")
    return content


def parse_json(content: bytes, called: str, settings: Settings) -> Json:
    """The one JSON value in these bytes, as `read_json` takes it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise UnreadableInput(
            "The text is not UTF-8", place=Place(called, line), remedy="Save it as UTF-8."
        ) from problem
    _refuse_deep(text, called, settings.max_nesting)
    try:
        value = json.loads(text, **_hooks(called))
    except json.JSONDecodeError as problem:
        raise UnreadableInput(
            f"The file is no JSON: {problem.msg}",
            place=Place(called, problem.lineno, problem.colno),
            remedy="Mend this place.",
        ) from problem
    for at, found in walk(value):
        if isinstance(found, str) and _UNPAIRED.search(found):
            raise UnreadableInput(
                "The text holds half a character (a lone surrogate)", place=Place(called, at=at), remedy="Mend it."
            )
    return value


def walk(value: Json, at: str = "") -> Iterator[tuple[str, Json]]:
    """Every value inside with its JSON pointer (RFC 6901), from the outside in; keys of objects are given too."""
    waiting = [(at, value)]
    while waiting:
        at, found = waiting.pop()
        yield at, found
        if isinstance(found, dict):
            for key, inner in reversed(found.items()):
                yield at, key
                waiting.append((pointer(at, key), inner))
        elif isinstance(found, list):
            waiting += [(pointer(at, n), inner) for n, inner in reversed(list(enumerate(found)))]


def pointer(at: str, step: str | int) -> str:
    """The JSON pointer one step further."""
    return f"{at}/{str(step).replace('~', '~0').replace('/', '~1')}"


def _refuse_deep(text: str, called: str, most: int) -> None:
    depth = 0
    for token in re.finditer(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', text, re.DOTALL):
        mark = token[0]
        depth += (mark in "[{") - (mark in "]}") if len(mark) == 1 else 0
        if depth > most:
            raise UnreadableInput(
                f"The JSON is nested deeper than {most} levels",
                place=Place(called, text.count("\n", 0, token.start()) + 1),
                remedy="Flatten it, or raise MCQMS_MAX_NESTING.",
            )


def _hooks(called: str) -> dict[str, Any]:
    def wrong(what: str) -> NoReturn:
        raise UnreadableInput(what, place=Place(called), remedy="Mend it and try again.")

    def unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            wrong(f"An object has the key {twice!r} twice")
        return found

    def whole(text: str) -> int:
        if len(text) > MOST_DIGITS:
            wrong(f"A number has more than {MOST_DIGITS} digits")
        return int(text)

    def broken(text: str) -> float:
        found = float(text) if len(text) <= MOST_DIGITS else float("inf")
        if found in (float("inf"), float("-inf")):
            wrong(f"The number {text[:20]}… is too large")
        return found

    def constant(text: str) -> NoReturn:
        wrong(f"{text} is no JSON")

    return {
        "object_pairs_hook": unique,
        "parse_int": whole,
        "parse_float": broken,
        "parse_constant": constant,
    }
