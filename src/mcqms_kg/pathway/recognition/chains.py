"""Ways through links: those that hold, best first, and those with the fewest links that would have to be otherwise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice

import networkx as nx

from mcqms_kg.model import Term
from mcqms_kg.pathway.recognition.known import Known
from mcqms_kg.pathway.recognition.links import next_links
from mcqms_kg.pathway.recognition.model import Link, Node, Status

MOST_LINKS = 20_000
"""About how many links are looked at from one credential."""
MOST_WAYS = 20
"""How many chains, and how many gaps, are told."""
MOST_LOOKED_AT = 50
"""How many ways are looked through for reasons."""
_BROKEN, _UNDECIDED, _UNVERIFIED = 10**12, 10**8, 10**4

Way = tuple[Link, ...]


class Web:
    """Everything that can be reached from a place by links, sound or not; `whole` is false where there was too much of it.

    A link is a place of its own in the graph, known by its number, so that two links between the same places stay apart.
    """

    def __init__(self, known: Known, start: Node) -> None:
        self.start = start
        self.whole = True
        self._links: list[Link] = []
        found = {start: None}
        for node in (waiting := [start]):
            for link in next_links(known, node):
                self._links.append(link)
                if link.end not in found:
                    found[link.end] = None
                    waiting.append(link.end)
            if len(self._links) >= MOST_LINKS:
                self.whole = False
                break

    def places(self, kind: str) -> tuple[Node, ...]:
        found = {self.start, *(link.end for link in self._links)}
        return tuple(sorted((node for node in found if node.kind == kind), key=lambda node: node.term))

    def links(self) -> tuple[Link, ...]:
        return tuple(self._links)

    def reaches(self, goals: Collection[Node], good: Callable[[Link], bool]) -> tuple[Node, ...]:
        """The goals that good links alone lead to."""
        found = nx.descendants(self._graph(good, _cost), self.start)
        return tuple(goal for goal in goals if goal in found)

    def ways(self, goal: Node, good: Callable[[Link], bool], cost: Callable[[Link], int]) -> Iterator[tuple[int, Way]]:
        """The ways to the goal by good links, cheapest first, each with its cost."""
        graph = self._graph(good, cost)
        if goal not in graph or goal == self.start:
            return
        try:
            for nodes in nx.shortest_simple_paths(graph, self.start, goal, weight="cost"):
                way = tuple(self._links[number] for number in nodes if isinstance(number, int))
                yield sum(map(cost, way)), way
        except nx.NetworkXNoPath:
            return

    def beyond(self, records: Collection[Term]) -> tuple[Node, ...]:
        """The places that links of these records lead on to, by links that are not broken."""
        graph = self._graph(lambda link: not link.broken, _cost)
        starts = [number for number, link in enumerate(self._links) if link.record in records and number in graph]
        found = {node for start in starts for node in nx.descendants(graph, start) if isinstance(node, Node)}
        return tuple(sorted(found, key=lambda node: (node.kind, node.term)))

    def _graph(self, good: Callable[[Link], bool], cost: Callable[[Link], int]) -> nx.DiGraph[Node | int]:
        graph: nx.DiGraph[Node | int] = nx.DiGraph()
        graph.add_node(self.start)
        for number, link in enumerate(self._links):
            if good(link):
                graph.add_edge(link.start, number, cost=cost(link))
                graph.add_edge(number, link.end, cost=0)
        return graph


def best(web: Web, goal: Node) -> tuple[tuple[Way, ...], bool]:
    """The ways without a broken link: decided before undecided, verified before unverified, then the shorter; and whether these are all."""
    found = list(islice(web.ways(goal, lambda link: not link.broken, _cost), MOST_WAYS + 1))
    return tuple(way for _, way in found[:MOST_WAYS]), len(found) <= MOST_WAYS


def smallest_gaps(web: Web, goal: Node) -> tuple[Way, ...]:
    """For each way with the fewest links that are not sound: these links. Ways that share them are told once."""
    found: dict[tuple[Link, ...], None] = {}
    fewest = None
    for cost, way in web.ways(goal, lambda _: True, _lacking):
        if fewest is not None and cost // _BROKEN > fewest:
            break
        fewest = cost // _BROKEN
        found[tuple(link for link in way if not link.sound)] = None
        if len(found) == MOST_WAYS:
            break
    return tuple(found)


def reasons(web: Web, goal: Node) -> tuple[Link, ...]:
    """The links with a fault on the ways there, those of ways that lack least first."""
    ways = islice(web.ways(goal, lambda _: True, _cost), MOST_LOOKED_AT)
    return tuple(dict.fromkeys(link for _, way in ways for link in way if link.faults))[:MOST_WAYS]


def _cost(link: Link) -> int:
    broken = _BROKEN * link.broken
    return broken + _UNDECIDED * link.undecided + _UNVERIFIED * (link.status is Status.UNVERIFIED) + 1


def _lacking(link: Link) -> int:
    return _BROKEN * (not link.sound) + 1
