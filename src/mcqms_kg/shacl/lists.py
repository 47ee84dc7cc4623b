"""Lists in a shapes graph (SHACL, section 2.3, "SHACL list"): what is none is told, not read as far as it goes."""

from __future__ import annotations

from mcqms_kg.errors import RulebookError
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term
from mcqms_kg.namespaces import RDF
from mcqms_kg.shacl.vocabulary import NIL

_FIRST, _REST = (terms.iri(RDF + name) for name in ("first", "rest"))


def members(graph: GraphIndex, head: Term, where: str) -> tuple[Term, ...]:
    """The members of a list; `where` names it in the `RulebookError` that is raised where it is no list, or a broken one."""
    found: list[Term] = []
    seen: set[Term] = set()
    node = head
    while node != NIL:
        if node in seen:
            raise _broken(where, f"comes back to {node}")
        seen.add(node)
        first, rest = graph.objects(node, _FIRST), graph.objects(node, _REST)
        if not first and not rest:
            raise _broken(where, f"has {node} where a list must {'stand' if node == head else 'go on'}")
        for name, values in (("first", first), ("rest", rest)):
            if len(values) != 1:
                raise _broken(where, f"has {len(values) or 'no'} rdf:{name} at its place {len(found) + 1}")
        found.append(first[0])
        node = rest[0]
    return tuple(found)


def _broken(where: str, why: str) -> RulebookError:
    return RulebookError(
        f"{where} {why}", remedy="Mend the list: each of its nodes has one rdf:first and one rdf:rest."
    )
