"""Statements of an RDF file of others, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from mcqms_kg.graph import locate, terms
from mcqms_kg.graph.read import read_quads, source
from mcqms_kg.model import Term, Triple


def placed(path: Path, called: str) -> Mapping[Triple, str]:
    """Where lines are known they are the places, else the thing that is spoken of; raises `UnreadableInput`."""
    quads = tuple(
        read_quads(replace(source(path), called=called))
    )  # what cannot be read is told before lines are sought
    lines: dict[tuple[Term, Term], int] = {}
    for subject, predicate, line in locate.statements(path):
        lines.setdefault((subject, predicate), line)
    return {(s, p, o): f"line {lines[s, p]}" if (s, p) in lines else terms.short(s) for s, p, o, _ in quads}
