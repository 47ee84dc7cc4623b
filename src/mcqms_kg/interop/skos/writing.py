"""SKOS: code lists, qualification frameworks, occupation maps and competency standards as concept schemes."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from mcqms_kg.errors import EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE, GraphIndex
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import Carried
from mcqms_kg.interop.json_object import says
from mcqms_kg.interop.skos.reading import skos
from mcqms_kg.model import Term, Triple, Wanted, Written
from mcqms_kg.namespaces import CODE, DCTERMS, RDFS, SKOS

TITLE = {"en": "SKOS", "id": "SKOS"}
_SCHEMES = ("QualificationFramework", "OccupationMap", "CompetencyStandardEdition")
_INSIDE = {
    "QualificationFramework": "isLevelOf",
    "OccupationMap": "isInMap",
    "CompetencyStandardEdition": "isDefinedIn",
}
"""What holds concepts, and the property by which these say so."""
_MATCHES = {
    "match-exact": "exactMatch",
    "match-close": "closeMatch",
    "match-broad": "broadMatch",
    "match-narrow": "narrowMatch",
}
_LABEL, _DESCRIPTION = terms.iri(RDFS + "label"), terms.iri(DCTERMS + "description")
_KEPT = tuple(
    terms.iri(SKOS + name)
    for name in (
        "prefLabel",
        "altLabel",
        "hiddenLabel",
        "definition",
        "notation",
        "scopeNote",
        "editorialNote",
        "example",
    )
)


def write(graph: GraphIndex, wanted: Wanted) -> Written:
    """The schemes that are wanted, with their concepts, in Turtle; without any in the data, the code lists that it uses."""
    carried = Carried(graph, wanted, TITLE)
    schemes = _wished(carried)
    found = dict.fromkeys(t for scheme in schemes for t in _scheme(scheme, carried))
    if not found:
        raise EmptyInput(
            "The data holds no concept scheme and uses no code", remedy="Name a scheme with --about, like code:media."
        )
    for subject, predicate, value in found:
        carried.take(subject, predicate, value)
    text = "".join(f"{s} {p} {o} .\n" for s, p, o in sorted(found))
    content = ox.serialize(ox.parse(text, format=FORMATS[".nt"]), format=ox.RdfFormat.TURTLE, prefixes={"skos": SKOS})
    assert content is not None  # noqa: S101  # pyoxigraph gives nothing back only where it writes to a file
    return Written({"skos.ttl": content}, carried.losses())


def _wished(carried: Carried) -> list[Term]:
    graph, about = carried.graph, carried.wanted.about
    known = [s for name in _SCHEMES for s in graph.instances(mc(name))] + list(graph.instances(skos("ConceptScheme")))
    if about:
        return [scheme for scheme in known if scheme in about]
    own = [scheme for scheme in known if scheme in carried.wanted.given]
    used = {o for s in carried.wanted.given for _, o in graph.out(s)}
    lists = {scheme for code in used for scheme in graph.objects(code, skos("inScheme"))}
    return own or sorted(lists)


def _scheme(scheme: Term, carried: Carried) -> Iterator[Triple]:
    graph = carried.graph
    kind = next((name for name in _SCHEMES if mc(name) in graph.types(scheme)), "")
    carried.thing(scheme)
    yield scheme, TYPE, skos("ConceptScheme")
    yield from _texts(scheme, carried)
    inside = graph.subjects(mc(_INSIDE[kind]), scheme) if kind else graph.subjects(skos("inScheme"), scheme)
    concepts = [term for term in inside if terms.is_iri(term)]
    for concept in concepts:
        carried.thing(concept)
        yield concept, TYPE, skos("Concept")
        yield concept, skos("inScheme"), scheme
        yield from _texts(concept, carried)
        above = [o for p in (mc("isInArea"), mc("isElementOf"), skos("broader")) for o in graph.objects(concept, p)]
        above = [o for o in dict.fromkeys(above) if terms.is_iri(o) and o not in (concept, scheme)]
        for broader in above:
            yield concept, skos("broader"), broader
            yield from _area(broader, scheme, concepts, carried)
        if not above:
            yield concept, skos("topConceptOf"), scheme
        yield from _matches(concept, carried)


def _area(area: Term, scheme: Term, concepts: list[Term], carried: Carried) -> Iterator[Triple]:
    """What stands above a concept is a concept of the scheme too."""
    if area not in concepts:
        carried.thing(area)
        yield area, TYPE, skos("Concept")
        yield area, skos("inScheme"), scheme
        yield area, skos("topConceptOf"), scheme
        yield from _texts(area, carried)


def _texts(term: Term, carried: Carried) -> Iterator[Triple]:
    """Names and notes: one preferred name a language, the others as alternative ones (S13, S14)."""
    graph = carried.graph
    named: dict[str, Term] = {}
    for value in (*graph.objects(term, skos("prefLabel")), *graph.objects(term, _LABEL)):
        if _says(value):
            if named.setdefault(terms.language(value), value) == value:
                yield term, skos("prefLabel"), value
            else:
                yield term, skos("altLabel"), value
    for predicate in _KEPT[1:]:
        found = (v for v in graph.objects(term, predicate) if _says(v) and v not in named.values())
        yield from ((term, predicate, value) for value in found)
    yield from ((term, skos("definition"), value) for value in graph.objects(term, _DESCRIPTION) if _says(value))


def _says(value: Term) -> bool:
    """Whether it is a text with more than blanks in it: others would not read it, nor do we."""
    return terms.is_literal(value) and says(terms.lexical(value))


def _matches(concept: Term, carried: Carried) -> Iterator[Triple]:
    """Matches with concepts of other schemes that are verified."""
    graph = carried.graph
    for record in graph.subjects(mc("hasSourceConcept"), concept):
        statuses = graph.objects(record, mc("hasAlignmentStatus"))
        if terms.iri(CODE + "alignment-verified") in statuses:
            for strength in graph.objects(record, mc("hasMatchStrength")):
                name = _MATCHES.get(terms.local_name(strength))
                if name:
                    yield from (
                        (concept, skos(name), target) for target in graph.objects(record, mc("hasTargetConcept"))
                    )
