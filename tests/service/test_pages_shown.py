"""Every page of the workbench as it is sent, without a browser: what it says, to whom, in which language, and how heavy it is."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
from collections.abc import Iterator

import httpx
import openpyxl
import pytest

from browser.stage import DAY, PRIVATE, Stage
from service.test_pages import BROWSER, form_of, sign_in

IRI = "https://example.org/flawed-provider/provider"
UNKNOWN = "https://example.org/nobody"


@pytest.fixture(scope="module")
def regulator(shown: Stage) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=shown.address, headers={**BROWSER, "origin": shown.address}, timeout=60) as client:
        assert sign_in(client, shown.tokens["Rani"]).status_code == 303
        yield client


@pytest.fixture
def anybody(shown: Stage) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=shown.address, headers=BROWSER, timeout=60) as client:
        yield client


def links(text: str, beginning: str) -> list[str]:
    return [one.replace("&amp;", "&") for one in re.findall(rf'href="({beginning}[^"]*)"', text)]


def every_page(client: httpx.Client) -> list[str]:
    """One address of every kind, found by following links as a reader does."""
    overview = client.get("/").text
    provider = next(one for one in links(overview, "/provider") if "#findings" in one)
    finding = links(client.get(provider).text, "/finding/")[0]
    dataset = next(one for one in links(client.get("/dataset").text, "/dataset/"))
    found = client.get(dataset).text
    version, check = links(found, f"{dataset}/")[0], links(found, "/check/")[0]
    file = links(client.get(version).text, f"{version}/file/")[0]
    return [
        "/",
        "/?clause=8",
        "/?order=name&all=true",
        provider,
        finding,
        "/check",
        check,
        "/dataset",
        dataset,
        version,
        file,
    ]


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_page_is_there_and_speaks_one_language(regulator: httpx.Client, language: str) -> None:
    regulator.get(f"/?lang={language}")
    for address in every_page(regulator):
        page = regulator.get(address)
        assert page.status_code == 200, (address, page.text[:300])
        assert f'<html lang="{language}">' in page.text
        assert page.text.count("<h1") == 1 and page.text.count("<main") == 1
        ids = re.findall(r'\sid="([^"]+)"', page.text)
        assert len(ids) == len(set(ids)), address
    regulator.get("/?lang=en")


def test_the_worst_stands_first_and_every_clause_leads_to_its_findings(regulator: httpx.Client) -> None:
    rows = re.findall(r"<tr>\s*<th scope=\"row\"><a href=\"/provider.*?</tr>", regulator.get("/").text, re.DOTALL)
    shares = [float(found[1]) for row in rows if (found := re.search(r">([\d.]+)%<", row))]
    assert len(shares) > 10 and shares == sorted(shares)
    cell = next(one for one in links(rows[0], "/provider") if "clause=" in one)
    page = regulator.get(cell).text
    clause = re.search(r"clause=([^#&]+)", cell)
    assert clause
    notations = re.findall(r'<tr class="group"><th[^>]*><span class="notation">([^<]+)', page)
    assert notations and all(one.startswith(clause[1]) for one in notations)


def test_who_is_not_signed_in_sees_what_is_public(anybody: httpx.Client, regulator: httpx.Client) -> None:
    assert "<h1>3 providers</h1>" in anybody.get("/").text
    hidden = next(one for one in links(regulator.get("/").text, "/provider") if f"dataset={PRIVATE}" in one)
    assert regulator.get(hidden).status_code == 200
    assert anybody.get(hidden).status_code == 404
    finding = links(regulator.get(hidden).text, "/finding/")
    assert finding and regulator.get(finding[0]).status_code == 200
    assert anybody.get(finding[0]).status_code == 404
    assert anybody.get(f"/dataset/{PRIVATE}").status_code == 404
    assert PRIVATE not in anybody.get("/dataset").text.lower().replace("national", "")


def test_choices_narrow_the_map_and_unknown_ones_are_told(regulator: httpx.Client) -> None:
    whole = regulator.get("/").text
    level = re.search(
        r'<select id="f-level".*?<option value="([^"]+)"[^>]*>[^<]*</option>\s*</select>', whole, re.DOTALL
    )
    assert level
    narrowed = regulator.get("/", params={"level": level[1]}).text
    count = re.search(r"<h1>(\d+) provider", narrowed)
    assert count and 0 < int(count[1]) < 15
    assert regulator.get("/", params={"level": UNKNOWN}).status_code == 404
    assert regulator.get("/", params={"as_of": "1999-01-01"}).status_code == 200
    assert "No check fits" in regulator.get("/", params={"as_of": "1999-01-01"}).text
    assert regulator.get("/", params={"order": "random"}).status_code == 400
    assert regulator.get("/provider", params={"dataset": "flawed-provider", "id": UNKNOWN}).status_code == 404


def test_a_finding_says_what_to_do_by_when_and_where(regulator: httpx.Client) -> None:
    with_day = with_lines = 0
    for provider in [one for one in links(regulator.get("/").text, "/provider") if "#" not in one][:4]:
        for address in links(regulator.get(provider).text, "/finding/")[:5]:
            page = regulator.get(address).text
            with_lines += "<mark>" in page
            told = re.sub(
                r'(?s)<div class="scroll source excerpt".*?</div>', "", page
            )  # the file stands there as it came
            text = re.sub(r"<[^>]+>", " ", told)
            assert "How to put it right" in text and "Where it is written" in text and "By when" in text
            assert not re.search(r"_:\w|https?://w3id|>https?://", text)
            with_day += bool(re.search(r"By when:\s+\d+ \w+ \d{4}", text))
            assert "Stands since" in text
    assert with_day, "no finding has a day"
    assert with_lines, "no finding shows the lines that it speaks of"


def test_the_overview_is_light(regulator: httpx.Client) -> None:
    page = regulator.get("/")
    weight = int(page.headers["content-length"]) if "content-length" in page.headers else page.num_bytes_downloaded
    for address in {*links(page.text, "/static/"), *re.findall(r'src="(/static/[^"]+)"', page.text)}:
        weight += regulator.get(address).num_bytes_downloaded
    assert page.headers["content-encoding"] == "gzip" and weight < 60_000


def test_a_check_outlasts_what_was_asked_of_it(regulator: httpx.Client) -> None:
    check = links(regulator.get("/dataset/flawed-provider").text, "/check/")[0]
    report = regulator.get(f"{check}/report", params={"format": "json"})
    assert report.status_code == 200 and report.json()["asOf"] == DAY
    assert "attachment" in report.headers["content-disposition"]
    assert regulator.get(f"{check}/report", params={"format": "exe"}).status_code == 404
    assert regulator.get(f"{check}/report", params={"lang": "id"}).text.count('lang="id"') >= 1


def test_a_look_at_another_day_is_no_record(regulator: httpx.Client, anybody: httpx.Client) -> None:
    before = re.findall(r"<h1>.*?</h1>|[\d.]+%", regulator.get("/").text)
    provider = next(one for one in links(regulator.get("/").text, "/provider") if "flawed-provider" in one)
    form = form_of(regulator.get(provider).text)
    fields = {"form": form, "dataset": "flawed-provider", "as_of": "2031-01-31", "provider": IRI}
    begun = regulator.post("/provider/readiness", data=fields)
    assert begun.status_code == 303
    check = begun.headers["location"].split("?")[0]
    for _ in range(600):
        if (page := regulator.get(begun.headers["location"])).status_code == 303:
            break
        time.sleep(0.1)
    shown = regulator.get(page.headers["location"])
    assert "31 January 2031" in shown.text and "nobody else sees it" in shown.text
    assert anybody.get(check).status_code == 404
    assert "2031" not in regulator.get("/").text
    assert re.findall(r"<h1>.*?</h1>|[\d.]+%", regulator.get("/").text) == before


def test_what_to_do_by_when_is_one_list_sorted_printed_and_a_workbook(regulator: httpx.Client) -> None:
    provider = next(one for one in links(regulator.get("/?lang=en").text, "/provider") if "#" not in one)
    text = regulator.get(provider).text
    assert "What to do, by when" in text
    plan, book = links(text, "/provider/plan")[0], links(text, "/provider/plan.xlsx")[0]
    whole = regulator.get(plan).text
    days = re.findall(r'data-label="By when"><span class="number">([^<]+)<', whole)
    assert len(days) >= 10 and days == sorted(days, key=lambda day: dt.datetime.strptime(day, "%d %B %Y"))  # days
    assert "no date is laid down" in whole.split(days[-1])[-1]
    assert "It had to be done by" in whole and "The profile lays the time down as" in whole
    by_clause = re.findall(r'class="notation">([^<]+)<', regulator.get(f"{plan}&sort=clause").text)
    assert by_clause[0] == "0.6" and by_clause != re.findall(r'class="notation">([^<]+)<', whole)
    sheet = openpyxl.load_workbook(io.BytesIO(regulator.get(book).content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True)) if sheet else []
    assert len(rows) == whole.count('data-label="About"') and isinstance(rows[0][0], dt.datetime)


def test_a_plan_is_of_a_provider_that_is_there(regulator: httpx.Client) -> None:
    assert regulator.get(f"/provider/plan?dataset={PRIVATE}&id={UNKNOWN}").status_code == 404
