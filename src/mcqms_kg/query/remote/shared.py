"""Default graphs on a server that gives a statement once for each graph that has it, where SPARQL has one graph of them.

A query that counts is refused where the graphs have a statement in common. What does not count is answered rightly all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.query.engine.disjoint import DisjointGraphs
from mcqms_kg.query.grammar.parsed import Form
from mcqms_kg.query.guard import Judged
from mcqms_kg.store.working_graphs import UNNAMED_ON_SERVER, is_working

Rows = Callable[[str, Sequence[Term]], Sequence[str]]
"""The rows of a query with one variable over graphs that it may name."""
_COUNTING = {"COUNT", "SUM", "AVG", "GROUP_CONCAT"}
_ANY_COUNT = {*_COUNTING, "MIN", "MAX", "SAMPLE", "GROUP"}
_PART = {"LIMIT", "OFFSET"}
_SHARED = """SELECT (1 AS ?one) WHERE { VALUES ?g { %s } GRAPH ?g { ?s ?p ?o }
FILTER EXISTS { GRAPH ?h { ?s ?p ?o } FILTER (?h != ?g) } } LIMIT 1"""

_SIZE = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH %s { ?s ?p ?o } }"


def counts(judged: Judged) -> bool:
    """Whether the answer may depend on how often a solution is found; a query of which that is not clear does."""
    tokens, form = judged.parsed.tokens, judged.parsed.form
    words = [token.word for token in tokens]
    for at, word in enumerate(words[:-2]):
        if word in _COUNTING and tokens[at + 1].text == "(" and words[at + 2] != "DISTINCT":
            return True
    is_part, selects = bool(_PART & set(words)), words.count("SELECT")
    if form is Form.SELECT:
        only_one = selects == 1
        is_distinct = words[words.index("SELECT") + 1] in ("DISTINCT", "REDUCED")
        by_groups = only_one and bool(_ANY_COUNT & set(words))
        return not (is_distinct or by_groups) or (is_part and not only_one)
    makes_nodes = form is Form.CONSTRUCT and any(token.kind == "blank" or token.text in ("[", "(") for token in tokens)
    return makes_nodes or is_part


class Shared:
    """Refuses what would count a statement for each graph that has it."""

    def __init__(self) -> None:
        self._disjoint = DisjointGraphs[Term](_never_changes)

    def refuse(self, judged: Judged, graphs: Sequence[Term], rows: Rows) -> None:
        """Raises `Unsupported` where the query counts and two of the graphs have a statement in common."""
        asked = tuple(dict.fromkeys(graphs))
        if len(asked) > 1 and counts(judged) and self._are_sharing(asked, rows):
            raise Unsupported(
                "Graphs of the query have a statement in common, which the store on the server would count for each of them",
                place=judged.parsed.tokens[0].place,
                remedy="Ask for DISTINCT, name one graph with FROM, or keep the graphs in the folder.",
            )

    def _are_sharing(self, graphs: Sequence[Term], rows: Rows) -> bool:
        def share(some: Sequence[Term]) -> bool:
            return bool(some and rows(_SHARED % " ".join(some), graphs))

        largest = self._disjoint.largest(graphs, lambda graph: int(rows(_SIZE % graph, (graph,))[0]))
        return not self._disjoint.are_disjoint(graphs, largest, share)


def _never_changes(graph: Term) -> bool:
    return graph != UNNAMED_ON_SERVER and not is_working(terms.iri_text(graph))
