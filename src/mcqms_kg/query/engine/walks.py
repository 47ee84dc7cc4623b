"""Paths that are walked over numbers: on disk the engine takes others for some of them, in memory it does not.

Where a path of any length, or a negated one, ends at a value whose last byte is 255 as the engine keeps it (-1, 255, 511 …),
it looks for the next 255 too. Only numbers, dates and durations that stand behind a property of the path can be found so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from mcqms_kg.errors import Unsupported
from mcqms_kg.namespaces import RDF, XSD
from mcqms_kg.query.engine.scope import Scope, run
from mcqms_kg.query.grammar.parsed import Term
from mcqms_kg.query.guard import Judged
from mcqms_kg.sparql.tokens import spell
from mcqms_kg.store.change import GraphName

MOST = 300_000
"""Statements that a copy in memory holds."""
_HARMLESS = 100
"""Judgements that are known to come to no such value, of each scope."""
_VALUES = f"FILTER (isLiteral(?o) && DATATYPE(?o) NOT IN (<{XSD}string>, <{RDF}langString>))"


@dataclass
class _Known:
    """What was found out of a scope: whether a property has such values in it, which judgements of late come to none, and the
    copies with and without named graphs."""

    scope: Scope
    risky: dict[str, bool] = field(default_factory=dict)
    harmless: dict[int, Judged] = field(default_factory=dict)
    copies: dict[bool, Scope] = field(default_factory=dict)


class Walks:
    """What is known of scopes that stay the same."""

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}

    def forget(self) -> None:
        self._known.clear()

    def scope(self, scope: Scope, judged: Judged) -> Scope:
        """Where the query is answered rightly: as it is, or in a copy in memory; raises `Unsupported` where that would be too large."""
        if not judged.parsed.walks:
            return scope
        known = self._known.setdefault(id(scope), _Known(scope))  # which holds it, so that no other has its number
        if id(judged) in known.harmless:
            return scope
        properties = {name for path in judged.parsed.walks for name in _properties(path)}
        if not any(_is_risky(known, judged, name) for name in sorted(properties)):
            if len(known.harmless) >= _HARMLESS:
                known.harmless.clear()
            known.harmless[id(judged)] = judged  # which holds it, too
            return scope
        names_graphs = any(token.word == "GRAPH" for token in judged.parsed.tokens)
        if names_graphs not in known.copies:
            for other in self._known.values():
                other.copies.clear()
            graphs = [*scope.default, *(scope.named if names_graphs else ())]
            known.copies[names_graphs] = _copied(scope, graphs, judged.parsed.walks[0])
        return known.copies[names_graphs]


def _is_risky(known: _Known, judged: Judged, name: str) -> bool:
    asked = f"{spell(judged.parsed.prologue)} ASK {{ {{ %s }} UNION {{ GRAPH ?g {{ %s }} }} }}" % (
        (f"?s {name} ?o {_VALUES}",) * 2
    )
    if asked not in known.risky:
        known.risky[asked] = bool(run(judged, known.scope, asked))
    return known.risky[asked]


def _properties(path: Term) -> Iterator[str]:
    """The properties of a path as they are written; of a negated one, any."""
    if any(token.text == "!" for token in path):
        yield "?p"
    else:
        yield from (spell((token,)).strip() for token in path if token.kind != "sign")


def _copied(scope: Scope, graphs: list[GraphName], at: Term) -> Scope:
    store, left = ox.Store(), MOST

    def counted(graph: GraphName) -> Iterator[ox.Quad]:
        nonlocal left
        for quad in scope.store.quads_for_pattern(None, None, None, graph):
            left -= 1
            if left < 0:
                raise Unsupported(
                    f"Such a path over numbers, or over any property, is asked in a copy of at most {MOST} statements, and there are more",
                    place=at[0].place,
                    remedy="Ask fewer graphs, by FROM, or name properties that lead to no numbers.",
                )
            yield quad

    for graph in dict.fromkeys(graphs):
        if isinstance(graph, ox.NamedNode):
            store.add_graph(graph)
        store.bulk_extend(counted(graph))
    return replace(scope, store=store)
