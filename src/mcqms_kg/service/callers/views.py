"""What each caller sees of the graphs there are: whole graphs, or nothing of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mcqms_kg.errors import UnknownName
from mcqms_kg.model import Term, Version
from mcqms_kg.service.callers.access import Caller
from mcqms_kg.store.provenance import graphs_describing
from mcqms_kg.store.shipped import SHIPPED
from mcqms_kg.store.working_graphs import UNNAMED

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
        working = frozenset(self.working)
        return tuple(graph for graph in self.named_graphs if graph not in working)

    @property
    def version_graphs(self) -> frozenset[Term]:
        """The graphs of the versions."""
        return frozenset(version.graph for version in self.versions)

    @property
    def latest(self) -> dict[str, Version]:
        """The latest version of every dataset."""
        return {version.dataset: version for version in self.versions}

    @property
    def handed_in(self) -> tuple[Version, ...]:
        """The latest version of every dataset that somebody handed in."""
        return tuple(version for name, version in self.latest.items() if name != SHIPPED)

    def versions_of(self, dataset: str) -> tuple[Version, ...]:
        """The versions of a dataset, the latest last; none where the caller sees none."""
        return tuple(version for version in self.versions if version.dataset == dataset)

    def version(self, dataset: str, number: int | None = None) -> Version:
        """The version that is named, the latest where none is; raises `UnknownName` where there is none that the caller sees."""
        found = {version.number: version for version in self.versions_of(dataset)}
        if not found:
            known = ", ".join(sorted(self.latest)) or "none yet"
            raise UnknownName(f"No dataset is named {dataset!r}", remedy=f"Known datasets: {known}.")
        if number is not None and number not in found:
            raise UnknownName(
                f"Dataset {dataset!r} has no version {number}", remedy=f"Its versions are 1 to {max(found)}."
            )
        return found[number or max(found)]


class Views:
    """The views on one set of versions and working graphs. Callers who see the same private datasets share one."""

    def __init__(self, every: Iterable[Version], working: Iterable[Term] = ()) -> None:
        self._every, self._working = tuple(every), tuple(working)
        self._private = frozenset(version.dataset for version in self._every if version.private)
        self._made: dict[frozenset[str], View] = {}
        self._askers: list[Caller] = []

    @property
    def askers(self) -> tuple[Caller, ...]:
        """The first who asked of each kind that share a view."""
        return tuple(self._askers)

    def of(self, caller: Caller) -> View:
        seen = self._seen(caller)
        if (known := self._made.get(seen)) is not None:
            return known
        if len(self._made) >= _KEPT:
            self._made.clear()
            self._askers.clear()
        self._made[seen] = made = self._view(seen)
        self._askers.append(caller)
        return made

    def default_graphs(self, callers: Iterable[Caller]) -> tuple[tuple[Term, ...], ...]:
        """What each of these would ask by default, once where several would ask the same."""
        kinds = dict.fromkeys(self._seen(caller) for caller in callers)
        return tuple(dict.fromkeys(self._view(seen).default_graphs for seen in kinds))

    def _seen(self, caller: Caller) -> frozenset[str]:
        return self._private if caller.sees_all else self._private & caller.sees

    def _view(self, seen: frozenset[str]) -> View:
        return _view([v for v in self._every if not v.private or v.dataset in seen], self._working)


def _view(seen: Iterable[Version], working: tuple[Term, ...]) -> View:
    """Working graphs are nobody's own, so all see them."""
    versions = tuple(seen)
    latest = {version.dataset: version.graph for version in versions}
    named = (*(version.graph for version in versions), *graphs_describing(versions), *working)
    return View(versions, (*latest.values(), UNNAMED), named, working)
