"""The catalogue describes what is public in DCAT, and nothing that is private."""

from __future__ import annotations

import hashlib

import httpx
import rdflib
from rdflib.namespace import DCAT, DCTERMS, FOAF

from service.served import Api

SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
TURTLE = "@prefix mc: <https://w3id.org/mcqms/ns#> . <https://example.org/p> a mc:Provider ."


def unknown(api: Api, path: str, accept: str = "*/*") -> httpx.Response:
    """What somebody gets who does not say who they are."""
    return httpx.get(httpx.URL(api.base_url).join(path), headers={"accept": accept})


def read(api: Api, path: str, accept: str = "text/turtle", format: str = "turtle") -> rdflib.Graph:
    found = unknown(api, path, accept)
    assert found.status_code == 200, found.text
    assert found.headers["content-type"].split(";")[0] == accept
    return rdflib.Graph().parse(data=found.content, format=format)


def test_what_is_public(api_client: Api) -> None:
    graph = read(api_client, "/catalogue")
    (catalogue,) = graph.subjects(rdflib.RDF.type, DCAT.Catalog)
    (dataset,) = (d for d in graph.objects(catalogue, DCAT.dataset) if str(d).endswith("/datasets/horizon"))
    assert str(graph.value(dataset, DCTERMS.title)) == "Horizon"
    assert str(graph.value(dataset, DCAT.version)) == "2"
    assert str(graph.value(graph.value(dataset, DCTERMS.publisher), FOAF.name)) == "Budi"
    for needed in (DCTERMS.issued, DCTERMS.modified, DCTERMS.description, DCTERMS.conformsTo):
        assert graph.value(dataset, needed)
    parts = list(graph.objects(dataset, DCAT.distribution))
    assert len(parts) == 11
    for part in parts:
        got = unknown(api_client, str(graph.value(part, DCAT.downloadURL)))
        checksum = graph.value(part, SPDX.checksum)
        assert hashlib.sha256(got.content).hexdigest() == str(graph.value(checksum, SPDX.checksumValue))
        assert len(got.content) == int(str(graph.value(part, DCAT.byteSize)))
        assert str(graph.value(part, DCAT.mediaType)).endswith("text/turtle")


CLASSES = {
    DCTERMS.conformsTo: DCTERMS.Standard,
    DCTERMS.publisher: FOAF.Agent,
    DCAT.dataset: DCAT.Dataset,
    DCAT.distribution: DCAT.Distribution,
    DCAT.accessURL: rdflib.RDFS.Resource,
    DCAT.downloadURL: rdflib.RDFS.Resource,
    DCAT.mediaType: DCTERMS.MediaType,
    SPDX.checksum: SPDX.Checksum,
    SPDX.algorithm: SPDX.ChecksumAlgorithm,
}
"""Facts of the shapes of DCAT-AP 3.0: of which class what is pointed at must be."""


def test_what_is_pointed_at_says_of_which_class_it_is(api_client: Api) -> None:
    graph = read(api_client, "/catalogue")
    for predicate, class_ in CLASSES.items():
        pointed_at = set(graph.objects(None, predicate))
        assert pointed_at and all((thing, rdflib.RDF.type, class_) in graph for thing in pointed_at), predicate
    for asked, kinds in ((DCAT.Catalog, (DCTERMS.title, DCTERMS.description)), (DCAT.Dataset, (DCTERMS.title,))):
        for thing in graph.subjects(rdflib.RDF.type, asked):
            assert all(graph.value(thing, kind) for kind in kinds)


def test_one_dataset_in_every_syntax(api_client: Api) -> None:
    sizes = {
        len(read(api_client, "/catalogue/horizon", kind, name))
        for kind, name in (
            ("text/turtle", "turtle"),
            ("application/ld+json", "json-ld"),
            ("application/rdf+xml", "xml"),
            ("application/n-triples", "nt"),
        )
    }
    assert len(sizes) == 1 and min(sizes) > 100
    assert api_client.get("/catalogue", headers={"accept": "image/png"}).status_code == 406


def test_private_versions_are_in_no_catalogue(api_client: Api) -> None:
    made = api_client.post(
        "/datasets/dcat-secret", files=[("data", ("a.ttl", TURTLE.encode()))], data={"private": "true"}
    )
    assert made.status_code == 201, made.text
    for found in (api_client.get("/catalogue"), unknown(api_client, "/catalogue")):
        assert "dcat-secret" not in found.text and "horizon" in found.text
    for hidden in (api_client.get("/catalogue/dcat-secret"), unknown(api_client, "/catalogue/dcat-secret")):
        assert hidden.status_code == 404
