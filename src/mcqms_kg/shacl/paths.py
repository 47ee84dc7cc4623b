"""SHACL property paths (section 2.3.1), read from the shapes graph. They are those of SPARQL, but for negated ones."""

from __future__ import annotations

from mcqms_kg.errors import RulebookError
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.model import Term
from mcqms_kg.namespaces import RDF, SH
from mcqms_kg.shacl.lists import members
from mcqms_kg.sparql.paths import Alternative, Inverse, Negated, OneOrMore, Path, Sequence, ZeroOrMore, ZeroOrOne

_SIGNS = {ZeroOrMore: "*", OneOrMore: "+", ZeroOrOne: "?"}
_WRAPPERS: dict[Term, type[Inverse | ZeroOrMore | OneOrMore | ZeroOrOne]] = {
    terms.iri(SH + "inversePath"): Inverse,
    terms.iri(SH + "zeroOrMorePath"): ZeroOrMore,
    terms.iri(SH + "oneOrMorePath"): OneOrMore,
    terms.iri(SH + "zeroOrOnePath"): ZeroOrOne,
}
_ALTERNATIVE = terms.iri(SH + "alternativePath")
_FIRST = terms.iri(RDF + "first")


def read_path(graph: GraphIndex, node: Term, inside: tuple[Term, ...] = ()) -> Path:
    """The path at a node; raises `RulebookError` where it is ill-formed. A list wins over other properties of the same node."""
    if terms.is_iri(node):
        return node
    if node in inside:
        raise _ill_formed(node, "contains itself")
    inside = (*inside, node)
    if graph.value(node, _FIRST):
        return Sequence(_members(graph, node, node, inside))
    choices = graph.value(node, _ALTERNATIVE)
    if choices:
        return Alternative(_members(graph, node, choices, inside))
    for predicate, wrapper in _WRAPPERS.items():
        inner = graph.value(node, predicate)
        if inner:
            return wrapper(read_path(graph, inner, inside))
    raise _ill_formed(node, "is no path")


def _members(graph: GraphIndex, node: Term, head: Term, inside: tuple[Term, ...]) -> tuple[Path, ...]:
    found = members(graph, head, f"The property path {node} has a list that")
    if len(found) < 2:
        raise _ill_formed(node, "has a list of fewer than two paths")
    return tuple(read_path(graph, member, inside) for member in found)


def _ill_formed(node: Term, why: str) -> RulebookError:
    return RulebookError(f"The property path {node} {why}", remedy="Mend the path (SHACL section 2.3.1).")


def path_text(path: Path) -> str:
    """The path in SPARQL syntax with full IRIs, such as `<p>/(^<q>)`."""
    if isinstance(path, str):
        return str(path)
    if isinstance(path, Sequence):
        return "/".join(map(_part, path.steps))
    if isinstance(path, Alternative):
        return "|".join(map(_part, path.choices))
    if isinstance(path, Inverse):
        return "^" + _part(path.path)
    if isinstance(path, Negated):
        return f"!({'|'.join((*path.forwards, *(f'^{iri}' for iri in path.backwards)))})"
    return _part(path.path) + _SIGNS[type(path)]


def _part(path: Path) -> str:
    return path_text(path) if isinstance(path, str) else f"({path_text(path)})"
