"""Names for blank nodes that depend on what is said of them, not on the order or the labels in a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Triple

ROUNDS = 8


def stable_names(triples: Iterable[Triple]) -> Mapping[Term, str]:
    """A hash for each blank node from the triples around it, refined in rounds (colour refinement).

    Blank nodes that cannot be told apart within eight steps share a name. Linear in the number of triples.
    """
    around = [t for t in triples if terms.is_blank(t[0]) or terms.is_blank(t[2])]
    colours = {node: "" for s, _, o in around for node in (s, o) if terms.is_blank(node)}
    for _ in range(ROUNDS):
        lines: dict[Term, list[str]] = {node: [] for node in colours}
        for s, p, o in around:
            if s in lines:
                lines[s].append(f"> {p} {colours.get(o, o)}")
            if o in lines:
                lines[o].append(f"< {p} {colours.get(s, s)}")
        refined = {node: _hash("\n".join(sorted(said))) for node, said in lines.items()}
        if len(set(refined.values())) == len(set(colours.values())) and _ > 1:
            return refined
        colours = refined
    return colours


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
