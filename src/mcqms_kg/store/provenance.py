"""Versions as statements: what was handed in, by whom, when, and in which files (PROV, DCAT, VoID)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

from mcqms_kg.errors import WorkspaceError
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE, GraphIndex
from mcqms_kg.model import DATASET_NAME, Original, Term, Triple, Version
from mcqms_kg.namespaces import DATASET, DCAT, DCTERMS, HOME, PROV, PROVENANCE, RDFS, VOID, XSD

GRAPH = terms.iri(PROVENANCE)
"""The graph that holds them for public versions; a version exists where it is described, here or in a graph below."""
PRIVATE = terms.iri(f"{PROVENANCE}/private")
"""The graph that names the graphs in which private versions are described, one a dataset; nobody but us reads it."""

_DATASET = terms.iri(DCAT + "Dataset")
_ENTITY, _ACTIVITY, _AGENT = (terms.iri(PROV + name) for name in ("Entity", "Activity", "Agent"))
TITLE, _IDENTIFIER, _OF, _PART = (
    terms.iri(DCTERMS + name) for name in ("title", "identifier", "isVersionOf", "hasPart")
)
_NUMBER, _SIZE = (terms.iri(DCAT + name) for name in ("version", "byteSize"))
_TRIPLES = terms.iri(VOID + "triples")
_AT, _BY, _GENERATED_BY, _USED, _WITH, _ENDED, _DERIVED, _REVISION = (
    terms.iri(PROV + name)
    for name in (
        "generatedAtTime",
        "wasAttributedTo",
        "wasGeneratedBy",
        "used",
        "wasAssociatedWith",
        "endedAtTime",
        "wasDerivedFrom",
        "wasRevisionOf",
    )
)
_LABEL = terms.iri(RDFS + "label")
_DIGEST = "sha256:"


def statements(version: Version) -> Iterator[Triple]:
    """What the provenance graph says of a version."""
    me, dataset = version.graph, terms.iri(DATASET + version.dataset)
    activity = _below(me, "activity")
    agent = terms.iri(f"{HOME}agent/{quote(version.by, safe='')}")
    at = terms.literal(version.at.isoformat(), datatype=XSD + "dateTime")
    yield from ((dataset, TYPE, _DATASET), (dataset, _IDENTIFIER, terms.literal(version.dataset)))
    yield from ((agent, TYPE, _AGENT), (agent, _LABEL, terms.literal(version.by)))
    yield from ((me, TYPE, _ENTITY), (me, _OF, dataset), (me, _NUMBER, terms.literal(str(version.number))))
    yield from ((me, TITLE, terms.literal(version.title)), (me, _AT, at), (me, _BY, agent))
    yield from ((me, _GENERATED_BY, activity), (me, _TRIPLES, _whole(version.statements)))
    yield from ((activity, TYPE, _ACTIVITY), (activity, _WITH, agent), (activity, _ENDED, at))
    yield activity, _LABEL, terms.literal("rollback" if version.restores else "import")
    if version.number > 1:
        yield me, _REVISION, _numbered(dataset, version.number - 1)
    if version.restores:
        yield me, _DERIVED, _numbered(dataset, version.restores)
    for number, original in enumerate(version.originals, start=1):
        file = _below(me, f"file/{number}")
        yield from ((me, _PART, file), (activity, _USED, file), (file, TYPE, _ENTITY))
        yield from ((file, TITLE, terms.literal(original.name)), (file, _SIZE, _whole(original.size)))
        yield file, _IDENTIFIER, terms.literal(_DIGEST + original.digest)


def graph_of(dataset: str, *, private: bool) -> Term:
    """The graph in which versions of the dataset are described. What is private is named in no graph that others see."""
    return _below(PRIVATE, dataset) if private else GRAPH


def graphs_describing(seen: Iterable[Version]) -> tuple[Term, ...]:
    """The graphs that describe these versions, and the one for public ones in any case."""
    return tuple(sorted({GRAPH, *(graph_of(version.dataset, private=version.private) for version in seen)}))


def listed(dataset: str) -> Triple:
    """What `PRIVATE` says of a dataset with private versions."""
    return PRIVATE, _PART, graph_of(dataset, private=True)


def private_graphs(listing: Iterable[Triple]) -> tuple[Term, ...]:
    """The graphs that `PRIVATE` names."""
    return tuple(sorted(o for s, p, o in listing if (s, p) == (PRIVATE, _PART)))


def private_versions(graph: Term, described: Iterable[Triple]) -> tuple[Version, ...]:
    """The private versions of one dataset, which the graph is for; raises `WorkspaceError` where it describes another."""
    found = versions(described)
    if any(graph_of(version.dataset, private=True) != graph for version in found):
        raise _damaged()
    return tuple(replace(version, private=True) for version in found)


def versions(described: Iterable[Triple]) -> tuple[Version, ...]:
    """The versions a provenance graph describes, by dataset and number; raises `WorkspaceError` for a graph we did not write."""
    graph = GraphIndex(described)
    nodes = [me for dataset in graph.instances(_DATASET) for me in graph.subjects(_OF, dataset)]
    try:
        found = [_version(graph, me) for me in nodes]
    except ValueError as problem:
        raise _damaged() from problem
    if any(v.graph != me or not DATASET_NAME.fullmatch(v.dataset) for v, me in zip(found, nodes, strict=True)):
        raise _damaged()
    return tuple(sorted(found, key=lambda version: (version.dataset, version.number)))


def _damaged() -> WorkspaceError:
    return WorkspaceError(
        "What the workspace says of its versions does not hold together",
        remedy="Restore the workspace from a backup into a new folder.",
    )


def _version(graph: GraphIndex, me: Term) -> Version:
    dataset = _only(graph, me, _OF)
    source = graph.value(me, _DERIVED)
    files = sorted(graph.objects(me, _PART), key=lambda file: int(terms.local_name(file)))
    return Version(
        dataset=terms.lexical(_only(graph, dataset, _IDENTIFIER)),
        number=int(terms.lexical(_only(graph, me, _NUMBER))),
        title=terms.lexical(_only(graph, me, TITLE)),
        at=dt.datetime.fromisoformat(terms.lexical(_only(graph, me, _AT))),
        by=terms.lexical(_only(graph, _only(graph, me, _BY), _LABEL)),
        statements=int(terms.lexical(_only(graph, me, _TRIPLES))),
        originals=tuple(_original(graph, file) for file in files),
        restores=int(terms.local_name(source)) if source else None,
    )


def _original(graph: GraphIndex, file: Term) -> Original:
    return Original(
        name=terms.lexical(_only(graph, file, TITLE)),
        digest=terms.lexical(_only(graph, file, _IDENTIFIER)).removeprefix(_DIGEST),
        size=int(terms.lexical(_only(graph, file, _SIZE))),
    )


def _only(graph: GraphIndex, subject: Term, predicate: Term) -> Term:
    """The one value; raises `ValueError` where there is not exactly one."""
    (found,) = graph.objects(subject, predicate)
    return found


def _below(me: Term, part: str) -> Term:
    return terms.iri(f"{terms.iri_text(me)}/{part}")


def _numbered(dataset: Term, number: int) -> Term:
    return _below(dataset, str(number))


def _whole(number: int) -> Term:
    return terms.literal(str(number), datatype=XSD + "integer")
