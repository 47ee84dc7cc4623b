"""Questions, SPARQL, things and the vocabulary as pages: everything without a script, with the rights of who looks, in both languages."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from functools import partial

import httpx
import pyoxigraph as ox
import pytest

import mcqms_kg
from mcqms_kg import operations, resources
from mcqms_kg.graph import terms
from mcqms_kg.query.library import fill_in, read_question, written_out
from mcqms_kg.service.pages.addresses import thing_address
from mcqms_kg.service.pages.rows import page_queries
from mcqms_kg.service.pages.static_files import static_files
from mcqms_kg.service.pages.vocabulary_uses import KINDS, listed
from mcqms_kg.service.pages.words import table
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits
from service.live import live
from service.served import ROOT

BROWSER = {"accept": "text/html,*/*;q=0.8"}
QUESTIONS = operations.questions()
POLY = "https://example.org/polytechnic-networks/"
TECHNICIAN = "https://w3id.org/mcqms/occupation/network-technician"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One story is public, another is private."""
    folder = tmp_path_factory.mktemp("questions") / "ws"
    mcqms_kg.init(folder)
    mcqms_kg.import_files([ROOT / "data" / "polytechnic-networks"], "polytechnic", workspace=folder)
    mcqms_kg.import_files([ROOT / "data" / "university-data-science"], "secret", private=True, workspace=folder)
    with live(partial(Serving, folder, QueryLimits(), 1)) as client:
        yield str(client.base_url)


@pytest.fixture
def browser(service: str) -> Iterator[httpx.Client]:
    """A browser without scripts, which remembers no language yet."""
    with httpx.Client(base_url=service, headers=BROWSER, timeout=60) as client:
        yield client


def cells(text: str) -> list[str]:
    """What stands in the cells of the tables of a page."""
    return [
        html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", text, re.S)
    ]


# Questions


def test_every_question_is_listed_in_both_languages(browser: httpx.Client) -> None:
    for language, said in (("en", "Which micro-credentials"), ("id", "Kredensial mikro mana")):
        page = html.unescape(browser.get("/question", params={"lang": language}).text)
        assert all(f"/question/{name}" in page for name in QUESTIONS) and said in page


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_question_has_a_form_that_is_answered_or_says_what_is_missing(
    browser: httpx.Client, language: str
) -> None:
    for question in QUESTIONS.values():
        needed = [p for p in question.parameters if p.kind == "iri" and not p.optional]
        page = browser.get(f"/question/{question.name}", params={"lang": language})
        assert page.status_code == 200, question.name
        asked = table()["question-missing"][language]
        assert (html.escape(asked) in page.text) is bool(needed), question.name


def test_every_question_is_told_in_indonesian() -> None:
    for question in QUESTIONS.values():
        assert set(question.others) == {"id"} and question.told("id") != question.told("en")
        assert question.told("id")[0].endswith("?") and question.told("id")[1].endswith(".")


def test_every_column_of_every_question_has_a_heading() -> None:
    for question in QUESTIONS.values():
        selected = question.text.split("SELECT", 1)[1].split("WHERE", 1)[0]
        for name in set(re.findall(r"\?(\w+)", re.sub(r"\([A-Z].*? AS", "", selected))):
            assert f"column-{name}" in table(), (question.name, name)


def test_a_thing_is_chosen_by_its_name_without_a_script(browser: httpx.Client) -> None:
    page = browser.get(
        "/question/credentials_leading_to_occupation", params={"occupation": "Computer network technician"}
    )
    assert cells(page.text) == ["Installing a local network", "3", "Preparing network cables", "1"]
    page = browser.get("/question/credentials_leading_to_occupation", params={"occupation": "network"})
    assert "Choose one" in page.text and TECHNICIAN in html.unescape(page.text).replace("%3A", ":").replace("%2F", "/")
    page = browser.get("/question/credentials_leading_to_occupation", params={"occupation": "nobody is called so"})
    assert "nobody is called so" in page.text and not cells(page.text)


def test_a_name_that_several_have_stands_for_the_one_that_was_chosen(browser: httpx.Client) -> None:
    given = {"learner": "Learner 1", "learner.was": f"{POLY}learner-1", "date": "2025-12-18"}
    assert cells(browser.get("/question/what_a_learner_holds", params=given).text).count("Learner 1") == 2
    given["learner.was"] = f"{POLY}learner-2"
    assert "Learner 2" not in cells(browser.get("/question/what_a_learner_holds", params=given).text)


def test_no_cell_shows_an_iri_where_there_is_a_name(browser: httpx.Client) -> None:
    page = browser.get("/question/what_a_credential_counts_towards")
    assert not [cell for cell in cells(page.text) if "://" in cell] and "KKNI level 5" in cells(page.text)


@pytest.mark.parametrize(
    ("format", "begins"), [("csv", b"credential,"), ("tsv", b"?credential"), ("xml", b"<?xml"), ("json", b"{")]
)
def test_the_answer_is_downloaded(browser: httpx.Client, format: str, begins: bytes) -> None:
    given = {"occupation": TECHNICIAN, "language": "id"}
    found = browser.get(f"/question/credentials_leading_to_occupation/answer.{format}", params=given)
    assert found.content.startswith(begins) and "attachment" in found.headers["content-disposition"]
    assert "Memasang jaringan lokal" in found.text


def test_what_is_no_value_is_refused_in_words(browser: httpx.Client) -> None:
    page = browser.get("/question/problems_still_open", params={"date": "yesterday"})
    assert page.status_code == 200 and 'role="alert"' in page.text and "Its kind is date" in page.text
    assert browser.get("/question/problems_still_open", params={"view": "pie"}).status_code == 400
    assert browser.get("/question/none_such").status_code == 404


def test_the_private_is_seen_by_no_page(browser: httpx.Client) -> None:
    shown = [
        browser.get("/question/what_a_credential_counts_towards").text,
        browser.get("/thing/choices", params={"field": "credential", "text": "models"}).text,
        browser.get(
            "/query", params={"query": "SELECT ?o WHERE { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'models into use')) }"}
        ).text,
        browser.get("/pathway").text,
    ]
    assert not [text for text in shown if "Building and evaluating models" in text or "models into use</td>" in text]
    assert (
        browser.get("/thing", params={"of": "https://example.org/university-data-science/mc-modelling"}).status_code
        == 404
    )


# SPARQL


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_opened_in_sparql_asks_the_same(name: str) -> None:
    known = QUESTIONS[name]
    given = {
        p.name: {"date": "2026-06-30", "iri": TECHNICIAN}[p.kind] for p in known.parameters if p.kind in ("date", "iri")
    }
    plain = re.sub(r"\s+", "", re.sub(r"(?m)^#.*$", "", written_out(known, given)))
    filled = re.sub(r"\s+", "", fill_in(known, given))
    assert sorted(plain.replace("'", '"')) == sorted(filled.replace("'", '"'))


def test_sparql_without_a_script(browser: httpx.Client) -> None:
    def ask(query: str) -> str:
        return browser.get("/query", params={"query": query}).text

    assert cells(ask(f"SELECT ?l WHERE {{ <{POLY}mc-cable> rdfs:label ?l }} ORDER BY ?l"))[1:] == [
        "Preparing network cables"
    ]
    assert '<p class="big">Yes</p>' in ask("ASK { ?s a mc:Provider }") and '<p class="big">No</p>' in ask(
        "ASK { ?s a mc:Nothing }"
    )
    assert "a mc:Provider" in html.unescape(ask("CONSTRUCT WHERE { ?s a mc:Provider }"))
    assert 'role="alert"' in ask("SELECT nonsense") and 'role="alert"' in ask(
        "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"
    )
    shown = ask("SELECT ('<script>alert(1)</script>' AS ?x) {}")
    assert "<script>alert(1)" not in shown and "&lt;script&gt;alert(1)" in shown


def test_the_editor_completes_our_terms_alone(browser: httpx.Client) -> None:
    found = browser.get("/query/terms", params={"lang": "id"}).json()
    assert {"mc:hasLevel", "mc:MicroCredential", "code:stage-design"} <= {one["name"] for one in found["terms"]}
    assert all(one["iri"].startswith("https://w3id.org/mcqms/") for one in found["terms"])
    assert next(one for one in found["terms"] if one["name"] == "mc:Provider")["label"] == "penyelenggara"


# Things


def test_a_thing_is_told_by_names(browser: httpx.Client) -> None:
    page = browser.get("/thing", params={"of": f"{POLY}mc-installation", "lang": "id"})
    assert "Memasang jaringan lokal" in page.text and "memiliki jenjang" in page.text and "KKNI" in page.text
    assert browser.get("/thing", params={"of": "no iri"}).status_code == 400
    assert browser.get("/thing", params={"of": 'https://e.org/"><script>'}).status_code in (400, 404)


# Vocabulary


@pytest.mark.slow
def test_every_name_of_ours_has_a_page_and_rdf_behind_one_address(browser: httpx.Client) -> None:
    assert {kind for kind, _ in listed()} == set(KINDS) and len(listed()) > 1000
    for kind, name in listed():
        address, iri = thing_address(terms.iri_text(name)), terms.iri_text(name)
        page = browser.get(address)
        assert page.status_code == 200 and page.headers["content-type"].startswith("text/html"), (kind, name)
        assert html.escape(iri) in page.text
        title = re.search(r"<h1>(.+?)</h1>", page.text, re.DOTALL)
        assert title and not re.search(r"://\w|&lt;|^\w+:\S", title[1]), (kind, name, title)
        rdf = browser.get(address, headers={"accept": "text/turtle"})
        assert rdf.headers["content-type"].startswith("text/turtle"), (kind, name)
        stated = ox.parse(rdf.content, format=ox.RdfFormat.TURTLE)
        assert any(quad.subject == ox.NamedNode(iri) for quad in stated), (kind, name)


def test_a_name_is_a_page_and_rdf_behind_one_address(browser: httpx.Client) -> None:
    page = browser.get("/ns/hasValidation", params={"lang": "id"})
    assert "memiliki validasi" in page.text and "Relates a micro-credential" in page.text and "8.1d" in page.text
    for accept, begins in (("text/turtle", "@prefix"), ("application/ld+json", "["), ("application/n-triples", "<")):
        found = browser.get("/ns/hasValidation", headers={"accept": accept})
        assert found.headers["content-type"].startswith(accept) and found.text.startswith(begins)
    assert browser.get("/ns/hasValidation", headers={"accept": "*/*"}).json()["label"] == "has validation"
    assert browser.get("/ns/nothing").status_code == 404


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/requirement/8.1d", ["/shape/8.1d-MicroCredential", "before it is first offered"]),
        ("/clause/8.1", ["8.1d"]),
        ("/shape/8.4a-MicroCredential", ["8.4a Evaluated periodically", "must be evaluated within"]),
        ("/code/stage-design", ["/shape/4.3a-DesignProcess-coversStage", "/requirement/8.1a"]),
        ("/ns/hasDecision", ["/requirement/8.1d", "/shape/8.4b-DecidedInReviewPeriod-hasDecision"]),
        ("/kkni/5", ["/referencing/kkni-5-aqrf", "/occupation/"]),
    ],
)
def test_where_a_name_is_used(browser: httpx.Client, address: str, said: list[str]) -> None:
    text = html.unescape(browser.get(address).text)
    assert not [part for part in said if part not in text]


def test_names_are_found_by_words_of_either_language(browser: httpx.Client) -> None:
    for word in ("validated by", "validasi"):
        assert "/requirement/8.1d" in browser.get("/vocabulary", params={"q": word}).text
    assert browser.get("/vocabulary", params={"kind": "nonsense"}).status_code == 400
    assert "No name fits" in browser.get("/vocabulary", params={"q": "qqqqq"}).text


# What pages ask


def test_every_query_of_a_page_is_whole() -> None:
    assert {path.stem for path in resources.page_query_files()} == set(page_queries())
    for query in page_queries().values():
        iris = [p.name for p in query.parameters if p.kind == "iris"]
        assert all(f"VALUES ?{name} {{ UNDEF }}" in query.text for name in iris), query.name


def test_several_things_stand_wherever_they_are_asked_for() -> None:
    question = read_question(
        "q",
        "#+ summary: a\n#+ description: b\n#+ tags: c\n#+ params: x iris\n"
        "SELECT * WHERE { { VALUES ?x { UNDEF } ?x ?p 1 } UNION { VALUES ?x { UNDEF } ?y ?p ?x } }",
    )
    filled = fill_in(question, {"x": "http://e/a  http://e/b http://e/a"})
    assert filled.count("<http://e/a> <http://e/b>") == 2 and "UNDEF" not in filled
    with pytest.raises(Exception, match="is no value"):
        fill_in(question, {"x": "http://e/a> } #"})


def test_the_words_that_scripts_say_are_in_the_page(browser: httpx.Client) -> None:
    text = browser.get("/pathway", params={"lang": "id"}).text
    found = re.search(r'id="drawn">(.*?)</script>', text, re.S)
    assert found and json.loads(found[1])["words"]["states"]["held"] == "dimiliki"


def test_every_file_that_a_page_names_is_there() -> None:
    service = ROOT / "src" / "mcqms_kg" / "service"
    for template in (service / "templates").glob("*.jinja"):
        for name in re.findall(r"static\('([\w./-]+)'\)", template.read_text("utf-8")):
            assert name in static_files().files, (template.name, name)


def test_what_is_nothing_but_a_property_leads_to_where_it_is_used(browser: httpx.Client) -> None:
    found = browser.get("/thing", params={"of": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"})
    assert found.status_code == 303
    used = browser.get(found.headers["location"])
    assert used.status_code == 200 and used.text.count("<tr>") > 50
    assert browser.get("/thing", params={"of": "https://example.org/no-property"}).status_code == 404
