"""Names for blank nodes by RDFC-1.0, computed in a process of their own: the algorithm can take exponential time."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from mcqms_kg.errors import TookTooLong, Unsupported, WorkerDied
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.model import Triple
from mcqms_kg.processes import Child, bound_memory, serve

MEMORY_MB = 2048


def canonical_texts(graphs: Sequence[Sequence[Triple]], seconds: int) -> tuple[tuple[str, ...], ...]:
    """Each graph as sorted N-Quads lines with canonical names: two graphs that say the same have the same lines.

    Raises `Unsupported` where the names are not found in time.
    """
    if not graphs:
        return ()
    texts = ["".join(f"{s} {p} {o} .\n" for s, p, o in graph) for graph in graphs]
    try:
        with Child(__name__) as child:
            return tuple(tuple(text) for text in child.call(texts, seconds))
    except (TookTooLong, WorkerDied) as problem:
        raise Unsupported(
            "It cannot be told which blank nodes of the two versions are the same: there are too many alike",
            remedy="Give the things names (IRIs), or raise MCQMS_MAX_NAMING_SECONDS.",
        ) from problem


def _canonical(texts: list[str]) -> list[list[str]]:
    return [_lines(text) for text in texts]


def _lines(text: str) -> list[str]:
    dataset = ox.Dataset(ox.parse(text, format=FORMATS[".nq"]))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad.subject} {quad.predicate} {quad.object}" for quad in dataset)


if __name__ == "__main__":
    bound_memory(MEMORY_MB)
    serve(_canonical)
