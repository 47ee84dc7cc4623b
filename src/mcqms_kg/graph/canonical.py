"""Canonical N-Quads by RDFC-1.0, computed in a process of their own: the algorithm can take exponential time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from mcqms_kg.errors import BadValue, TookTooLong, Unsupported, WorkerDied
from mcqms_kg.graph import terms
from mcqms_kg.model import Quad, Triple
from mcqms_kg.processes.child import Child
from mcqms_kg.processes.memory import bound_memory
from mcqms_kg.processes.serve import serve
from mcqms_kg.settings import Settings

MEMORY_MB = 2048
_ALGORITHMS = {
    "sha256": ox.CanonicalizationAlgorithm.RDFC_1_0_SHA_256,
    "sha384": ox.CanonicalizationAlgorithm.RDFC_1_0_SHA_384,
}
_FEW = 4
"""Blank nodes: however they hang together, so many are named at once."""


def canonical_nquads(quads: Iterable[Quad], *, seconds: int | None = None, algorithm: str = "sha256") -> str:
    """The dataset in the canonical form of N-Quads: two datasets that say the same give the same text.

    Literals stay as written; language tags are in lower case. Raises `Unsupported` where the blank nodes
    are not named within `seconds`, which is `max_naming_seconds` of the settings where it is not given.
    """
    if algorithm not in _ALGORITHMS:
        raise BadValue(f"RDFC-1.0 knows no hash {algorithm!r}", remedy=f"Use one of: {', '.join(_ALGORITHMS)}.")
    blank: set[str] = set()
    lines = []
    for s, p, o, graph in quads:
        blank.update(term for term in (s, o, graph or "") if terms.is_blank(term))
        lines.append(f"{s} {p} {o} {graph} .\n" if graph else f"{s} {p} {o} .\n")
    text = "".join(lines)
    if len(blank) <= _FEW:
        return "".join(_lines(text, algorithm))
    (found,) = _named_apart([text], algorithm, seconds)
    return "".join(found)


def canonical_digest(quads: Iterable[Quad], *, seconds: int | None = None) -> str:
    """The SHA-256 of the canonical N-Quads, in lower-case hexadecimal: the same for whoever holds the same dataset."""
    return hashlib.sha256(canonical_nquads(quads, seconds=seconds).encode()).hexdigest()


def canonical_texts(graphs: Sequence[Sequence[Triple]], seconds: int) -> tuple[tuple[str, ...], ...]:
    """Each graph as sorted lines of subject, predicate and object: two graphs that say the same have the same lines.

    Raises `Unsupported` where the names are not found in time.
    """
    if not graphs:
        return ()
    texts = ["".join(f"{s} {p} {o} .\n" for s, p, o in graph) for graph in graphs]
    named = _named_apart(texts, "sha256", seconds)
    return tuple(tuple(line.removesuffix(" .\n") for line in lines) for lines in named)


def _named_apart(texts: list[str], algorithm: str, seconds: int | None) -> list[list[str]]:
    limit = seconds or Settings.from_environment().max_naming_seconds
    try:
        with Child(__name__) as child:
            found: list[list[str]] = child.call((texts, algorithm), limit)
            return found
    except (TookTooLong, WorkerDied) as problem:
        raise Unsupported(
            f"The blank nodes cannot be named by RDFC-1.0 in {limit} s: there are too many alike",
            remedy="Give the things names (IRIs), or raise MCQMS_MAX_NAMING_SECONDS.",
        ) from problem


def _canonical(request: tuple[list[str], str]) -> list[list[str]]:
    texts, algorithm = request
    return [_lines(text, algorithm) for text in texts]


def _lines(text: str, algorithm: str) -> list[str]:
    dataset = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(_ALGORITHMS[algorithm])
    return sorted(f"{quad} .\n" for quad in dataset)


if __name__ == "__main__":
    bound_memory(MEMORY_MB)
    serve(_canonical)
