"""Questions about pathways; the graphs that were read last stay in the process."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

from mcqms_kg import operations
from mcqms_kg.service.jobs.checker.context import Context
from mcqms_kg.service.jobs.work import AskPathways

if TYPE_CHECKING:
    from mcqms_kg.pathway.planning.landscape import Landscape
    from mcqms_kg.pathway.projection.facts import Facts
    from mcqms_kg.pathway.projection.reading import Projection

_kept: dict[str, tuple[Hashable, Any]] = {}
"""The last graph of each kind with what it was made of. Files of versions never change."""


def ask(work: AskPathways, _: Context) -> bytes:
    """The answer as it is sent. Raises a `McqmsError` that says why there is none."""
    return _answer(work).encode()


def _answer(work: AskPathways) -> str:
    if work.question == "path":
        graph = _projection(work)
        report = operations.path(work.files, as_of=work.as_of, graph=graph, places=work.places, **work.values)
        from mcqms_kg.pathway.telling.formats import write  # its libraries are needed for nothing else

        return write(report, work.format, work.language)
    if work.question == "recognise":
        found = operations.recognise(as_of=work.as_of, graph=_facts(work), **work.values)
        return found.write(work.format, work.language)
    about = {"impact": operations.impact, "coverage": operations.coverage, "structure": operations.structure}
    return about[work.question](work.values["value"], _landscape(work)).write(work.format, work.language)


def _facts(work: AskPathways) -> Facts:
    found: Facts = _once("facts", (work.root, work.files), lambda: operations.read_graph(work.files))
    return found


def _projection(work: AskPathways) -> Projection:
    key = (work.root, work.files)
    found: Projection = _once("projection", key, lambda: operations.projected(_facts(work)))
    return found


def _landscape(work: AskPathways) -> Landscape:
    key = (work.root, work.files, work.as_of)
    found: Landscape = _once("landscape", key, lambda: operations.survey(as_of=work.as_of, graph=_projection(work)))
    return found


def _once(kind: str, key: Hashable, make: Callable[[], Any]) -> Any:
    """What was made of this key last, else made now; what was kept goes first, as there is room for one of a kind."""
    if kind not in _kept or _kept[kind][0] != key:
        _kept.pop(kind, None)
        _kept[kind] = (key, make())
        gc.collect()  # millions of values are looked through for circles once, now, and not while somebody asks next
    return _kept[kind][1]
