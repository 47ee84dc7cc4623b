"""Aggregators find what is offered: a manifest, and a description of each public dataset, with what tells them that nothing changed."""

from __future__ import annotations

import email.utils
import json
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from interop.elm_official import LOQ, needs_elm, results
from mcqms_kg.errors import BadValue
from mcqms_kg.graph.read import read_triples
from mcqms_kg.settings import public_base, schac
from service.served import STORY, Api, served, story_workspace

MANIFEST = "/.well-known/quality-link-manifest"
ADDRESS = "/datasets/horizon/opportunities"
KINDS = {"ttl": "text/turtle", "rdf": "application/rdf+xml", "jsonld": "application/ld+json"}


def nobody(api: Api, path: str, **headers: str) -> httpx.Response:
    """Asked without a token, as an aggregator does."""
    return httpx.get(f"{api.base_url}".rstrip("/") + path, headers=headers, timeout=120)


def test_the_manifest_names_the_public_datasets(api_client: Api) -> None:
    found = nobody(api_client, MANIFEST)
    assert found.status_code == 200, found.text
    assert found.headers["content-type"] == "application/json"
    made = found.json()
    paths = [source["path"] for source in made["sources"]]
    assert f"{str(api_client.base_url).rstrip('/')}{ADDRESS}.ttl" in paths
    assert all(source["type"] == "elm" and source["version"] == "3.2" for source in made["sources"])
    assert nobody(api_client, f"{MANIFEST}.json").content == found.content
    as_yaml = nobody(api_client, f"{MANIFEST}.yaml")
    assert as_yaml.headers["content-type"] == "application/yaml"
    assert f'path: "{paths[0]}"' in as_yaml.text
    for path in paths:
        assert httpx.get(path, timeout=120).status_code == 200, path


@needs_elm
@pytest.mark.parametrize("syntax", KINDS)
def test_what_is_offered_conforms_as_it_is_sent(api_client: Api, syntax: str, tmp_path: Path) -> None:
    found = nobody(api_client, f"{ADDRESS}.{syntax}")
    assert found.status_code == 200, found.text
    assert found.headers["content-type"].split(";")[0] == KINDS[syntax]
    path = tmp_path / f"offers.{syntax}"
    path.write_bytes(found.content)
    data = read_triples([path])
    assert any(o.endswith("LearningOpportunity>") for _, _, o in data)
    for shapes in LOQ:
        assert results(data, shapes) == []


def test_nothing_is_sent_twice(api_client: Api) -> None:
    first = nobody(api_client, f"{ADDRESS}.ttl")
    changed = first.headers["last-modified"]
    assert email.utils.parsedate_to_datetime(changed).tzinfo is not None
    for condition in ({"if-none-match": first.headers["etag"]}, {"if-modified-since": changed}):
        again = nobody(api_client, f"{ADDRESS}.ttl", **condition)
        assert (again.status_code, again.content) == (304, b""), condition
        assert again.headers["last-modified"] == changed
        assert again.headers["etag"] == first.headers["etag"]
    old = "Wed, 01 Jan 2020 00:00:00 GMT"
    for condition in ({"if-none-match": '"other"'}, {"if-modified-since": old}, {"if-modified-since": "yesterday"}):
        assert nobody(api_client, f"{ADDRESS}.ttl", **condition).content == first.content, condition
    both = {"if-none-match": '"other"', "if-modified-since": changed}
    assert nobody(api_client, f"{ADDRESS}.ttl", **both).status_code == 200, "a tag goes before a time"


def test_what_is_private_is_nowhere(api_client: Api) -> None:
    form: Any = {"private": (None, "true"), "data": ("credentials.ttl", (STORY / "credentials.ttl").read_bytes())}
    assert api_client.post("/datasets/hidden", files=form).status_code == 201
    for ask in (lambda path: nobody(api_client, path), api_client.get):
        assert "hidden" not in ask(MANIFEST).text
        refused = ask("/datasets/hidden/opportunities.ttl")
        assert refused.status_code == 404
        assert refused.json()["detail"].replace("'hidden'", "") == ask("/datasets/nobody/opportunities.ttl").json()[
            "detail"
        ].replace("'nobody'", "")


def test_a_dataset_that_offers_nothing_is_not_named(api_client: Api) -> None:
    assert api_client.post(
        "/datasets/empty", content=b"<http://e/a> <http://e/p> 1 .", headers={"content-type": "text/turtle"}
    ).is_success
    assert "/empty/" not in nobody(api_client, MANIFEST).text
    assert nobody(api_client, "/datasets/empty/opportunities.ttl").status_code == 404
    assert nobody(api_client, f"{ADDRESS}.docx").status_code in (400, 404, 422)


def test_the_public_address_and_the_domain_are_set(tmp_path: Path) -> None:
    wished = {"MCQMS_PUBLIC_BASE": "https://micro.example.ac.id/quality", "MCQMS_SCHAC": "example.ac.id"}
    with served(story_workspace(tmp_path), wished) as client:
        made = json.loads(nobody(client, MANIFEST).content)
        assert made["meta"] == {"schac": "example.ac.id"}
        assert made["sources"][0]["path"] == "https://micro.example.ac.id/quality/datasets/horizon/opportunities.ttl"
        triples = list(ox.parse(nobody(client, f"{ADDRESS}.ttl").content, format=ox.RdfFormat.TURTLE))
        assert triples


@pytest.mark.parametrize(
    "base", ["example.org", "ftp://example.org/", "https://example.org/?q", "https://a b/", "https://x/\n"]
)
def test_an_address_that_is_none_is_refused(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MCQMS_PUBLIC_BASE", base)
    with pytest.raises(BadValue, match="MCQMS_PUBLIC_BASE"):
        public_base()


@pytest.mark.parametrize("domain", ["no domain", "https://example.org", "example", "-a.org"])
def test_a_domain_that_is_none_is_refused(domain: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MCQMS_SCHAC", domain)
    with pytest.raises(BadValue, match="MCQMS_SCHAC"):
        schac()
