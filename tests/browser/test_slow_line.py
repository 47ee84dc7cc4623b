"""A line that is slow: what is on a page comes before what is not needed, and a form that is pressed twice is sent once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.moves import LONG_MS
from browser.stage import DAY, Stage
from browser.test_journeys import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
