"""The overview and a provider's page as a regulator reads them: filtered, formula, trend, what ends, evidence, what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from browser.moves import LONG_MS, follow
from browser.stage import DAY, PRIVATE, Stage
from browser.test_journeys import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def desk(chrome: Browser, unseen: Stage) -> Iterator[Page]:
    """A regulator's tab."""
    tab = chrome.new_page(base_url=unseen.address, locale="en-GB", reduced_motion="reduce")
    tab.set_default_timeout(LONG_MS)
    sign_in(tab, unseen)
    tab.goto(f"/?as_of={DAY}")
    yield tab
    tab.close()


@pytest.mark.parametrize("part", ["sector", "level"])
def test_the_map_is_filtered_and_each_row_belongs(desk: Page, part: str) -> None:
    every = desk.locator("#map tbody tr").count()
    wanted = desk.locator(f"#f-{part} option").nth(1)
    value, label = wanted.get_attribute("value"), wanted.inner_text()
    desk.select_option(f"#f-{part}", value)
    follow(desk, desk.locator("form.filters button"))
    rows = desk.locator("#map tbody tr th a")
    addresses = rows.evaluate_all("all => all.map(one => one.getAttribute('href'))")
    assert 0 < len(addresses) < every
    for address in addresses[:4]:
        desk.goto(address)
        assert label in desk.locator("dl.facts").inner_text()
    desk.go_back()
    desk.goto(f"/?as_of={DAY}&group={part}")
    assert desk.locator("#map tbody .together", has_text=label).count() >= 1


def test_the_map_is_that_of_one_profile(desk: Page, unseen: Stage) -> None:
    every = desk.locator("#map tbody tr").count()
    asked = {"as_of": DAY, "profile": "mcqms-vocational"}
    with unseen.api() as api:
        done = api.post("/datasets/polytechnic-networks/checks", json=asked, headers={"accept": "text/plain"})
        assert done.status_code in (200, 202)
    desk.goto(f"/check/{done.headers['content-location'].rpartition('/')[2]}")
    desk.wait_for_selector("#clauses")
    desk.goto("/")
    desk.select_option("#f-basis-profile", "mcqms-vocational")
    follow(desk, desk.locator("form.filters button"))
    assert desk.locator("#map tbody tr").count() == 1 < every
    assert "vocational" in desk.locator("dl.facts").inner_text().lower()


def test_score_formula_weakest_clauses_trend_and_what_ends(desk: Page, unseen: Stage) -> None:
    with unseen.api() as api:
        told = api.get("/overview", params={"as_of": DAY}, headers={"accept": "application/json"}).json()
    score = told["score"]
    said = " ".join(desk.locator("section[aria-labelledby=score-title]").inner_text().split())
    parts = f"{score['conformant']:,} + {score['nonconformant']:,} + {score['notChecked']:,}"
    assert f"= {score['numerator']:,} ÷ ({parts}) = {score['numerator']:,} ÷ {score['denominator']:,}" in said
    assert f"{int(1000 * score['share']) / 10:.1f}%" in said
    weakest = desk.locator("section[aria-labelledby=weakest-title] .notation").all_inner_texts()
    assert [one.strip() for one in weakest] == told["weakest"]
    days = desk.locator("section[aria-labelledby=trend] tbody th").all_inner_texts()
    assert days == ["30 June 2026", "31 March 2026"]
    ends = int(desk.locator("h2#deadlines .count").inner_text())
    assert ends == len(told["deadlines"]) > 3
    assert "Ends within 90 days" in " ".join(desk.locator("main").inner_text().split())
    desk.goto(f"/?as_of={DAY}&days=30")
    assert int(desk.locator("h2#deadlines .count").inner_text()) < ends


def test_a_clause_is_drilled_into_by_the_keyboard(desk: Page) -> None:
    desk.locator("#map thead a").first.focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**clause=**")
    heads = desk.locator("#map thead th.clause").all_inner_texts()
    assert heads and all(re.search(r"\d+\.\d+", one) for one in heads[1:])
    desk.locator("#map tbody td.nonconformant a").first.focus()
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#findings")
    assert desk.locator("#f-clause").input_value()


def test_a_provider_has_evidence_with_days_and_digests_and_what_changed(desk: Page) -> None:
    follow(desk, desk.locator(f"#map tbody th a[href*='dataset={PRIVATE}']"))
    states = desk.locator(".tree .badge").all_inner_texts()
    assert {"✓ conformant", "✗ nonconformant"} <= set(states)
    assert all(re.fullmatch(r"[\d.]+%|–", one) for one in desk.locator(".tree tbody td:nth-child(4)").all_inner_texts())
    digests = desk.locator("section[aria-labelledby=evidence] code.digest").all_inner_texts()
    assert digests and all(re.fullmatch("[0-9a-f]{64}", one) for one in digests)
    first = desk.locator("section[aria-labelledby=evidence] tbody td").first.inner_text()
    assert re.fullmatch(r"\d+ \w+ \d{4}", first)
    follow(desk, desk.locator("form[action='/comparison'] button"))
    counts = [int(desk.locator(f"a[href='#{one}'] .count").inner_text()) for one in ("new", "fixed", "persisting")]
    assert counts[2] > 0


def test_open_actions_of_a_provider_stand_with_day_problem_and_who_answers(desk: Page) -> None:
    desk.goto(f"/provider?dataset=flawed-provider&of=https://example.org/flawed-provider/provider&as_of={DAY}")
    told = [row.inner_text().split("\t") for row in desk.locator("section[aria-labelledby=actions] tbody tr").all()]
    assert [[part.strip() for part in row] for row in told] == [
        [
            "28 February 2026",
            "Check the register after each class",
            "The register of learners is incomplete",
            "Head of training Owner of teaching",
        ]
    ], "the action that is completed is not among them"
