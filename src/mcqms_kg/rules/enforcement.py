"""The record of who enforces what: `enforcement.ttl`, generated from the shapes.

A check compares the shapes it is given with this record, so that a shape that was lost turns its requirement *not checked* instead of conformant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from mcqms_kg.graph import terms
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Term
from mcqms_kg.rules.register import by_number
from mcqms_kg.rules.words import mc

FILE = "enforcement.ttl"
_HEADER = "# Generated from the shapes beside this file: which shapes the register counts on for each requirement. Do not edit; run `make fix`.\n"


def enforcement_turtle(shape_files: Sequence[Path]) -> str:
    """The record for a framework's shape files, in the order of the requirements."""
    shapes: dict[Term, list[Term]] = defaultdict(list)
    for shape, predicate, requirement in read_triples(shape_files):
        if predicate == mc("enforces"):
            shapes[requirement].append(shape)
    blocks = [_block(r, shapes[r]) for r in sorted(shapes, key=lambda r: by_number(terms.local_name(r)))]
    return _HEADER + f"@prefix mc: <{terms.iri_text(mc(''))}> .\n\n" + "\n".join(blocks)


def _block(requirement: Term, shapes: Sequence[Term]) -> str:
    return f"{requirement} mc:isEnforcedBy\n  " + " ,\n  ".join(sorted(shapes)) + " .\n"
