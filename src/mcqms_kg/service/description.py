"""What the service says of itself: SPARQL 1.1 Service Description, with VoID statistics of the graphs."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg.errors import UnknownName
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import VOID, XSD
from mcqms_kg.query.formats import GRAPHS
from mcqms_kg.service.negotiation import MEDIA_TYPES, formats
from mcqms_kg.service.replies import reply
from mcqms_kg.service.serving import View

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


def description(request: Request, view: View) -> Response:
    """The description in the format that is accepted; raises `UnknownName` where none is."""
    accepted = [name for name in formats(request.headers.get("accept")) if name in GRAPHS]
    if not accepted:
        raise UnknownName("The description is RDF", remedy=f"Known: {', '.join(MEDIA_TYPES[n] for n in GRAPHS)}.")
    endpoint = terms.iri(str(request.url.replace(query="", fragment="")))
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in _statements(endpoint, view))
    content = ox.serialize(ox.parse(text, format=FORMATS[".nt"]), format=GRAPHS[accepted[0]])
    return reply(request, content or b"", MEDIA_TYPES[accepted[0]])


def _statements(endpoint: Term, view: View) -> Iterator[Triple]:
    service, dataset, default = Term("_:service"), Term("_:dataset"), Term("_:default")
    latest = {version.dataset: version.statements for version in view.versions}
    yield from ((service, TYPE, _sd("Service")), (service, _sd("endpoint"), endpoint))
    yield service, _sd("supportedLanguage"), _sd("SPARQL11Query")
    for name in _RESULT_FORMATS:
        yield service, _sd("resultFormat"), terms.iri(f"http://www.w3.org/ns/formats/{name}")
    yield from ((service, _sd("defaultDataset"), dataset), (dataset, TYPE, _sd("Dataset")))
    yield from ((dataset, _sd("defaultGraph"), default), *_graph(default, sum(latest.values())))
    for number, version in enumerate(view.versions):
        named, graph = Term(f"_:named{number}"), Term(f"_:graph{number}")
        yield from ((dataset, _sd("namedGraph"), named), (named, TYPE, _sd("NamedGraph")))
        yield from ((named, _sd("name"), version.graph), (named, _sd("graph"), graph))
        yield from _graph(graph, version.statements)


def _graph(node: Term, statements: int) -> Iterator[Triple]:
    yield node, TYPE, _sd("Graph")
    yield node, terms.iri(VOID + "triples"), terms.literal(str(statements), datatype=XSD + "integer")


def _sd(name: str) -> Term:
    return terms.iri(_SD + name)
