"""What is written for the European Learning Model conforms to its official shapes, and these would find it if it did not."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import mcqms_kg
from interop.elm_official import AMS, EDC, ELM, LOQ, codes, contexts, credential_triples, needs_elm, results
from mcqms_kg import resources
from mcqms_kg.errors import BadValue, EmptyInput
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import read_triples
from mcqms_kg.interop.elm import code_lists, countries, fields, write
from mcqms_kg.interop.elm import terms as words
from mcqms_kg.model import Term, Triple, Wanted, Written
from mcqms_kg.shacl.reference import pyshacl as reference

DATA = Path(__file__).resolve().parents[2] / "data"
STORIES = ("university-data-science", "polytechnic-networks", "flawed-provider")
DAY = dt.date(2026, 6, 30)


def written(story: str, **wanted: Any) -> Written:
    data = read_triples([*sorted((DATA / story).glob("*.ttl"))])
    graph = GraphIndex((*read_triples(resources.background_files()), *data))
    return write(graph, Wanted(DAY, given=frozenset(s for s, _, _ in data), **wanted))


@needs_elm
def test_our_words_are_those_of_the_official_contexts() -> None:
    of_credentials, of_elm = contexts()
    assert isinstance(of_credentials, dict)
    assert isinstance(of_elm, dict)
    official = {**of_elm, **of_credentials["VerifiableCredential"]["@context"]}
    official["VerifiableCredential"] = of_credentials["VerifiableCredential"]["@id"]
    spaces = {key: value for key, value in official.items() if isinstance(value, str)} | {
        "cred": words.CREDENTIALS,
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }

    def whole(name: str) -> str:
        prefix, colon, local = name.partition(":")
        return spaces[prefix] + local if colon and prefix in spaces and not local.startswith("//") else name

    for name, iri in words.TYPES.items():
        assert whole(official[name]) == iri, name
    ontology = (ELM / "ELM.ttl").read_text("utf-8")
    for key, (iri, kind) in words.KEYS.items():
        if key in words.OF_OFFERS_ONLY:
            assert key not in official
            assert re.search(rf"(elm|):{key}\b", ontology)
            continue
        said = official[key] if isinstance(official[key], dict) else {"@id": official[key]}
        assert whole(said["@id"]) == iri, key
        found = said.get("@container", whole(said.get("@type", "")))
        assert found == kind.value, key


@needs_elm
def test_every_code_stands_in_the_official_list() -> None:
    assert {f"{code_lists.COUNTRIES}/{code}" for code in countries.BY_CODE} <= codes("country")
    assert {code_lists.field(code) for code in fields.CODES} == codes("isced-f")
    assert {code_lists.eqf(level) for level in range(1, 9)} == codes("eqf")
    assert set(code_lists.MODE_OF.values()) <= codes("europass-modes")
    assert set(code_lists.ASSESSMENT_OF.values()) <= codes("europass-learning-assessment-types")
    assert code_lists.ECTS in codes("credit-points")
    assert code_lists.GENERIC in codes("europass-credential-types")
    assert code_lists.BASE64 in codes("europass-content-encoding-types")
    assert code_lists.SHORT_PROGRAMME in codes("europass-learning-opportunity-types")
    assert code_lists.INSTITUTIONAL_LICENCE in codes("europass-accreditation-types")


def test_countries_and_languages_are_told_both_ways() -> None:
    assert code_lists.country("ID") == "http://publications.europa.eu/resource/authority/country/IDN"
    assert len(countries.BY_CODE) == len(countries.BY_TWO_LETTERS) == 250
    assert code_lists.two_letters(code_lists.COUNTRIES + "/DEU") == "DE"
    assert code_lists.language("id") == "http://publications.europa.eu/resource/authority/language/IND"
    assert code_lists.language("en-GB") == "http://publications.europa.eu/resource/authority/language/ENG"
    assert (
        code_lists.country("id")
        is code_lists.country("XX")
        is code_lists.language("xx")
        is code_lists.field("0")
        is None
    )
    assert code_lists.eqf(0) is code_lists.eqf(9) is None


@needs_elm
@pytest.mark.parametrize("story", STORIES)
def test_credentials_of_the_stories_conform(story: str, tmp_path: Path) -> None:
    credentials = {name: body for name, body in written(story).files.items() if name.startswith("credential-")}
    assert len(credentials) >= 4
    for name, content in credentials.items():
        document = json.loads(content)["credential"]
        assert document["@context"] == [words.VC_1, words.EDC]
        data = credential_triples(content, tmp_path)
        for shapes in EDC:
            assert results(data, shapes) == [], name


@needs_elm
@pytest.mark.parametrize("story", STORIES)
def test_what_is_offered_conforms_in_every_syntax(story: str, tmp_path: Path) -> None:
    said = []
    for name in ("opportunities.ttl", "opportunities.rdf", "opportunities.jsonld"):
        (tmp_path / name).write_bytes(written(story).files[name])
        data = read_triples([tmp_path / name])
        said.append(set(data))
        for shapes in (*LOQ, *AMS):
            assert results(data, shapes) == [], (name, shapes)
    assert said[0] == said[1] == said[2]
    offers = [s for s, p, o in said[0] if o == terms.iri(words.ELM + "LearningOpportunity")]
    assert len(offers) >= 3


@needs_elm
def test_the_reference_engine_agrees(tmp_path: Path) -> None:
    content = written("polytechnic-networks").files["credential-award-1.json"]
    data = credential_triples(content, tmp_path)
    for shapes in EDC:
        assert reference.validate(data, read_triples([ELM / f"{shapes}.ttl"])).results == ()


Spoil = Callable[[dict[str, Any]], object]
SPOILT: dict[str, Spoil] = {
    "no issuer": lambda c: c.pop("issuer"),
    "no day": lambda c: c.pop("issued"),
    "no beginning": lambda c: c.pop("validFrom"),
    "no learner": lambda c: c.pop("credentialSubject"),
    "no achievement": lambda c: c["credentialSubject"].pop("hasClaim"),
    "no display": lambda c: c.pop("displayParameter"),
    "no picture": lambda c: _pages(c)[0]["displayDetail"].pop("image"),
    "no profile": lambda c: c.pop("credentialProfiles"),
    "no legal identifier": lambda c: [o.pop("eIDASIdentifier") for o in _all(c, "eIDASIdentifier")],
    "no country": lambda c: [o.pop("countryCode") for o in _all(c, "countryCode")],
    "no name": lambda c: [o.pop("legalName") for o in _all(c, "legalName")],
    "a name without language": lambda c: [o.update(legalName={"@none": "Bare"}) for o in _all(c, "legalName")],
    "codes of another list": lambda c: [o["inScheme"].update(id="urn:x") for o in _all(c, "inScheme")],
    "no title": lambda c: c["credentialSubject"]["hasClaim"]["specifiedBy"].pop("title"),
    "no grade": lambda c: c["credentialSubject"]["hasClaim"]["provenBy"].pop("grade"),
    "a workload in words": lambda c: c["credentialSubject"]["hasClaim"]["specifiedBy"].update(
        volumeOfLearning="90 hours"
    ),
    "two languages of one tag": lambda c: c["credentialSubject"]["hasClaim"]["title"].update(en=["One", "Two"]),
}


def _all(value: Any, key: str) -> Iterator[dict[str, Any]]:
    """Every object inside that has the key."""
    if isinstance(value, dict):
        for inner in list(value.values()):
            yield from _all(inner, key)
        if key in value:
            yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _all(inner, key)


def _pages(credential: dict[str, Any]) -> list[dict[str, Any]]:
    pages = credential["displayParameter"]["individualDisplay"]
    return pages if isinstance(pages, list) else [pages]


@needs_elm
@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_credential_does_not_conform(what: str, tmp_path: Path) -> None:
    document = json.loads(written("polytechnic-networks").files["credential-award-1.json"])
    before = json.dumps(document)
    SPOILT[what](document["credential"])
    assert json.dumps(document) != before
    data = credential_triples(json.dumps(document).encode(), tmp_path)
    assert any(results(data, shapes) for shapes in EDC)


LOST_STATEMENTS = (
    "title",
    "providedBy",
    "homepage",
    "contentURL",
    "learningAchievementSpecification",
    "defaultLanguage",
    "legalName",
    "location",
    "address",
    "countryCode",
    "awardingBody",
    "accreditingAgent",
)


def offers() -> tuple[Triple, ...]:
    (_path,) = (p for p in [ELM] if p.is_dir())
    return tuple(_triples(written("university-data-science").files["opportunities.ttl"]))


def _triples(turtle: bytes) -> Iterator[Triple]:
    for t in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        yield Term(str(t.subject)), Term(str(t.predicate)), Term(str(t.object))


@needs_elm
@pytest.mark.parametrize("key", LOST_STATEMENTS)
def test_an_offer_that_lacks_a_statement_does_not_conform(key: str) -> None:
    predicate = terms.iri(words.KEYS[key][0])
    data = tuple(t for t in offers() if t[1] != predicate)
    assert len(data) < len(offers())
    assert any(results(data, shapes) for shapes in LOQ)


@needs_elm
@pytest.mark.parametrize("address", ["ftp://example.org/", "mailto:somebody@example.org", "not an address"])
def test_a_page_that_is_no_page_does_not_conform(address: str) -> None:
    predicate = terms.iri(words.KEYS["contentURL"][0])
    literal = terms.literal(address, datatype="http://www.w3.org/2001/XMLSchema#anyURI")
    data = tuple((s, p, literal if p == predicate else o) for s, p, o in offers())
    assert any(results(data, shapes) for shapes in LOQ)


@needs_elm
def test_the_shapes_are_closed() -> None:
    offer = next(s for s, _, o in offers() if o == terms.iri(words.ELM + "LearningOpportunity"))
    extra = (offer, terms.iri("https://example.org/extra"), terms.literal("x"))
    assert results((*offers(), extra), "LOQ-constraints")


def test_traps_of_the_model_are_kept_clear_of() -> None:
    """An Indonesian level is a level of education, a unit a related skill, hours hours, and only European credits are ECTS."""
    content = written("university-data-science").files["credential-award-1.json"]
    what = json.loads(content)["credential"]["credentialSubject"]["hasClaim"]["specifiedBy"]
    assert what["type"] == "LearningAchievementSpecification"
    assert what["volumeOfLearning"] == "PT90H"
    assert what["educationLevel"]["id"] == "https://w3id.org/mcqms/kkni/5"
    assert what["educationLevel"]["inScheme"] == {
        "id": "https://w3id.org/mcqms/kkni/framework",
        "type": "ConceptScheme",
    }
    assert "nqfLevel" not in what
    assert "eqfLevel" not in what
    assert {credit["framework"]["id"]: credit["point"] for credit in what["creditPoint"]} == {
        code_lists.ECTS: "3",
        "https://w3id.org/mcqms/ns#credits": "2",
    }
    units = [outcome["relatedSkill"]["notation"] for outcome in what["learningOutcome"]]
    assert "J.62DMI00.004.1" in units
    assert b"relatedESCOSkill" not in content


def test_only_what_is_offered_on_the_day_is_described() -> None:
    turtle = written("university-data-science").files["opportunities.ttl"].decode()
    assert "mc-preparation#opportunity" in turtle
    assert "mc-labelling" not in turtle, "withdrawn at the end of 2025"


def test_what_the_target_would_refuse_is_left_out_and_said() -> None:
    data = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix ex: <https://example.org/> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    ex:good a mc:MicroCredential ; rdfs:label "Good"@en ; mc:isOfferedBy ex:provider ; mc:publicPage "https://example.org/g"^^xsd:anyURI .
    ex:bad a mc:MicroCredential ; mc:isOfferedBy ex:nowhere .
    ex:provider rdfs:label "Provider"@en ; mc:country "ID" . ex:nowhere rdfs:label "Nowhere" ."""
    graph = GraphIndex(_triples(data.encode()))
    found = write(graph, Wanted(DAY))
    assert b"example.org/good" in found.files["opportunities.ttl"]
    assert b"example.org/bad" not in found.files["opportunities.ttl"]
    left = {loss.what["en"] for loss in found.losses if loss.at == "<https://example.org/bad>"}
    assert left == {
        "Left out, because the target would refuse it: It has no name.",
        "Left out, because the target would refuse it: It does not say the country of its seat by a two-letter code.",
        "Left out, because the target would refuse it: Neither it nor its provider has a public page.",
    }
    with pytest.raises(EmptyInput, match=r"nothing that .* <https://example.org/bad>: Left out"):
        write(graph, Wanted(DAY, about=(terms.iri("https://example.org/bad"),)))


def test_options_choose_what_is_written() -> None:
    only = written("polytechnic-networks", options={"what": "opportunities"})
    assert sorted(only.files) == ["opportunities.jsonld", "opportunities.rdf", "opportunities.ttl"]
    with pytest.raises(BadValue, match="'colour' is no option"):
        written("polytechnic-networks", options={"colour": "red"})


def test_what_we_write_is_checked_by_our_rulebook(tmp_path: Path) -> None:
    """Places are JSON pointers, and what was not taken over is told."""
    path = tmp_path / "award.jsonld"
    path.write_bytes(written("university-data-science").files["credential-award-1.json"])
    report = mcqms_kg.check([path], profile="eu-2022", as_of=DAY)
    found = list(report.findings())
    assert [finding.requirement.notation for finding in found] == ["AI.15"]
    assert "/credential/credentialSubject/hasClaim/specifiedBy" in [place.at for place in found[0].places]
