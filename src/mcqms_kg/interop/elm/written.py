"""What our graph says, as files of the European Learning Model: credentials to upload, and what is offered as RDF."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable

import pyoxigraph as ox

from mcqms_kg.errors import BadValue
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.interop.elm import phrases
from mcqms_kg.interop.elm.credential import credential, uploadable
from mcqms_kg.interop.elm.expand import Expansion
from mcqms_kg.interop.elm.opportunity import offered, opportunity
from mcqms_kg.interop.elm.terms import PREFIXES, context
from mcqms_kg.interop.elm.writing import Node, Writing, mc
from mcqms_kg.model import Loss, Term, Wanted, Written

RDF_FILES = {"opportunities.ttl": ox.RdfFormat.TURTLE, "opportunities.rdf": ox.RdfFormat.RDF_XML}


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """A credential for each award and one description of all that is offered; what the target would refuse is left out and said to be.

    Raises `BadValue` where nothing is left.
    """
    losses: list[Loss] = []
    awards = _chosen(awarded(graph), wanted)
    offers = _chosen(offered(graph, wanted.as_of.isoformat()), wanted)
    credentials = [(award, node) for award in awards for node in _whole(graph, wanted, award, credential, losses)]
    opportunities = [node for offer in offers for node in _whole(graph, wanted, offer, opportunity, losses)]
    files = _credential_files(credentials)
    if opportunities:
        files |= rdf_files(opportunities)
    if not files:
        reason = next((f"{loss.at}: {loss.what['en']}" for loss in losses if loss.what["en"].startswith("Left out")), "")
        raise BadValue(
            "There is nothing that a file of the European Learning Model could say",
            remedy=reason or "Give data with awards, or with micro-credentials that are offered on the day.",
        )
    return Written(files, tuple(losses))


def awarded(graph: GraphIndex) -> tuple[Term, ...]:
    """Every award, also one that does not say that it is one."""
    known = {s for s in graph.all_subjects() if graph.objects(s, mc("awardsCredential"))}
    return tuple(sorted({*graph.instances(mc("Award")), *known}))


def _chosen(found: Iterable[Term], wanted: Wanted) -> list[Term]:
    return [term for term in found if not wanted.about or term in wanted.about]


def _whole(
    graph: GraphIndex, wanted: Wanted, term: Term, build: Callable[[Writing, Term], Node], losses: list[Loss]
) -> Iterable[Node]:
    """The thing, unless something is missing that the target cannot do without."""
    writing = Writing(graph, wanted)
    node = build(writing, term)
    if not writing.lacking:
        losses += [loss for loss in writing.losses if loss not in losses]
        yield node
    for lack in writing.lacking:
        said = {tag: text.format(lack.what[tag]) for tag, text in zip(("en", "id"), phrases.LEFT_OUT, strict=True)}
        losses.append(Loss(term, said, "" if lack.at == term else lack.at))


def _credential_files(credentials: Iterable[tuple[Term, Node]]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for award, node in credentials:
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", re.split(r"[/#:]", award.strip("<>"))[-1]).strip("-") or "award"
        name = next(n for i in range(len(files) + 1) if (n := f"credential-{stem}{f'-{i + 1}' if i else ''}.json") not in files)
        files[name] = json_bytes(uploadable(node))
    return files


def rdf_files(opportunities: list[Node]) -> dict[str, bytes]:
    """What is offered in Turtle, RDF/XML and JSON-LD."""
    triples = [ox.Triple(*map(_term, triple)) for triple in statements(opportunities)]
    written = {name: ox.serialize(triples, format=form, prefixes=PREFIXES) or b"" for name, form in RDF_FILES.items()}
    return written | {"opportunities.jsonld": json_bytes({"@context": context(), "@graph": opportunities})}


def statements(nodes: Iterable[Node]) -> list[tuple[Term, Term, Term]]:
    """What the nodes say, once each and sorted."""
    expansion = Expansion("urn:mcqms:nameless")
    for node in nodes:
        expansion.thing(node, "")
    return sorted({said.triple for said in expansion.stated})


def _term(term: Term) -> ox.NamedNode | ox.Literal:
    (parsed,) = ox.parse(f"<urn:s> <urn:p> {term} .", format=ox.RdfFormat.N_TRIPLES)
    return parsed.triple.object


def json_bytes(value: object) -> bytes:
    """JSON as people read it."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
