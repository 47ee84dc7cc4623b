"""Times validation after a change of one micro-credential in the national graph, and checks it against validating everything."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import data

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import Columns
from mcqms_kg.graph.read import read_triples
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import MC, RDF
from mcqms_kg.shacl import columns as engine
from mcqms_kg.shacl.incremental import revalidate

_TYPE, _CREDENTIAL = terms.iri(RDF + "type"), terms.iri(MC + "MicroCredential")


def main() -> None:
    """One line for each kind of change: how long it took in the middle, at the 95th percentile, and at most."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--size", type=int, default=200_000, help="statements")
    asked.add_argument("--changes", type=int, default=60)
    asked.add_argument("--folder", type=Path, default=Path("build/bench"))
    asked.add_argument("--load", default="rulebook", choices=["rulebook", "rulebook-like"])
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    graph = data.national(given.size, given.folder)
    shapes = read_triples([data.shapes(given.folder)[given.load]])
    with Columns.load_files([graph.path]) as columns:
        _measure(columns, tuple(shapes), graph.statements, given.changes)


def _measure(columns: Columns, shapes: tuple[Triple, ...], statements: int, often: int) -> None:
    begun = time.perf_counter()
    report = engine.validate(columns, shapes)
    first = time.perf_counter() - begun
    by_subject = dict(_credentials(columns))
    chosen = random.Random(1)  # noqa: S311
    taken: dict[str, list[tuple[float, float]]] = {"one statement": [], "whole credential": []}
    for number in range(often):
        held = by_subject[chosen.choice(sorted(by_subject))]
        for kind, gone in (("one statement", [chosen.choice(held)]), ("whole credential", held)):
            quads = [(*triple, None) for triple in gone]
            for added, removed in (([], quads), (quads, [])):
                begun, busy = time.perf_counter(), time.process_time()
                report = revalidate(columns, shapes, report, added, removed)
                taken[kind].append((time.perf_counter() - begun, time.process_time() - busy))
        if number == 0:
            taken = {kind: [] for kind in taken}  # the first of each compiles its queries
    begun = time.perf_counter()
    expected = engine.validate(columns, shapes)
    everything = time.perf_counter() - begun
    if expected != report:
        sys.exit("The report after the changes is not the full one.")
    print(f"{statements:,} statements, {len(report.results):,} results; all: {everything:.2f} s (first {first:.2f} s)")
    for kind, times in taken.items():
        print(f"{kind:>18}: {_percentiles(times)}")


def _credentials(columns: Columns) -> Iterator[tuple[Term, list[Triple]]]:
    """Each micro-credential, and the statements about it."""
    found: dict[Term, list[Triple]] = {}
    for triple in columns.triples():
        found.setdefault(triple[0], []).append(triple)
    for subject, held in found.items():
        if any(p == _TYPE and o == _CREDENTIAL for _, p, o in held):
            yield subject, sorted(held)


def _percentiles(times: Iterable[float]) -> str:
    ordered = sorted(times)
    middle, high = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"median {middle * 1000:.0f} ms, p95 {high * 1000:.0f} ms, most {ordered[-1] * 1000:.0f} ms"


if __name__ == "__main__":
    main()
