"""The pages about pathways without a script: the answer, the list that stands for the picture, groups, recognition, impact and files."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest

import mcqms_kg
from mcqms_kg.service.pages import pathway_answers, pathway_graph
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from service.live import live
from service.served import ROOT

BROWSER = {"accept": "text/html,*/*;q=0.8"}
DAY = "2026-06-30"
POLY, OCCUPATION = "https://example.org/polytechnic-networks/", "https://w3id.org/mcqms/occupation/"
FORK = "https://example.org/fork/"
TWO_WAYS = f"""
@prefix mc: <https://w3id.org/mcqms/ns#> .
@prefix code: <https://w3id.org/mcqms/code/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <{FORK}> .
:whole a mc:Certification ; mc:isStackedBy :rule .
:rule a mc:StackingRule ; mc:minimumCount 1 ; mc:hasOption :a , :b .
:a a mc:MicroCredential ; mc:isOfferedBy :p ; mc:workloadHours 10.0 ; mc:firstOfferDate "2024-01-01"^^xsd:date .
:b a mc:MicroCredential ; mc:isOfferedBy :p ; mc:workloadHours 20.0 ; mc:firstOfferDate "2024-01-01"^^xsd:date ; mc:coversUnit :u .
:whole mc:isStackdBy :rule .
:job a mc:JobTitle ; mc:requiresSkill :s .
:row a mc:TaxonomyAlignment ; mc:hasSourceConcept :u ; mc:hasTargetConcept :s ; mc:hasMatchStrength code:match-exact .
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("pathways") / "ws"
    mcqms_kg.init(folder)
    for story in ("polytechnic-networks", "university-data-science"):
        mcqms_kg.import_files([ROOT / "data" / story], story, workspace=folder)
    (folder.parent / "fork.ttl").write_text(TWO_WAYS)
    mcqms_kg.import_files([folder.parent / "fork.ttl"], "fork", workspace=folder)
    with live(partial(Serving, folder, QueryLimits(), 1)) as client:
        yield str(client.base_url)


@pytest.fixture
def browser(service: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service, headers=BROWSER, timeout=60) as client:
        yield client


def ask(browser: httpx.Client, address: str = "/pathway", **given: Any) -> str:
    page = browser.get(address, params={"as_of": DAY, **given})
    assert page.status_code == 200, page.text
    return page.text


def drawn(text: str) -> dict[str, Any]:
    """What the script is given to draw."""
    found = re.search(r'id="drawn">(.*?)</script>', text, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def states(text: str) -> dict[str, str]:
    return {node["iri"].rsplit("/", 1)[-1]: node["state"] for node in drawn(text)["nodes"]}


def listed(text: str) -> dict[str, str]:
    """The same from the list: every row by the end of its IRI with its state."""
    rows = re.findall(r'<tr data-iri="([^"]+)" class="state (\w+)">', text)
    return {html.unescape(iri).rsplit("/", 1)[-1]: state for iri, state in rows}


def test_the_way_to_a_certificate_in_words_list_and_picture(browser: httpx.Client) -> None:
    text = ask(browser, holds=f"{POLY}mc-cable", to=f"{POLY}certificate-technician")
    assert "can be reached" in text and ">318<" in text and "Learn Installing a local network" in text
    expected = {
        "mc-cable": "held",
        "mc-installation": "learn",
        "mc-operations": "learn",
        "mc-switching": "learn",
        "certificate-technician": "target",
    }
    assert states(text) == listed(text) == expected
    columns = {node["iri"].rsplit("/", 1)[-1]: node["column"] for node in drawn(text)["nodes"]}
    assert columns["mc-cable"] == "level-3" and columns["certificate-technician"] == "level-5"
    edges = {(e["source"].rsplit("/", 1)[-1], e["target"].rsplit("/", 1)[-1], e["how"]) for e in drawn(text)["edges"]}
    assert ("mc-installation", "mc-switching", "first") in edges
    assert ("mc-switching", "certificate-technician", "stacks") in edges


def test_what_a_learner_has_in_reach(browser: httpx.Client) -> None:
    text = ask(browser, holds=f"{POLY}learner-1", lang="id")
    assert "Yang dimiliki sudah cukup" in text and states(text)["mc-installation"] == "held"


def test_the_gap_and_what_is_missing(browser: httpx.Client) -> None:
    text = ask(browser, holds=f"{POLY}mc-cable", to=f"{OCCUPATION}network-engineer")
    assert "cannot be reached" in text and "There is no way" in text and "Design a network topology" in text
    assert sorted(states(text).values()).count("missing") == 7
    missing = [n["iri"] for n in drawn(text)["nodes"] if n["state"] == "missing" and n["kind"] == "CompetencyUnit"]
    needed = {e["source"] for e in drawn(text)["edges"] if e["how"] == "needed"}
    assert missing and set(missing) <= needed


def test_reasons_without_lines_where_the_files_are_too_large_to_be_searched(
    browser: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pathway_answers, "SEARCHED", 0)
    text = ask(browser, holds=f"{POLY}learner-2", to=f"{POLY}diploma", dataset="polytechnic-networks")
    assert "statements" in text and ".ttl:" not in text


def test_alternatives_are_told_apart(browser: httpx.Client) -> None:
    first, second = (ask(browser, to=f"{FORK}whole", way=way) for way in (1, 2))
    assert "Way 1" in first and "Way 2" in first
    assert (states(first), states(second)) == ({"whole": "target", "a": "learn"}, {"whole": "target", "b": "learn"})


def test_names_are_enough(browser: httpx.Client) -> None:
    text = ask(browser, holds=["Preparing network cables", ""], to="Occupational certificate: network technician")
    assert "can be reached" in text
    text = ask(browser, holds="Learner", to="")
    assert "Choose one" in text


def test_more_is_shown_step_by_step(browser: httpx.Client) -> None:
    text = ask(browser, holds=f"{POLY}mc-cable", to=f"{POLY}certificate-technician", grow=f"{POLY}mc-installation")
    assert {"diploma", "network-technician"} <= states(text).keys()
    found = browser.get("/pathway/links", params={"of": f"{POLY}mc-installation"}).json()
    assert {"diploma", "mc-operations"} <= {node["iri"].rsplit("/", 1)[-1] for node in found["nodes"]}
    assert all(edge["how"] for edge in found["edges"])
    assert browser.get("/pathway/links", params={"of": "no iri"}).status_code == 400


def test_everything_where_nothing_is_asked(browser: httpx.Client) -> None:
    text = ask(browser)
    assert len(drawn(text)["nodes"]) == len(listed(text)) > 15
    assert drawn(text)["columns"] == ["start", "level-3", "level-4", "level-5", "level-6", "occupation"]


def test_too_much_stands_in_groups(browser: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pathway_graph, "READABLE", 10)
    text = ask(browser)
    groups = drawn(text)["nodes"]
    assert groups and all(node["group"] for node in groups) and "groups by provider and level" in text
    assert sum(node["group"] for node in groups) == 10
    group = next(node for node in groups if "Polytechnic" in node["label"])
    provider, level = group["iri"].split(" ")
    inside = browser.get("/pathway/members", params={"provider": provider, "level": level}).json()
    assert sum(node["provider"] == group["label"] for node in inside["nodes"]) >= group["group"]
    assert 'href="/pathway?provider=' in html.unescape(text)


@pytest.mark.parametrize("format", ["svg", "graphml", "json", "turtle"])
def test_the_answer_as_a_file(browser: httpx.Client, format: str) -> None:
    given = {"holds": f"{POLY}mc-cable", "to": f"{POLY}certificate-technician", "as_of": DAY}
    found = browser.get(f"/pathway/answer.{format}", params=given)
    assert found.status_code == 200 and "attachment" in found.headers["content-disposition"]
    if format in ("svg", "graphml"):
        ElementTree.fromstring(found.text)  # noqa: S314  # our own


def test_recognition_with_its_sources(browser: httpx.Client) -> None:
    text = ask(browser, "/pathway/recognition", **{"of": f"{POLY}mc-installation", "in": "AQRF"})
    assert "AQRF level 4" in text and "KKNI level 4 is referenced" in text and "Referencing Report of Indonesia" in text
    assert "unverified" in text and "It would be recognised if" in text
    text = ask(browser, "/pathway/recognition", **{"of": f"{POLY}mc-installation", "in": "my", "lang": "id"})
    assert "tidak diakui" in text or "belum terverifikasi" in text or "diakui" in text


def test_what_hangs_on_a_thing_what_covers_and_what_is_weak(browser: httpx.Client) -> None:
    text = ask(browser, "/pathway/impact", of=f"{POLY}mc-installation")
    assert "Occupational certificate: network technician could no longer be earned." in text
    text = ask(browser, "/pathway/coverage", of=f"{OCCUPATION}network-technician")
    assert "Installing a local network covers 3 of" in text
    for kind in ("dead-ends", "cycles", "unreachable", "bottlenecks", "duplicates", "map", "drift"):
        assert f'value="{kind}" selected' in ask(browser, "/pathway/structure", kind=kind)


def test_what_cannot_be_answered_is_said(browser: httpx.Client) -> None:
    text = ask(browser, holds="https://example.org/nothing", to=f"{POLY}diploma")
    assert 'role="alert"' in text
    assert 'role="alert"' in ask(browser, "/pathway/structure", kind="nonsense")
    assert 'role="alert"' in browser.get("/pathway", params={"holds": f"{POLY}mc-cable", "as_of": "soon"}).text


def test_where_nothing_is_there_the_page_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("empty") / "ws"
    mcqms_kg.init(folder)
    with live(partial(Serving, folder, QueryLimits(), 1)) as client:
        for address in ("/pathway", f"/pathway?holds={POLY}mc-cable", "/pathway/impact", "/question", "/query"):
            assert client.get(address, headers=BROWSER).status_code == 200


def test_what_nothing_declares_is_named_on_every_page(browser: httpx.Client) -> None:
    pages = (
        ("/pathway", {"to": FORK + "whole", "lang": "en"}),
        ("/pathway/impact", {"of": FORK + "a", "lang": "en"}),
        ("/pathway/structure", {"kind": "cycles", "lang": "en"}),
        ("/pathway/recognition", {"of": FORK + "a", "in": "ID", "lang": "en"}),
    )
    for address, given in pages:
        page = ask(browser, address, **given)
        assert "mc:isStackdBy, used once; close is mc:isStackedBy  [fork.ttl:10]" in page, address
        assert "/files/fork/" not in page, "places name files as they were handed in"
    assert "dipakai satu kali; yang mirip: mc:isStackedBy" in ask(browser, to=FORK + "whole", lang="id")


def test_an_alignment_that_is_withdrawn(browser: httpx.Client) -> None:
    page = ask(browser, "/pathway/impact", of=FORK + "row", lang="en")
    assert "would no longer be set against" in page and "nothing would cover 1 of what it requires" in page
    found = browser.get("/impacts", params={"of": FORK + "row"}, headers={"accept": "application/json"}).json()["found"]
    assert {each["kind"] for each in found} == {"no-longer-set-against", "job-uncovered"}
