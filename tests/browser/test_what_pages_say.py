"""What no page may say, whatever the data are: all pages that links lead to, over data that nobody made the pages for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import httpx
import pytest

from browser.conftest import SIZES
from browser.crawl import Said, Seen, crawled
from browser.looks import overflow, problems
from browser.moves import LONG_MS
from browser.stage import DAY, PRIVATE, UNSEEN, Stage
from browser.test_every_page import MORE
from browser.test_explorer import POLY
from browser.test_journeys import sign_in
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.model import Term
from mcqms_kg.namespaces import PREFIXES
from mcqms_kg.service.pages.words import table
from mcqms_kg.service.routes.vocabulary import shipped
from service.test_pages import BROWSER
from service.test_pages import sign_in as signed_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EACH, MOST = 2, 900
"""Pages of a kind, and pages in all."""
IRI = re.compile(rf"\S*(?:[a-z][a-z0-9+.-]*://|urn:|_:\w|\^\^|\b(?:{'|'.join(PREFIXES)}):[\w-])\S*")
"""What is written as in RDF: an IRI, a blank node, a datatype, a name with a prefix of ours."""
LAID_OUT = re.compile(r"files/[\w-]+/\d+/\S")
"""Where the workspace keeps a file, which is nobody's business."""
ENGLISH = re.compile(
    r"\b(the|is|are|of|and|with|which|has|have|was|were|by|for|not|this|that|must|from|what|no|each|every)\b", re.I
)
NOUNS = (
    *("", "check", "comparison", "dataset", "finding", "glossary", "pathway", "provider", "query", "question"),
    "sign-in",
    "thing",
    "vocabulary",
)
AROUND = " .,;:()<>“”\"'?!…"


@pytest.fixture(scope="module")
def literals(unseen: Stage) -> dict[str, set[str]]:
    """The texts in the data and in what ships, as a page shows them, with the languages that they are in."""
    found: dict[str, set[str]] = {}
    with unseen.api() as api:
        names = [one["dataset"] for one in api.get("/datasets").json()]
        files = [api.get(f"/datasets/{name}/versions/1", headers={"accept": "application/n-triples"}) for name in names]
    assert all(file.status_code == 200 for file in files), [file.text[:200] for file in files]
    lines = [line for file in files for line in file.text.splitlines()]
    data = [m[0] for line in lines for m in re.finditer(r'"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^<[^>]*>)?', line)]
    for literal in (*data, *(o for _, _, o in _shipped() if terms.is_literal(o))):
        found.setdefault(" ".join(terms.lexical(literal).split()), set()).add(terms.language(literal))
    return found


@cache
def _shipped() -> tuple[tuple[str, str, str], ...]:
    return tuple((s, p, o) for s in shipped().all_subjects() for p, o in shipped().out(s))


def pages(unseen: Stage, who: str, language: str, each: int = EACH) -> list[Seen]:
    headers = {**BROWSER, "origin": unseen.address}
    with httpx.Client(base_url=unseen.address, headers=headers, timeout=300) as client:
        client.get(f"/?lang={language}")
        if who:
            assert signed_in(client, unseen.tokens[who]).status_code == 303
        return list(crawled(client, ("/", *MORE, *_to_jobs()), each, MOST))


@cache
def _to_jobs() -> tuple[str, ...]:
    """The ways to each occupation that ships, and what covers it."""
    jobs = sorted(terms.iri_text(s) for s, p, o in _shipped() if (p, o) == (TYPE, mc("JobTitle")))
    assert len(jobs) > 5
    ways = (f"/pathway?holds={POLY}{held}&to={job}&as_of={DAY}" for job in jobs for held in ("mc-cable", "learner-1"))
    return (*ways, *(f"/pathway/coverage?of={job}&as_of={DAY}" for job in jobs))


@pytest.mark.slow
@pytest.mark.parametrize(("who", "language"), [("Rani", "en"), ("Rani", "id"), ("", "en"), ("Paul", "id")])
def test_no_page_shows_an_iri_or_a_record_by_its_number(
    unseen: Stage, literals: dict[str, set[str]], who: str, language: str
) -> None:
    found = pages(unseen, who, language)
    assert len(found) > (200 if who == "Rani" else 100)
    assert not [page.address for page in found if page.status >= (500 if page.address in MORE else 400)], "dead ends"
    wrong = {(said.text[:200], page.address) for page in found for said in page.texts if _is_rdf(said, page, literals)}
    assert not wrong, "\n".join(map(str, sorted(wrong)))
    laid = {(said.text[:200], page.address) for page in found for said in page.texts if LAID_OUT.search(said.text)}
    assert not laid, sorted(laid)
    refused = {page.address for page in found if any(said.is_in("bad") for said in page.texts)}
    assert not refused - {*MORE, *_to_jobs()}, "links that lead to a refusal"


def _is_rdf(said: Said, page: Seen, literals: dict[str, set[str]]) -> bool:
    """Whether a text is RDF that is neither shown as such, nor what somebody wrote or asked for."""
    if any(said.is_in(place) for place in ("rdf", "source", "textarea")) or said.text in literals:
        return False
    asked = unquote(page.address)
    named = (one.strip(AROUND) for one in IRI.findall(said.text))
    return any(one not in literals and one not in asked and page.status < 400 for one in named)


@pytest.mark.slow
@pytest.mark.parametrize("who", ["Rani", ""])
def test_no_page_in_indonesian_says_anything_in_english(unseen: Stage, literals: dict[str, set[str]], who: str) -> None:
    found = pages(unseen, who, "id")
    wrong = {
        (why, said.text[:200], page.address)
        for page in found
        for said in page.texts
        if (why := _why_english(said, literals))
    }
    assert not wrong, "\n".join(map(str, sorted(wrong)))


@cache
def _ends() -> frozenset[str]:
    """How things are called that nothing names, in what ships and in the odd data."""
    things = {term for triple in _shipped() for term in triple if terms.is_iri(term)}
    named = re.findall(r"ex:(\w+)", UNSEEN.read_text("utf-8"))
    return frozenset({"quality", *named, *(terms.readable(Term(term)) for term in things)})


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """What pages and the vocabulary say in English alone; and what they say in Indonesian."""
    english = {texts[key] for texts in table().values() for key in ("en", "en-one") if key in texts}
    own = {texts["id"] for texts in table().values()}
    for _, _, value in _shipped():
        (english if terms.language(value) == "en" else own if terms.language(value) == "id" else set()).add(
            terms.lexical(value)
        )
    told = frozenset(text.casefold() for text in own)
    return frozenset(text.casefold() for text in english) - told, told


def _why_english(said: Said, literals: dict[str, set[str]]) -> str:
    """Why a text seems to be English, other than that somebody wrote it so, or nothing."""
    if any(said.is_in(place) for place in ("rdf", "source", "textarea", "pre", "languages")):
        return ""
    if said.language == "en":
        return "" if said.text in literals or said.is_in("section") else "is marked as English"
    written = literals.get(said.text, set()) | ({""} if said.text in _ends() else set())
    if not written - {"en"} and any(part.casefold() in _words()[0] for part in (said.text, *said.text.split("; "))):
        return "is a text of ours that is English alone"
    own = re.sub("“[^”]*”", "", said.text)  # what was asked for or is a name
    if written or len(ENGLISH.findall(own)) < 2:
        return ""
    return "has English words"


@pytest.mark.slow
@pytest.mark.parametrize(("size", "language"), [("desktop", "id"), ("phone", "en")])
def test_nothing_serious_on_any_of_them(chrome: Browser, unseen: Stage, size: str, language: str) -> None:
    every = pages(unseen, "Rani", language, 1)
    addresses = list({_of_kind(page.address): page.address for page in reversed(every)}.values())
    tab = chrome.new_page(base_url=unseen.address, reduced_motion="reduce")
    tab.set_default_timeout(LONG_MS)
    sign_in(tab, unseen, language=language)
    width, height = SIZES[size]
    tab.set_viewport_size({"width": width, "height": height})
    wrong: dict[str, object] = {}
    for address in addresses:
        tab.goto(address)
        if found := [*problems(tab), *([f"wider by {overflow(tab)}"] if overflow(tab) > 1 else [])]:
            wrong[address] = found
    tab.close()
    assert len(addresses) > 30 and not wrong, wrong


def _of_kind(address: str) -> tuple[object, ...]:
    """Pages that are made by the same template; names of ours are one, questions by how their answer is shown."""
    parts = urlsplit(address)
    noun, *more = parts.path.strip("/").split("/")
    if noun not in NOUNS:
        return ("a name of ours",)
    given = dict(parse_qsl(parts.query))
    return (noun, *(more if noun == "pathway" else [str(len(more))]), given.get("view", ""), bool(given))


@pytest.mark.slow
def test_the_numbers_on_pages_are_those_of_the_report(unseen: Stage) -> None:
    wrong: list[object] = []
    counted = 0
    headers = {**BROWSER, "origin": unseen.address}
    with unseen.api() as api, httpx.Client(base_url=unseen.address, headers=headers, timeout=300) as client:
        assert signed_in(client, unseen.tokens["Rani"]).status_code == 303
        for dataset in ("unseen", "book", PRIVATE, "flawed-provider"):
            for check in api.get(f"/datasets/{dataset}/checks").json():
                report = api.get(f"/checks/{check['id']}").json()
                told = _text(client, f"/check/{check['id']}?lang=en")
                grades = Counter(found["grade"] for found in report["findings"])
                wanted = [_of(report["score"]), *(f"{grades[one]:,} {one}" for one in ("major", "minor"))]
                wrong += [(check["id"], one) for one in wanted if one not in told]
                base = {"dataset": dataset, "as_of": report["asOf"]}
                for row in api.get("/providers", params=base).json()["providers"]:
                    own = {"id": row["term"]["value"], "profile": report["profile"], **base}
                    told = _text(client, f"/provider?{urlencode(own)}")
                    parts = [f"{row['counts'][one]:,} {one}" for one in ("major", "minor")]
                    wanted = [_of(row["score"]), *parts]
                    wrong += [(own, one) for one in wanted if one not in told]
                    counted += len(wanted)
    assert counted > 100 and not wrong, wrong[:20]


def _text(client: httpx.Client, address: str) -> str:
    page = Seen(address, 200)
    page.feed(client.get(address).text)
    return " ".join(said.text for said in page.texts)


def _of(score: dict[str, int]) -> str:
    return f"{score['numerator']:,} of {score['denominator']:,}"


RDF_WORDS = re.compile(r"\b(triples?|iris?|rdf|shacl|sparql|blank nodes?|literals?|ontolog\w+|uris?|shapes?|turtle)\b")
EVERYDAY = {"rulebook", "private", "held", "unit", "certificate", "recognition", "statement"}
"""Entries whose words everybody uses, of an organisation's units or of a public page."""


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "id"])
def test_on_the_way_from_the_worst_provider_to_what_it_must_do_every_word_is_explained(
    unseen: Stage, language: str
) -> None:
    words = {
        key.removeprefix("explained-").removesuffix("-word"): texts[language]
        for key, texts in table().items()
        if key.startswith("explained-") and key.endswith("-word")
    }
    headers = {**BROWSER, "origin": unseen.address}
    missing: list[tuple[str, str]] = []
    with httpx.Client(base_url=unseen.address, headers=headers, timeout=300) as client:
        client.get(f"/?lang={language}")
        assert signed_in(client, unseen.tokens["Rani"]).status_code == 303
        for address in _way(client):
            page = Seen(address, 200)
            page.feed(client.get(address).text)
            frame = ("explained", "header", "footer", "head", "source")
            own = " ".join(said.text for said in page.texts if not any(map(said.is_in, frame))).casefold()
            told = {said.text for said in page.texts if said.is_in("explained") and said.is_in("dt")}
            assert told and not RDF_WORDS.findall(own), (address, RDF_WORDS.findall(own))
            for name, entry in words.items():
                word = re.escape(entry.split(",")[0].casefold())
                if name not in EVERYDAY and entry not in told and re.search(rf"(?<!\w){word}s?(?!\w)", own):
                    missing.append((address, name))
    assert not missing


def _way(client: httpx.Client) -> Iterator[str]:
    """The overview, its first provider, all that this one must do, and the first of it."""
    page = Seen("/", 200)
    page.feed(client.get("/").text)
    provider = next(link for link in page.links if link.startswith("/provider"))
    yield from ("/", provider)
    page.feed(client.get(provider).text)
    yield from (next(link for link in page.links if link.startswith(start)) for start in ("/provider/plan", "/finding"))
