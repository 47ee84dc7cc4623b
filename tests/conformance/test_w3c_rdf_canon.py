"""The W3C tests of RDFC-1.0: canonical N-Quads byte for byte, the names issued, and a poison graph that is refused by name."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from conformance.sparql_manifest import load
from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.canonical import canonical_nquads
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import Source, read_quads
from mcqms_kg.model import Quad, Term
from suites import SUITES

_MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
_RDFC = "https://w3c.github.io/rdf-canon/tests/vocab#"


def _suite() -> Path | None:
    folder = SUITES / "w3c-rdf-canon"
    return folder if (folder / "manifest.ttl").is_file() else None


ROOT = _suite()
pytestmark = pytest.mark.skipif(ROOT is None, reason="the W3C RDF canonicalization suite is not here; set MCQMS_SUITES")


def _cases(kind: str) -> list[tuple[Path, Path | None, str]]:
    """Input, expected output and hash of every test of a kind, in the order of their names."""
    if ROOT is None:
        return []
    graph = GraphIndex(load(ROOT / "manifest.ttl"))
    found = []
    for test in graph.instances(terms.iri(_RDFC + kind)):
        action, result = graph.value(test, terms.iri(_MF + "action")), graph.value(test, terms.iri(_MF + "result"))
        algorithm = graph.value(test, terms.iri(_RDFC + "hashAlgorithm"))
        assert action
        named = terms.lexical(algorithm).lower() if algorithm else "sha256"
        found.append((_path(action), _path(result) if result else None, named))
    return sorted(found)


def _path(term: Term) -> Path:
    return Path(terms.iri_text(term).removeprefix("file://"))


def _quads(path: Path) -> list[Quad]:
    return list(read_quads(Source(path, ox.RdfFormat.N_QUADS)))


def _named(cases: list[tuple[Path, Path | None, str]]) -> list[str]:
    return [case[0].name.removesuffix("-in.nq") for case in cases]


EVALUATED, MAPPED, POISON = (_cases(f"RDFC10{kind}Test") for kind in ("Eval", "Map", "NegativeEval"))


def test_the_suite_is_whole() -> None:
    assert (len(EVALUATED), len(MAPPED), len(POISON)) == (64, 21, 1)


@pytest.mark.parametrize(("given", "expected", "algorithm"), EVALUATED, ids=_named(EVALUATED))
def test_canonical_text(given: Path, expected: Path, algorithm: str) -> None:
    quads = _quads(given)
    assert canonical_nquads(quads, algorithm=algorithm) == expected.read_text("utf-8")
    random.Random(7).shuffle(quads)
    assert canonical_nquads(quads, algorithm=algorithm) == expected.read_text("utf-8")


@pytest.mark.parametrize(("given", "expected", "algorithm"), MAPPED, ids=_named(MAPPED))
def test_names_issued(given: Path, expected: Path, algorithm: str) -> None:
    """The names that the suite issues, put in place of those of the input, give our text."""
    names = {f"_:{old}": Term(f"_:{new}") for old, new in json.loads(expected.read_text("utf-8")).items()}
    parsed = ox.parse(given.read_bytes(), format=ox.RdfFormat.N_QUADS)
    renamed = {" ".join(_renamed(quad, names)) + " .\n" for quad in parsed}
    assert "".join(sorted(renamed)) == canonical_nquads(_quads(given), algorithm=algorithm)


def _renamed(quad: ox.Quad, names: dict[str, Term]) -> list[str]:
    parts = [quad.subject, quad.predicate, quad.object]
    graph = [] if isinstance(quad.graph_name, ox.DefaultGraph) else [quad.graph_name]
    return [names.get(str(part), Term(str(part))) for part in (*parts, *graph)]


@pytest.mark.parametrize(("given", "expected", "algorithm"), POISON, ids=_named(POISON))
def test_poison_is_refused_in_time(given: Path, expected: None, algorithm: str) -> None:  # noqa: ARG001  # there is none
    began = time.monotonic()
    with pytest.raises(Unsupported, match=r"cannot be named by RDFC-1\.0 in 2 s"):
        canonical_nquads(_quads(given), seconds=2, algorithm=algorithm)
    assert time.monotonic() - began < 60
