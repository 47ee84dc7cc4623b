"""Property paths as plans: from pairs (focus, value) a path leads on to further pairs."""

from __future__ import annotations

from mcqms_kg.errors import Unsupported
from mcqms_kg.shacl.plans.plan import Const, Distinct, Join, Nothing, Plan, Reach, Triples, Var, pick, union
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


def values_along(path: Path, focus: Plan) -> Plan:
    """Pairs of focus node and value node, each once (SHACL section 2.3: value nodes are a set)."""
    start = pick(focus, focus="focus", value="focus")
    found = _onward(path, start)
    return found if _single_step(path) else Distinct(found)


def _single_step(path: Path) -> bool:
    """Whether no pair can come twice: statements are a set."""
    return isinstance(path, str) or (isinstance(path, Inverse) and isinstance(path.path, str))


def _onward(path: Path, pairs: Plan) -> Plan:
    if isinstance(path, Sequence):
        for step in path.steps:
            pairs = _onward(step, pairs)
        return pairs
    if isinstance(path, Alternative):
        return union(*(_onward(choice, pairs) for choice in path.choices))
    if isinstance(path, ZeroOrOne):
        return union(pairs, _onward(path.path, pairs))
    if isinstance(path, ZeroOrMore):
        return Reach(pairs, steps(path.path))
    if isinstance(path, OneOrMore):
        return Reach(_onward(path.path, pairs), steps(path.path))
    through = pick(pairs, focus="focus", here="value")
    return pick(Join(through, steps(path)), focus="focus", value="there")


def steps(path: Path) -> Plan:
    """All pairs (here, there) that the path joins in at least one step; where it may also take none is `nullable`.

    Raises `Unsupported` for a negated property set.
    """
    if isinstance(path, str):
        return Triples(Var("here"), Const(path), Var("there"))
    if isinstance(path, Negated):
        raise Unsupported("A negated property set within a path")
    if isinstance(path, Inverse):
        return pick(steps(path.path), here="there", there="here")
    if isinstance(path, Alternative):
        return union(*map(steps, path.choices))
    if isinstance(path, Sequence):
        return _steps_of_sequence(path.steps)
    if isinstance(path, ZeroOrOne):
        return steps(path.path)
    once = steps(path.path)
    closure = Reach(pick(once, focus="here", value="there"), once)
    return pick(closure, here="focus", there="value")


def _steps_of_sequence(parts: tuple[Path, ...]) -> Plan:
    first, rest = parts[0], parts[1:]
    if not rest:
        return steps(first)
    onward = _steps_of_sequence(rest)
    joined = Join(pick(steps(first), here="here", between="there"), pick(onward, between="here", there="there"))
    whole: Plan = pick(joined, here="here", there="there")
    only_first = steps(first) if all(map(nullable, rest)) else Nothing(("here", "there"))
    only_rest = onward if nullable(first) else Nothing(("here", "there"))
    return union(whole, only_first, only_rest)


def nullable(path: Path) -> bool:
    """Whether the path also leads from every node to itself."""
    if isinstance(path, str | Negated):
        return False
    if isinstance(path, Sequence):
        return all(map(nullable, path.steps))
    if isinstance(path, Alternative):
        return any(map(nullable, path.choices))
    if isinstance(path, Inverse | OneOrMore):
        return nullable(path.path)
    return True
