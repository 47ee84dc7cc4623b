"""What is public in a workspace, described in DCAT 3: a catalogue, its datasets, and what can be downloaded of each.

What is pointed at says of which class it is, as the shapes of DCAT-AP 3.0 ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.model import Original, Term, Triple, Version
from mcqms_kg.namespaces import DCAT, DCTERMS, FOAF, MC, RDFS, XSD
from mcqms_kg.store.shipped import SHIPPED

_SPDX = "http://spdx.org/rdf/terms#"
_RESOURCE = terms.iri(RDFS + "Resource")
_IANA = "https://www.iana.org/assignments/media-types/"
_MEDIA = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
    ".json": "application/json",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TITLE = {"en": "Public datasets", "id": "Dataset publik"}
_ABOUT = {
    "en": "What providers of micro-credentials handed in, as far as it is public.",
    "id": "Data yang diserahkan penyelenggara mikro-kredensial, sejauh bersifat publik.",
}


def described(versions: Iterable[Version], base: str) -> tuple[Triple, ...]:
    """The catalogue under this address with every public dataset; private versions are passed over, whoever asks."""
    found: dict[str, list[Version]] = {}
    for version in versions:
        if not version.private and version.dataset != SHIPPED:
            found.setdefault(version.dataset, []).append(version)
    me = terms.iri(f"{base}catalogue")
    made = [(me, TYPE, terms.iri(DCAT + "Catalog"))]
    made += ((me, _dct("title"), terms.literal(text, language=tag)) for tag, text in _TITLE.items())
    made += ((me, _dct("description"), terms.literal(text, language=tag)) for tag, text in _ABOUT.items())
    publisher = terms.iri(f"{base}catalogue#publisher")
    made += _agent(me, publisher, base)
    for name in sorted(found):
        made.append((me, terms.iri(DCAT + "dataset"), address(name, base)))
        made += dataset(found[name], base)
    return tuple(made)


def address(name: str, base: str) -> Term:
    """Where a dataset is."""
    return terms.iri(f"{base}datasets/{quote(name)}")


def dataset(versions: Sequence[Version], base: str) -> Iterator[Triple]:
    """A dataset by its public versions, the oldest first: its latest version is what can be downloaded."""
    first, latest = versions[0], versions[-1]
    me = address(latest.dataset, base)
    yield me, TYPE, terms.iri(DCAT + "Dataset")
    yield me, _dct("title"), terms.literal(latest.title or latest.dataset)
    yield me, _dct("description"), terms.literal(latest.title or latest.dataset)
    yield me, _dct("identifier"), terms.literal(latest.dataset)
    yield me, _dct("issued"), terms.literal(first.at.isoformat(), datatype=XSD + "dateTime")
    yield me, _dct("modified"), terms.literal(latest.at.isoformat(), datatype=XSD + "dateTime")
    yield me, terms.iri(DCAT + "version"), terms.literal(str(latest.number))
    yield from _pointing(me, _dct("conformsTo"), terms.iri(MC), _dct("Standard"))
    yield from _agent(me, terms.iri(f"{terms.iri_text(me)}#publisher"), latest.by)
    for original in latest.originals:
        yield from _distribution(me, original, latest, base)


def _distribution(me: Term, original: Original, version: Version, base: str) -> Iterator[Triple]:
    page = f"{base}datasets/{quote(version.dataset)}/versions/{version.number}"
    file = terms.iri(f"{page}/files/{quote(original.name)}")
    part, checksum = terms.iri(f"{terms.iri_text(file)}#distribution"), terms.iri(f"{terms.iri_text(file)}#sha256")
    yield me, terms.iri(DCAT + "distribution"), part
    yield part, TYPE, terms.iri(DCAT + "Distribution")
    yield part, _dct("title"), terms.literal(original.name)
    yield from _pointing(part, terms.iri(DCAT + "accessURL"), terms.iri(page), _RESOURCE)
    yield from _pointing(part, terms.iri(DCAT + "downloadURL"), file, _RESOURCE)
    yield part, terms.iri(DCAT + "byteSize"), terms.literal(str(original.size), datatype=XSD + "nonNegativeInteger")
    kind = next((kind for ending, kind in _MEDIA.items() if original.name.lower().endswith(ending)), "")
    if kind:
        yield from _pointing(part, terms.iri(DCAT + "mediaType"), terms.iri(_IANA + kind), _dct("MediaType"))
    yield part, terms.iri(_SPDX + "checksum"), checksum
    yield checksum, TYPE, terms.iri(_SPDX + "Checksum")
    sha256 = terms.iri(_SPDX + "checksumAlgorithm_sha256")
    yield from _pointing(checksum, terms.iri(_SPDX + "algorithm"), sha256, terms.iri(_SPDX + "ChecksumAlgorithm"))
    yield checksum, terms.iri(_SPDX + "checksumValue"), terms.literal(original.digest, datatype=XSD + "hexBinary")


def _pointing(subject: Term, predicate: Term, value: Term, class_: Term) -> Iterator[Triple]:
    yield subject, predicate, value
    yield value, TYPE, class_


def _agent(of: Term, agent: Term, name: str) -> Iterator[Triple]:
    yield of, _dct("publisher"), agent
    yield agent, TYPE, terms.iri(FOAF + "Agent")
    yield agent, terms.iri(FOAF + "name"), terms.literal(name)


def _dct(name: str) -> Term:
    return terms.iri(DCTERMS + name)
