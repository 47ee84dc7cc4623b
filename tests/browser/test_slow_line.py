"""A line that is slow: what is on a page comes before what is not needed, and a form that is pressed twice is sent once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from browser.moves import LONG_MS, follow
from browser.stage import DAY, PRIVATE, Stage
from browser.test_explorer import WAY
from browser.test_journeys import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 25_000}
"""A mobile line of the third generation: milliseconds, and bytes in a second."""
MINE = b"@prefix mc: <https://w3id.org/mcqms/ns#> .\n<https://example.org/p> a mc:Provider .\n" + b"# " + b"x" * 100_000

TWICE = """
() => {
  const form = document.querySelector("form[action='/check']");
  form.querySelector("button").click();
  form.querySelector("button").click();
  return form.querySelector("[role=status]").textContent;
}
"""


ASKED = """
() => new Promise((done) => {
  const form = document.querySelector("form.asking");
  const look = () => {
    const told = form.querySelector("[role=status]")?.textContent;
    if (told) done(told);
    else setTimeout(look, 100);
  };
  form.querySelector("button").click();
  look();
})
"""
NOTED = """
new MutationObserver(() => {
  const said = document.getElementById("told")?.textContent;
  if (said) sessionStorage.setItem("said", `${sessionStorage.getItem("said") ?? ""}; ${said}`);
}).observe(document, { childList: true, subtree: true, characterData: true });
"""
"""Keeps what the page says while a check is at work."""


def slowed(tab: Page) -> None:
    session = tab.context.new_cdp_session(tab)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)


def test_a_form_that_is_pressed_twice_is_sent_once_and_says_so(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown, "Paul")
    tab.goto("/check")
    tab.set_input_files("#data", {"name": "mine.ttl", "mimeType": "text/turtle", "buffer": MINE})
    tab.fill("#as-of-files", DAY)
    slowed(tab)
    sent: list[str] = []
    tab.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    with tab.expect_navigation(timeout=LONG_MS):
        told = tab.evaluate(TWICE)
    tab.wait_for_selector("#clauses, [role=alert]", timeout=LONG_MS)
    assert told == "On its way …"
    assert len(sent) == 1 and tab.locator("#clauses").count() == 1


@pytest.mark.parametrize(("page", "read"), [("provider", "#plan, .tasks"), ("explorer", "#things tr[data-iri]")])
def test_pages_are_read_before_their_scripts_have_come(tab: Page, shown: Stage, page: str, read: str) -> None:
    sign_in(tab, shown)
    address = WAY if page == "explorer" else tab.locator("#map tbody th a").first.get_attribute("href")
    slowed(tab)
    held: list[str] = []
    tab.route("**/*.js", lambda route: held.append(route.request.url))
    tab.goto(address or "", wait_until="commit")
    tab.locator(read).first.wait_for(timeout=LONG_MS)
    tab.wait_for_selector("footer", timeout=LONG_MS)
    assert held, "the scripts have not come"
    tab.unroute_all(behavior="ignoreErrors")


def test_a_check_is_followed_on_a_slow_line(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    tab.goto("/check")
    tab.select_option("#dataset", "flawed-provider")
    tab.fill("#as-of-dataset", DAY)
    tab.add_init_script(NOTED)
    slowed(tab)
    with shown.api() as api:  # one at a time: that of the page waits behind these
        for dataset in (PRIVATE, "polytechnic-networks"):
            begun = api.post(f"/datasets/{dataset}/checks", json={"as_of": DAY}, headers={"prefer": "respond-async"})
            assert begun.status_code == 202, begun.text
    follow(tab, tab.locator("form[action='/check/dataset'] button"))
    assert tab.locator("#progress progress").is_visible()
    tab.wait_for_selector("#clauses, [role=alert]", timeout=LONG_MS)
    said = tab.evaluate("sessionStorage.getItem('said')")
    assert tab.locator("#clauses").count() == 1 and re.search(r"\b\d+ of \d+ rules", said), said


def test_a_question_that_takes_long_says_so(tab: Page) -> None:
    tab.goto(f"/pathway?as_of={DAY}&lang=en")
    waiting: list[Route] = []
    tab.route("**/pathway?**", lambda route: waiting.append(route))
    tab.fill("#held-new", "Preparing network cables")
    said = tab.evaluate(ASKED)
    with tab.expect_navigation(timeout=LONG_MS):
        waiting[0].continue_()
    assert said.startswith("Working on it") and tab.locator("#reach").count() == 1
    assert tab.locator("form.asking [role=status]").count() == 0
    tab.unroute_all(behavior="ignoreErrors")


def test_the_overview_is_read_before_anything_else_has_come(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    slowed(tab)
    held: list[str] = []
    tab.route("**/*.js", lambda route: held.append(route.request.url))
    tab.goto("/", wait_until="commit")
    tab.wait_for_selector("#map tbody tr:last-child", timeout=LONG_MS)
    assert held, "the script has not come"
    tab.locator("#map tbody td.nonconformant a").first.click(no_wait_after=True)
    tab.wait_for_selector("#findings", timeout=LONG_MS)
    tab.unroute_all(behavior="ignoreErrors")
