"""What our graph says, as files of the European Learning Model: credentials to upload, and what is offered as RDF."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass

import pyoxigraph as ox

from mcqms_kg.errors import BadValue, EmptyInput, Unsupported
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.graph.xml_bytes import fit_for_xml
from mcqms_kg.interop.elm import phrases
from mcqms_kg.interop.elm.credential import credential, uploadable
from mcqms_kg.interop.elm.document import Node, Writing
from mcqms_kg.interop.elm.expand import Expansion
from mcqms_kg.interop.elm.opportunity import offered, opportunity
from mcqms_kg.interop.elm.terms import PREFIXES, context
from mcqms_kg.model import Loss, Term, Wanted, Written

_NOTHING = "Give data with awards, or with micro-credentials that are offered on the day."
CREDENTIALS, OPPORTUNITIES = "credentials", "opportunities"
RDF_FILES = {"opportunities.ttl": ox.RdfFormat.TURTLE, "opportunities.rdf": ox.RdfFormat.RDF_XML}


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """A credential for each award and one description of all that is offered; what the target would refuse is left out and said to be.

    Raises `EmptyInput` where nothing is left.
    """
    awards = [_made(graph, wanted, award, credential) for award in _chosen(awarded(graph), wanted, CREDENTIALS)]
    found = _chosen(offered(graph, wanted.as_of.isoformat()), wanted, OPPORTUNITIES)
    offers = [_made(graph, wanted, offer, opportunity) for offer in found]
    left_out = [loss for made in (*awards, *offers) for loss in made.left_out()]
    files = _credential_files([made for made in awards if made.is_whole])
    nodes = [made.node for made in offers if made.is_whole]
    files |= rdf_files(nodes) if nodes else {}
    if nodes and "opportunities.rdf" not in files:
        left_out.append(Loss("", phrases.NO_XML, "opportunities.rdf"))
    if not files:
        raise EmptyInput(
            "There is nothing that a file of the European Learning Model could say",
            remedy=next(
                (f"{loss.at}: {loss.what['en']}{loss.value and f' ({loss.value})'}" for loss in left_out), _NOTHING
            ),
        )
    return Written(files, (*left_out, *_lost([made.writing for made in (*awards, *offers) if made.is_whole])))


@dataclass(frozen=True)
class Made:
    """A thing as it would be written, and how it went."""

    term: Term
    node: Node
    writing: Writing

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing that the target cannot do without."""
        return not self.writing.lacking

    def left_out(self) -> Iterable[Loss]:
        for lack in self.writing.lacking:
            said = {tag: text.format(lack.what[tag]) for tag, text in zip(("en", "id"), phrases.LEFT_OUT, strict=True)}
            yield Loss(self.term, said, "" if lack.at == self.term else lack.at)


def _made(graph: GraphIndex, wanted: Wanted, term: Term, build: Callable[[Writing, Term], Node]) -> Made:
    writing = Writing(graph, wanted)
    return Made(term, build(writing, term), writing)


def _lost(writings: list[Writing]) -> list[Loss]:
    """What none of the files carries: what one of them lost and another that speaks of the same thing did not is there."""
    every = dict.fromkeys(loss for writing in writings for loss in map(_hashable, writing.losses))
    return [
        Loss(at, dict(what), value)
        for at, what, value in every
        if not any(at in w.visited and (at, what, value) not in map(_hashable, w.losses) for w in writings)
    ]


def _hashable(loss: Loss) -> tuple[str, tuple[tuple[str, str], ...], str]:
    return loss.at, tuple(sorted(loss.what.items())), loss.value


def awarded(graph: GraphIndex) -> tuple[Term, ...]:
    """Every award, also one that does not say that it is one."""
    known = {s for s in graph.all_subjects() if graph.objects(s, mc("awardsCredential"))}
    return tuple(sorted({*graph.instances(mc("Award")), *known}))


def _chosen(found: Iterable[Term], wanted: Wanted, kind: str) -> list[Term]:
    """Those that are asked for, by name or because the data itself speaks of them."""
    what = wanted.options.get("what", kind)
    unknown = [*(name for name in wanted.options if name != "what"), *({what} - {CREDENTIALS, OPPORTUNITIES})]
    if unknown:
        raise BadValue(
            f"{unknown[0]!r} is no option of this format", remedy=f"Known: what={CREDENTIALS}, what={OPPORTUNITIES}."
        )
    among = wanted.about or wanted.given
    return [term for term in found if what == kind and (not among or term in among)]


def _credential_files(made: Iterable[Made]) -> dict[str, bytes]:
    """One file a credential, named by the end of its IRI; a number tells apart those that end alike, in any case of letters."""
    files: dict[str, bytes] = {}
    taken: Counter[str] = Counter()
    for one in made:
        stem = re.sub(r"[^A-Za-z0-9_-]+", "-", re.split(r"[/#:]", one.term.strip("<>"))[-1]).strip("-")[:80] or "award"
        taken[stem.casefold()] += 1
        number = taken[stem.casefold()]
        files[f"credential-{stem}{f'.{number}' if number > 1 else ''}.json"] = json_bytes(uploadable(one.node))
    return files


def rdf_files(opportunities: list[Node]) -> dict[str, bytes]:
    """What is offered in Turtle, JSON-LD, and RDF/XML where XML can hold all of it."""
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in statements(opportunities))
    triples = list(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
    written = {name: ox.serialize(triples, format=form, prefixes=PREFIXES) or b"" for name, form in RDF_FILES.items()}
    with suppress(Unsupported):  # who wants it is told that it is not there
        written["opportunities.rdf"] = fit_for_xml(written.pop("opportunities.rdf"))
    return written | {"opportunities.jsonld": json_bytes({"@context": context(), "@graph": opportunities})}


def statements(nodes: Iterable[Node]) -> list[tuple[Term, Term, Term]]:
    """What the nodes say, once each and sorted."""
    expansion = Expansion("urn:mcqms:nameless")
    for node in nodes:
        expansion.thing(node, "")
    return sorted({said.triple for said in expansion.stated})


def json_bytes(value: object) -> bytes:
    """JSON as people read it."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
