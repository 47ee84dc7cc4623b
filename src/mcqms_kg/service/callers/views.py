"""What each caller sees of the graphs there are: whole graphs, or nothing of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mcqms_kg.model import Term, Version
from mcqms_kg.service.callers.access import Caller
from mcqms_kg.store.provenance import graphs_describing
from mcqms_kg.store.working import UNNAMED

_KEPT = 1000


@dataclass(frozen=True)
class View:
    """What a caller sees: versions, the graphs that are asked where none is named, and those that may be named."""

    versions: tuple[Version, ...]
    default_graphs: tuple[Term, ...]
    named_graphs: tuple[Term, ...]
    working: tuple[Term, ...] = ()
    """Those of the named graphs that updates may write."""

    @property
    def protected(self) -> tuple[Term, ...]:
        """Those that never change."""
        return tuple(graph for graph in self.named_graphs if graph not in self.working)


class Views:
    """The views on one set of versions and working graphs. Callers who see the same private datasets share one."""

    def __init__(self, every: Iterable[Version], working: Iterable[Term] = ()) -> None:
        self._every, self._working = tuple(every), tuple(working)
        self._private = frozenset(version.dataset for version in self._every if version.private)
        self._made: dict[frozenset[str], View] = {}

    def of(self, caller: Caller) -> View:
        seen = self._private if caller.sees_all else self._private & caller.sees
        if (known := self._made.get(seen)) is not None:
            return known
        if len(self._made) >= _KEPT:
            self._made.clear()
        self._made[seen] = made = _view([v for v in self._every if not v.private or v.dataset in seen], self._working)
        return made


def _view(seen: Iterable[Version], working: tuple[Term, ...]) -> View:
    """Working graphs are nobody's own, so all see them."""
    versions = tuple(seen)
    latest = {version.dataset: version.graph for version in versions}
    named = (*(version.graph for version in versions), *graphs_describing(versions), *working)
    return View(versions, (*latest.values(), UNNAMED), named, working)
