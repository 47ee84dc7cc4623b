"""Small rewrites of paths, each named after what it does; the answers stay the same."""

from __future__ import annotations

from mcqms_kg.sparql.paths import (
    Alternative,
    Inverse,
    Negated,
    OneOrMore,
    Path,
    Sequence,
    ZeroOrMore,
    ZeroOrOne,
)


def push_inverse_down(path: Path, backwards: bool = False) -> Path:
    """`^(a/b)` becomes `^b/^a`: only single predicates are walked backwards."""
    if isinstance(path, Inverse):
        return push_inverse_down(path.path, not backwards)
    if isinstance(path, str):
        return Inverse(path) if backwards else path
    if isinstance(path, Negated):
        return Negated(path.backwards, path.forwards) if backwards else path
    if isinstance(path, Sequence):
        steps = tuple(push_inverse_down(step, backwards) for step in path.steps)
        return Sequence(steps[::-1] if backwards else steps)
    if isinstance(path, Alternative):
        return Alternative(tuple(push_inverse_down(choice, backwards) for choice in path.choices))
    return type(path)(push_inverse_down(path.path, backwards))


def flatten(path: Path) -> Path:
    """`a/(b/c)` becomes `a/b/c`, and `a|(b|c)` becomes `a|b|c`."""
    if isinstance(path, Sequence):
        return Sequence(
            tuple(
                s for step in map(flatten, path.steps) for s in (step.steps if isinstance(step, Sequence) else (step,))
            )
        )
    if isinstance(path, Alternative):
        found = (
            c
            for choice in map(flatten, path.choices)
            for c in (choice.choices if isinstance(choice, Alternative) else (choice,))
        )
        return Alternative(tuple(dict.fromkeys(found)))
    if isinstance(path, str | Negated):
        return path
    return type(path)(flatten(path.path))


def merge_repetitions(path: Path) -> Path:
    """`(a*)+`, `(a?)*` and their like become `a*`; `(a+)+` becomes `a+`; `(a?)?` becomes `a?`."""
    if isinstance(path, str | Negated):
        return path
    if isinstance(path, Sequence):
        return Sequence(tuple(map(merge_repetitions, path.steps)))
    if isinstance(path, Alternative):
        return Alternative(tuple(map(merge_repetitions, path.choices)))
    inner = merge_repetitions(path.path)
    if isinstance(path, Inverse) or not isinstance(inner, ZeroOrMore | OneOrMore | ZeroOrOne):
        return type(path)(inner)
    return inner if type(inner) is type(path) else ZeroOrMore(inner.path)


def simplified(path: Path) -> Path:
    """The path as it is walked; reports keep the path as it was written."""
    return merge_repetitions(flatten(push_inverse_down(path)))
