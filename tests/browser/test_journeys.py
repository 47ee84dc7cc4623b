"""A regulator's ways through the workbench, with the mouse and without it, in both languages, counted in clicks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from browser.moves import LONG_MS, PROVIDER_IN_A_CHECK, checked, follow
from browser.stage import DAY, Stage

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = {
    "en": {"remedy": "How to put it right", "when": "By when", "where": "Where it is written", "check": "Check"},
    "id": {"remedy": "Cara memperbaiki", "when": "Tenggat", "where": "Di mana tertulis", "check": "Periksa"},
}
FEWEST = 2
"""Clicks from the overview, where the worst provider stands first, to what it must do."""


@dataclass
class Hand:
    """Clicks, and counts them."""

    tab: Page
    clicks: int = 0

    def click(self, selector: str) -> None:
        follow(self.tab, self.tab.locator(selector))
        self.clicks += 1


def sign_in(tab: Page, shown: Stage, who: str = "Rani", language: str = "en") -> None:
    tab.goto(f"/sign-in?lang={language}")
    tab.fill("#token", shown.tokens[who])
    follow(tab, tab.locator("main button"))


@pytest.mark.parametrize("language", ["en", "id"])
def test_from_the_worst_provider_to_what_it_must_do(tab: Page, shown: Stage, language: str) -> None:
    sign_in(tab, shown, language=language)
    words, hand = WORDS[language], Hand(tab)
    worst = tab.locator("#map tbody tr").nth(0)
    name = worst.locator("th a").inner_text()
    hand.click("#map tbody tr td.cell.nonconformant a")
    assert tab.locator("h1").inner_text() == name
    assert tab.locator("#findings").is_visible()
    hand.click(".findings tbody tr:not(.group) th a")
    assert hand.clicks == FEWEST
    said = tab.locator("main").inner_text()
    assert all(words[key] in said for key in ("remedy", "when", "where"))
    assert name in said and ".ttl" in said and "_:" not in said and "https://" not in said
    hand.click("nav.crumbs li:nth-child(2) a")
    assert tab.locator("h1").inner_text() == name


def test_the_same_with_the_keyboard_alone(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    press = tab.keyboard.press
    tab.evaluate("document.body.focus()")
    press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    press("Enter")
    for _ in range(60):
        press("Tab")
        if tab.evaluate("document.activeElement.closest('#map tbody') !== null"):
            break
    name = tab.evaluate("document.activeElement.textContent")
    for _ in range(20):
        press("ArrowRight")
        if tab.evaluate("document.activeElement.parentElement.classList.contains('nonconformant')"):
            break
    press("Enter")
    tab.wait_for_url("**/provider?**")
    assert tab.locator("h1").inner_text() == name
    for _ in range(80):
        press("Tab")
        if tab.evaluate("document.activeElement.closest('.findings') !== null"):
            break
    press("Enter")
    tab.wait_for_url("**/finding/**")
    assert WORDS["en"]["remedy"] in tab.locator("main").inner_text()


def test_the_map_is_one_stop_and_arrows_move_in_it(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    assert tab.locator("#map tbody a[tabindex='0']").count() == 1
    tab.locator("#map tbody a").first.focus()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("End")
    place = tab.evaluate(
        "[document.activeElement.closest('tr').rowIndex, document.activeElement.parentElement.cellIndex]"
    )
    width = tab.evaluate("document.querySelector('#map tbody tr').cells.length")
    assert place[1] == width - 1
    assert tab.locator("#map tbody a[tabindex='0']").count() == 1


@pytest.mark.parametrize("language", ["en", "id"])
def test_files_are_checked_and_every_format_is_there(tab: Page, shown: Stage, language: str) -> None:
    sign_in(tab, shown, "Paul", language)
    tab.goto("/check")
    data = "<https://example.org/x> a <https://w3id.org/mcqms/ns#MicroCredential> ; <https://w3id.org/mcqms/ns#titel> 'X' ."
    tab.set_input_files("#data", {"name": "mine.ttl", "mimeType": "text/turtle", "buffer": data.encode()})
    tab.fill("#as-of-files", DAY)
    checked(tab, tab.locator("form[action='/check'] button"))
    said = tab.locator("main").inner_text()
    assert "mine.ttl" in said and "mc:titel" in said
    links = tab.locator("a[href*='/report?']").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for link in links:
        got = tab.request.get(link)
        assert got.status == 200 and got.body(), link
    assert len(links) >= 7


def test_a_file_that_cannot_be_read_is_told_with_its_place(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown, "Paul")
    tab.goto("/check")
    tab.set_input_files("#data", {"name": "broken.ttl", "mimeType": "text/turtle", "buffer": b"<x:a> <x:b> .\n"})
    checked(tab, tab.locator("form[action='/check'] button"))
    said = tab.get_by_role("alert").inner_text()
    assert "broken.ttl" in said and "line 1" in said
    tab.goto("/check")
    tab.set_input_files("#data", {"name": "picture.png", "mimeType": "image/png", "buffer": b"PNG"})
    follow(tab, tab.locator("form[action='/check'] button"))
    assert "picture.png" in tab.get_by_role("alert").inner_text()


def test_readiness_on_another_day_and_what_changed(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    follow(tab, tab.locator("#map tbody th a", has_text="Horizon"))
    tab.fill("#as-of", "2027-12-31")
    follow(tab, tab.locator("form[action='/provider/readiness'] button"))
    tab.wait_for_url(PROVIDER_IN_A_CHECK, timeout=LONG_MS)
    assert "31 December 2027" in tab.locator("main").inner_text()
    follow(tab, tab.locator("form[action='/comparison'] button"))
    assert tab.locator("h1").inner_text().startswith("What changed")
    assert int(tab.locator("a[href='#new'] .count").inner_text()) > 0
    persisting = int(tab.locator("a[href='#persisting'] .count").inner_text())
    assert persisting > 0
    tab.goto(f"{tab.url}&lang=id")
    assert int(tab.locator("a[href='#persisting'] .count").inner_text()) == persisting


def test_a_finding_leads_to_the_line_of_the_file(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    follow(tab, tab.locator("#map tbody th a", has_text="Horizon"))
    follow(tab, tab.locator(".findings tbody tr:not(.group) th a").nth(3))
    follow(tab, tab.locator("section[aria-labelledby=place] a"))
    assert "/file/" in tab.url
    meant = tab.locator("tr.meant")
    assert meant.is_visible() and meant.locator("th").inner_text() in tab.url


def test_data_is_handed_in_twice_and_the_change_is_shown(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown, "Ana")
    for text in ("<x:a> <http://www.w3.org/2000/01/rdf-schema#label> 'Old name' .", "<x:a> a <x:b> ."):
        tab.goto("/dataset")
        tab.fill("#name", "fresh")
        tab.set_input_files("#data", {"name": "a.ttl", "mimeType": "text/turtle", "buffer": text.encode()})
        follow(tab, tab.locator("form[action='/dataset'] button"))
        assert tab.locator("#files").count() == 1
    follow(tab, tab.locator("form[action$='/dataset/fresh/2'] button"))
    assert "Old name" in tab.locator("section[aria-labelledby=removed]").inner_text()
    tab.goto("/dataset/fresh")
    assert "those alone" in tab.locator("main").inner_text(), "private where nothing else was said"
    tab.goto("/dataset")
    tab.fill("#name", "fresh")
    tab.set_input_files("#data", {"name": "a.ttl", "mimeType": "text/turtle", "buffer": b"<x:a> ."})
    follow(tab, tab.locator("form[action='/dataset'] button"))
    assert "a.ttl" in tab.get_by_role("alert").inner_text()


def test_without_scripts_every_page_of_the_way_works(shown: Stage, chrome: object) -> None:
    context = chrome.new_context(base_url=shown.address, java_script_enabled=False)  # type: ignore[attr-defined]  # skipped without it
    tab = context.new_page()
    sign_in(tab, shown)
    follow(tab, tab.locator("#map tbody tr td.cell.nonconformant a"))
    follow(tab, tab.locator(".findings tbody tr:not(.group) th a"))
    assert WORDS["en"]["remedy"] in tab.locator("main").inner_text()
    tab.goto("/check")
    tab.fill("#as-of-dataset", DAY)
    checked(tab, tab.locator("form[action='/check/dataset'] button"))
    assert tab.locator("#clauses").count() == 1
    context.close()
