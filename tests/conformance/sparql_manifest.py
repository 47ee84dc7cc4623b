"""Reads the query evaluation tests of the W3C SPARQL 1.1 suite: data, query, and the result each expects."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlparse

import pyoxigraph as ox

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import Source, read_quads
from mcqms_kg.model import Term, Triple

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_EVALUATION = terms.iri(_MF + "QueryEvaluationTest")
_WITHOUT = {"entailment", "service"}
"""Folders about what is not offered here: inference at query time, and other servers."""
DEFAULT = Term("<urn:x-test:default>")


@dataclass(frozen=True)
class QueryCase:
    """One test."""

    name: str
    query: Path
    data: tuple[Path, ...]
    graph_data: tuple[Path, ...]
    result: Path


def suite() -> Path | None:
    """The folder of the suite: under MCQMS_SUITES, or beside the repository."""
    given = os.environ.get("MCQMS_SUITES")
    folder = Path(given) if given else Path(__file__).resolve().parents[3] / "shared" / "suites"
    return folder / "w3c-sparql11" if (folder / "w3c-sparql11" / "manifest-all.ttl").is_file() else None


def query_cases(root: Path) -> list[QueryCase]:
    """Every query evaluation test, by name."""
    manifests = [p for p in sorted(root.glob("*/manifest.ttl")) if p.parent.name not in _WITHOUT]
    return [case for manifest in manifests for case in _cases(manifest)]


def _cases(manifest: Path) -> Iterator[QueryCase]:
    graph = GraphIndex(load(manifest))
    for test in graph.instances(_EVALUATION):
        action = graph.value(test, terms.iri(_MF + "action"))
        result = graph.value(test, terms.iri(_MF + "result"))
        assert action and result
        (query,) = graph.objects(action, terms.iri(_QT + "query"))
        yield QueryCase(
            f"{manifest.parent.name}/{terms.local_name(test)}",
            _path(query),
            tuple(map(_path, graph.objects(action, terms.iri(_QT + "data")))),
            tuple(map(_path, graph.objects(action, terms.iri(_QT + "graphData")))),
            _path(result),
        )


def _path(iri: Term) -> Path:
    return Path(unquote(urlparse(terms.iri_text(iri)).path))


def load(path: Path) -> tuple[Triple, ...]:
    format = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    assert format
    return tuple((s, p, o) for s, p, o, _ in read_quads(Source(path, format, path.as_uri())))


def store(case: QueryCase) -> tuple[ox.Store, list[Term]]:
    """The data in a store, and its named graphs; the default graph has a name of its own."""
    made, named = ox.Store(), []
    for path in case.data:
        _into(made, path, DEFAULT)
    for path in case.graph_data:
        named.append(terms.iri(path.as_uri()))
        _into(made, path, named[-1])
    return made, named


def _into(made: ox.Store, path: Path, graph: Term) -> None:
    format = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    made.load(path=path, format=format, base_iri=path.as_uri(), to_graph=ox.NamedNode(terms.iri_text(graph)))


def canonical(rows: list[dict[str, str]] | tuple[Triple, ...] | bool) -> object:
    """A result so that two which say the same are equal, whatever their blank nodes are called."""
    if isinstance(rows, bool):
        return rows
    if isinstance(rows, tuple):
        lines = [f"{s} {p} {o} ." for s, p, o in rows]
    else:
        lines = [
            f"_:row{n} <urn:x-variable:{name}> {value} ."
            for n, row in enumerate(rows)
            for name, value in ({"row": '"1"'} | row).items()
        ]
    dataset = ox.Dataset(ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def results(content: bytes, format: ox.QueryResultsFormat) -> list[dict[str, str]] | bool:
    """Rows, each from variable to term, or yes or no."""
    read = ox.parse_query_results(content, format=format)
    if isinstance(read, ox.QueryBoolean):
        return bool(read)
    assert isinstance(read, ox.QuerySolutions)
    names = [variable.value for variable in read.variables]
    return [{n: str(v) for n, v in zip(names, row, strict=True) if v is not None} for row in read]


def expected(case: QueryCase) -> list[dict[str, str]] | tuple[Triple, ...] | bool:
    """What the suite says must come out."""
    if case.result.suffix in (".ttl", ".rdf", ".nt"):
        triples = load(case.result)
        graph = GraphIndex(triples)
        sets = graph.instances(terms.iri(_RS + "ResultSet"))
        return _result_set(graph, sets[0]) if sets else triples
    known = ox.QueryResultsFormat.from_extension(case.result.suffix.removeprefix("."))
    assert known
    return results(case.result.read_bytes(), known)


def _result_set(graph: GraphIndex, found: Term) -> list[dict[str, str]] | bool:
    said = graph.value(found, terms.iri(_RS + "boolean"))
    if said:
        return terms.lexical(said) == "true"
    rows = graph.objects(found, terms.iri(_RS + "solution"))
    return [dict(_binding(graph, b) for b in graph.objects(row, terms.iri(_RS + "binding"))) for row in rows]


def _binding(graph: GraphIndex, binding: Term) -> tuple[str, str]:
    variable = graph.value(binding, terms.iri(_RS + "variable"))
    value = graph.value(binding, terms.iri(_RS + "value"))
    assert variable and value
    return terms.lexical(variable), value


def normal(found: list[dict[str, str]] | tuple[Triple, ...] | bool) -> list[dict[str, str]] | tuple[Triple, ...] | bool:
    """The result with literals as the store writes them: the suite compares values, and spells them in other ways."""
    if isinstance(found, bool):
        return found
    if isinstance(found, tuple):
        return tuple((s, p, Term(_normal(o))) for s, p, o in found)
    return [{name: _normal(value) for name, value in row.items()} for row in found]


@cache
def _normal(value: str) -> str:
    if not value.startswith('"'):
        return value
    passed = ox.Store()
    passed.load(f"<urn:x:s> <urn:x:p> {value} .", format=ox.RdfFormat.N_TRIPLES)
    (quad,) = passed
    return str(quad.object)
