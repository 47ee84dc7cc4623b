"""What the service says of itself: SPARQL 1.1 Service Description, with VoID statistics of the graphs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping

import pyoxigraph as ox
from starlette.requests import Request

from mcqms_kg.errors import ServerFailed, TookTooLong, UnknownName, Unsupported, WorkerDied
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import VOID, XSD
from mcqms_kg.query.formats import GRAPHS
from mcqms_kg.query.grammar.parsed import Form
from mcqms_kg.query.request import Answer, requested
from mcqms_kg.service.callers.views import View
from mcqms_kg.service.http.negotiation import MEDIA_TYPES
from mcqms_kg.service.serving import Serving
from mcqms_kg.store.working_graphs import UNNAMED

_SD = "http://www.w3.org/ns/sparql-service-description#"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
_COUNT = "SELECT ?g (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } GROUP BY ?g"


def described(request: Request, serving: Serving, view: View, accepted: tuple[str, ...]) -> Answer:
    """The description in the first format that fits; raises `UnknownName` where none does."""
    chosen = next((name for name in accepted if name in GRAPHS), None)
    if chosen is None:
        raise UnknownName("The description is RDF", remedy=f"Known: {', '.join(MEDIA_TYPES[n] for n in GRAPHS)}.")
    endpoint = terms.iri(str(request.url.replace(query="", fragment="")))
    said = _statements(endpoint, view, _counted(serving, view))
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in said)
    content = ox.serialize(ox.parse(text, format=FORMATS[".nt"]), format=GRAPHS[chosen]) or b""
    return Answer(Form.CONSTRUCT, chosen, content, hashlib.sha256(content).hexdigest(), len(content))


def _counted(serving: Serving, view: View) -> Mapping[Term, int]:
    """The statements of working graphs, which nobody wrote down; nothing is told where there are too many to be counted in time."""
    try:
        answer = serving.desk.answer(requested(serving.desk.limits, _COUNT, (UNNAMED,), view.working, ("json",)))
    except (TookTooLong, WorkerDied, ServerFailed, Unsupported):  # of which a server may have its own
        return {}
    rows = json.loads(answer.content)["results"]["bindings"]
    return {terms.iri(row["g"]["value"]) if "g" in row else UNNAMED: int(row["n"]["value"]) for row in rows}


def _statements(endpoint: Term, view: View, counted: Mapping[Term, int]) -> Iterator[Triple]:
    service, dataset, default = Term("_:service"), Term("_:dataset"), Term("_:default")
    yield from ((service, TYPE, _sd("Service")), (service, _sd("endpoint"), endpoint))
    for language in ("SPARQL11Query", "SPARQL11Update"):
        yield service, _sd("supportedLanguage"), _sd(language)
    for name in _RESULT_FORMATS:
        yield service, _sd("resultFormat"), terms.iri(f"http://www.w3.org/ns/formats/{name}")
    yield from ((service, _sd("defaultDataset"), dataset), (dataset, TYPE, _sd("Dataset")))
    yield dataset, _sd("defaultGraph"), default
    yield from _graph(default, sum(version.statements for version in view.latest.values()) + counted.get(UNNAMED, 0))
    known = {version.graph: version.statements for version in view.versions}
    known |= {graph: counted.get(graph, 0) for graph in view.working}
    for number, (name, statements) in enumerate(known.items()):
        named, graph = Term(f"_:named{number}"), Term(f"_:graph{number}")
        yield from ((dataset, _sd("namedGraph"), named), (named, TYPE, _sd("NamedGraph")))
        yield from ((named, _sd("name"), name), (named, _sd("graph"), graph))
        yield from _graph(graph, statements)


def _graph(node: Term, statements: int) -> Iterator[Triple]:
    yield node, TYPE, _sd("Graph")
    yield node, terms.iri(VOID + "triples"), terms.literal(str(statements), datatype=XSD + "integer")


def _sd(name: str) -> Term:
    return terms.iri(_SD + name)
