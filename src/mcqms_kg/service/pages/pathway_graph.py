"""The graph that the pathway explorer draws and lists: things in columns by level, and what leads from one to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.namespaces import MC
from mcqms_kg.service.pages.addresses import thing_address
from mcqms_kg.service.pages.page import Page
from mcqms_kg.service.pages.rows import Row, about_things, names, rows

MOST = 2000
"""How many things are drawn at the most, however they were asked for."""
READABLE = 200
"""How many can still be read where nothing is asked for; more are shown in groups, which open."""
STATES = {"held": "✓", "learn": "▷", "stack": "+", "missing": "✗", "target": "★", "other": "○"}
"""State to sign: a state is told by sign, word and outline, never by colour alone."""
START, END = "start", "occupation"


@dataclass(frozen=True)
class Node:
    """A thing, or a group of things, in its column."""

    iri: str
    label: str
    kind: str = ""
    column: str = START
    state: str = "other"
    level: str = ""
    provider: str = ""
    hours: str = ""
    credits: str = ""
    to: str = ""
    group: int = 0
    """How many things a group stands for; nothing for a thing."""


@dataclass(frozen=True)
class Edge:
    """From what helps to what it helps towards; `how` says in which way."""

    source: str
    target: str
    how: str
    units: int = 0


@dataclass(frozen=True)
class Graph:
    """What is drawn, and whether something was left out."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    is_cut: bool = False

    def columns(self) -> list[str]:
        """The columns that hold something, from left to right."""
        return sorted({node.column for node in self.nodes}, key=_place)

    def plain(self) -> Mapping[str, Any]:
        return {
            "nodes": [asdict(node) for node in self.nodes],
            "edges": [asdict(edge) for edge in self.edges],
            "columns": self.columns(),
        }


def around(page: Page, states: Mapping[str, str], grown: Iterable[str] = ()) -> Graph:
    """The things with their states, and what one step leads to or from those that are grown."""
    shown = dict(states)
    larger = dict.fromkeys(grown)
    steps = _edges(about_things(page, "links_of_things", [*larger]))
    for edge in steps:
        for end in (edge.source, edge.target):
            shown.setdefault(end, "other")
    within = [thing for thing in shown if thing not in larger]
    between = _edges(about_things(page, "links_of_things", within[:MOST]))
    kept = dict.fromkeys(edge for edge in (*steps, *between) if edge.source in shown and edge.target in shown)
    is_cut = len(shown) > MOST
    known = dict(list(shown.items())[:MOST])
    edges = tuple(edge for edge in kept if edge.source in known and edge.target in known)
    return Graph(nodes(page, known), edges, is_cut)


def nodes(page: Page, states: Mapping[str, str]) -> tuple[Node, ...]:
    """The things with what is known of each."""
    found = {row["thing"]["value"]: row for row in about_things(page, "things", states) if "thing" in row}
    beside = {_text(row, name) for row in found.values() for name in ("provider", "level")} - {""}
    called = names(page, [*states, *beside])
    return tuple(_node(iri, state, found.get(iri, {}), called) for iri, state in states.items())


def whole(page: Page) -> Graph | None:
    """Everything that leads somewhere, or nothing where it is too much to read."""
    steps = _edges(rows(page, "all_links"))
    ends = dict.fromkeys(end for edge in steps for end in (edge.source, edge.target))
    if len(ends) > READABLE or len(steps) > 4 * READABLE:
        return None
    return Graph(nodes(page, dict.fromkeys(ends, "other")), tuple(steps))


def groups(page: Page) -> Graph:
    """The credentials of each provider at each level as one node."""
    found = []
    for row in rows(page, "credentials_by_group"):
        number, provider = _text(row, "levelNumber"), _text(row, "providerName")
        iri = f"{_text(row, 'provider')} {_text(row, 'level')}"
        column = f"level-{number}" if number else START
        found.append(Node(iri, provider, "Provider", column, group=int(_text(row, "credentials")), provider=provider))
    return Graph(tuple(found[:MOST]), (), len(found) > MOST)


def members(page: Page, provider: str, level: str = "") -> list[str]:
    """The credentials that a group stands for."""
    return [row["thing"]["value"] for row in rows(page, "credentials_of_a_group", provider=provider, level=level)]


def _edges(found: Iterable[Row]) -> list[Edge]:
    return [
        Edge(row["source"]["value"], row["target"]["value"], row["how"]["value"], int(_text(row, "units") or 0))
        for row in found
        if {"source", "target", "how"} <= row.keys() and row["source"]["value"] != row["target"]["value"]
    ]


def _node(iri: str, state: str, row: Row, called: Mapping[str, str]) -> Node:
    kind, number = _text(row, "kind").removeprefix(MC), _text(row, "levelNumber")
    column = END if kind == "JobTitle" else f"level-{number}" if number else START
    return Node(
        iri,
        called.get(iri) or terms.local_name(terms.iri(iri)),
        kind,
        column,
        state,
        called.get(_text(row, "level"), ""),
        called.get(_text(row, "provider"), ""),
        _text(row, "workload"),
        _text(row, "credits"),
        thing_address(iri),
    )


def _text(row: Row, name: str) -> str:
    return row[name]["value"] if name in row else ""


def _place(column: str) -> tuple[int, int]:
    if column == START:
        return 0, 0
    return (2, 0) if column == END else (1, int(column.removeprefix("level-")))


def listed(graph: Graph) -> Sequence[tuple[str, Sequence[Node]]]:
    """The nodes under each column, those that matter most first."""
    order = list(STATES)
    return [
        (column, sorted((n for n in graph.nodes if n.column == column), key=lambda n: (order.index(n.state), n.label)))
        for column in graph.columns()
    ]
