"""Reads the tests of the W3C SPARQL 1.1 suite: queries and updates with their data and results, and texts that are none."""

from __future__ import annotations

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
from suites import SUITES

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_UT = "http://www.w3.org/2009/sparql/tests/test-update#"
_LABEL = terms.iri("http://www.w3.org/2000/01/rdf-schema#label")
_QUERIES = tuple(terms.iri(_MF + name) for name in ("QueryEvaluationTest", "CSVResultFormatTest"))
_UPDATES = terms.iri(_MF + "UpdateEvaluationTest")
_SYNTAX = {
    terms.iri(f"{_MF}{kind}{of}SyntaxTest11"): kind for kind in ("Positive", "Negative") for of in ("", "Update")
}
_WITHOUT = {"entailment", "service"}
"""Folders about what is not offered here: inference at query time, and other servers."""


@dataclass(frozen=True)
class QueryCase:
    """One test."""

    name: str
    query: Path
    data: tuple[Path, ...]
    graph_data: tuple[Path, ...]
    result: Path


@dataclass(frozen=True)
class UpdateCase:
    """An update, the graphs before and after it by name, '' for the unnamed one; several files may go into one graph."""

    name: str
    update: Path
    before: tuple[tuple[str, Path], ...]
    after: tuple[tuple[str, Path], ...]


@dataclass(frozen=True)
class SyntaxCase:
    """A text that is a query or an update, or is none."""

    name: str
    text: Path
    good: bool
    update: bool


def suite() -> Path | None:
    """The folder of the suite, where it is."""
    folder = SUITES / "w3c-sparql11"
    return folder if (folder / "manifest-all.ttl").is_file() else None


def query_cases(root: Path) -> list[QueryCase]:
    """Every query evaluation test, by name."""
    return [case for manifest in _manifests(root) for case in _cases(manifest)]


def update_cases(root: Path) -> list[UpdateCase]:
    """Every update evaluation test, by name."""
    return [case for manifest in _manifests(root) for case in _update_cases(manifest)]


def syntax_cases(root: Path) -> list[SyntaxCase]:
    """Every syntax test, by name."""
    return [case for manifest in _manifests(root) for case in _syntax_cases(manifest)]


def _manifests(root: Path) -> list[Path]:
    return [p for p in sorted(root.glob("*/manifest.ttl")) if p.parent.name not in _WITHOUT]


def _update_cases(manifest: Path) -> Iterator[UpdateCase]:
    graph = GraphIndex(load(manifest))
    for test in graph.instances(_UPDATES):
        action = graph.value(test, terms.iri(_MF + "action"))
        result = graph.value(test, terms.iri(_MF + "result"))
        assert action and result
        (update,) = graph.objects(action, terms.iri(_UT + "request"))
        name = f"{manifest.parent.name}/{terms.local_name(test)}"
        yield UpdateCase(name, _path(update), tuple(_named(graph, action)), tuple(_named(graph, result)))


def _named(graph: GraphIndex, node: Term) -> Iterator[tuple[str, Path]]:
    for file in graph.objects(node, terms.iri(_UT + "data")):
        yield "", _path(file)
    for part in graph.objects(node, terms.iri(_UT + "graphData")):
        (file,), (name,) = graph.objects(part, terms.iri(_UT + "graph")), graph.objects(part, _LABEL)
        yield terms.lexical(name), _path(file)


def _syntax_cases(manifest: Path) -> Iterator[SyntaxCase]:
    graph = GraphIndex(load(manifest))
    for of, kind in _SYNTAX.items():
        for test in graph.instances(of):
            path = _path(graph.objects(test, terms.iri(_MF + "action"))[0])
            name = f"{manifest.parent.name}/{terms.local_name(test)}"
            yield SyntaxCase(name, path, kind == "Positive", path.suffix == ".ru")


def _cases(manifest: Path) -> Iterator[QueryCase]:
    graph = GraphIndex(load(manifest))
    for test in (test for kind in _QUERIES for test in graph.instances(kind)):
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
