"""The record of who enforces what: `enforcement.ttl`, generated from the shapes.

A check compares the shapes it is given with this record, so that a lost shape turns its requirement *not checked* instead of conformant.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mcqms_kg.graph import terms
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.rules.framework import by_number

FILE = "enforcement.ttl"
_HEADER = """# Generated from the shapes beside this file: which shapes the register counts on for each requirement.
# Do not edit; run `make fix`.
"""


def enforcement_turtle(shape_files: Sequence[Path]) -> str:
    """The record for a framework's shape files, in the order of the requirements."""
    found = [(shape, requirement) for shape, p, requirement in read_triples(shape_files) if p == mc("enforces")]
    ordered = sorted(found, key=lambda pair: (by_number(terms.local_name(pair[1])), pair[0]))
    lines = (f"{shape} mc:enforces {requirement} .\n" for shape, requirement in ordered)
    return _HEADER + f"@prefix mc: {mc('')} .\n\n" + "".join(lines)
