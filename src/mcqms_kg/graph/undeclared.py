"""Terms of our namespaces that data uses and nothing declares: how often, where, and what is close by name."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from mcqms_kg.graph import terms
from mcqms_kg.graph.locate import locate
from mcqms_kg.model import NotUnderstood, Term, Triple
from mcqms_kg.namespaces import CODE, MC

_OURS = (f"<{MC}", f"<{CODE}")


def not_understood(
    data: Sequence[Triple], declared: Collection[Term], paths: Sequence[Path]
) -> tuple[NotUnderstood, ...]:
    """The properties, classes and codes of ours in the data that are not declared, each with the place of its first use."""
    strange = {term for term in _used(data) if term.startswith(_OURS) and term not in declared}
    if not strange:
        return ()
    uses: Counter[Term] = Counter()
    where: dict[Term, tuple[Term, Term]] = {}
    for s, p, o in data:
        for term in (p, o):
            if term in strange:
                uses[term] += 1
                where.setdefault(term, (s, p))
    lines = locate(paths, {s for s, _ in where.values()})
    places = {t: lines.of(*where[t]) for t in where}
    return tuple(
        NotUnderstood(t, uses[t], tuple(p for p in (places[t],) if p), _close(t, declared)) for t in sorted(uses)
    )


def _used(data: Sequence[Triple]) -> Iterator[Term]:
    yield from {p for _, p, _ in data}
    yield from {o for _, _, o in data}


def _close(term: Term, declared: Collection[Term]) -> Term | None:
    """The declared term whose name is most like it: a class for a class, a property for a property, and else any."""
    name = terms.local_name(term)
    space = term.removesuffix(f"{name}>")
    names = {terms.local_name(other): other for other in declared if other.startswith(space)}
    alike = difflib.get_close_matches(name, sorted(names), n=5, cutoff=0.8)
    alike.sort(key=lambda other: other[:1].isupper() != name[:1].isupper())
    return names[alike[0]] if alike else None
