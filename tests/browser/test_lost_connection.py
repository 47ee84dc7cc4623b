"""A check whose page loses the service: it says so, waits, and shows what became of it; and forms of those who were signed out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from browser.moves import LONG_MS, follow
from browser.stage import CREDENTIALS, DAY, PROVIDERS, Stage, empty_stage
from browser.test_journeys import sign_in
from mcqms_kg.generate import generate

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route

ENDED = "event: cancelled\ndata: {}\n\n"
"""What a service says of its checks when it stops."""
MINE: FilePayload = {"name": "mine.ttl", "mimeType": "text/turtle", "buffer": b"<x:a> a <x:b> ."}


def test_the_page_of_a_check_waits_for_the_service_to_be_back(chrome: Browser, tmp_path: Path) -> None:
    is_down = True

    def ready(route: Route) -> None:
        if is_down:
            route.abort("connectionrefused")
        else:
            route.continue_()

    generate(tmp_path / "nation.nq", PROVIDERS, CREDENTIALS, 1, 0.1, dt.date.fromisoformat(DAY))
    with empty_stage(tmp_path) as stage, stage.api() as api:
        for _ in range(2):  # one at a time: that of the page waits behind them
            sent = {"data": ("nation.nq", (tmp_path / "nation.nq").read_bytes())}
            begun = api.post("/checks", files=sent, data={"as_of": DAY}, headers={"prefer": "respond-async"})
            assert begun.status_code == 202, begun.text
        context = chrome.new_context(base_url=stage.address, locale="en-GB")
        tab = context.new_page()
        sign_in(tab, stage)
        tab.route("**/jobs/*/events", lambda route: route.fulfill(content_type="text/event-stream", body=ENDED))
        tab.route("**/health/ready", ready)
        tab.goto("/check")
        tab.set_input_files("#data", MINE)
        follow(tab, tab.locator("form[action='/check'] button"))
        tab.locator("#told", has_text="The connection was lost").wait_for(timeout=LONG_MS)
        is_down = False
        tab.wait_for_selector("#clauses", timeout=LONG_MS)
        tab.unroute_all(behavior="ignoreErrors")
        context.close()


def test_a_check_that_is_gone_can_be_made_again(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown, "Paul")
    answer = tab.goto("/check/0123456789abcdef")
    assert answer and answer.status == 404
    assert "is lost" in tab.locator("main").inner_text()
    follow(tab, tab.get_by_role("link", name="Check again"))
    assert tab.locator("form[action='/check']").count() == 1


def test_a_form_of_somebody_who_was_signed_out_leads_to_signing_in(
    tab: Page, context: BrowserContext, shown: Stage
) -> None:
    sign_in(tab, shown, "Paul")
    tab.goto("/check")
    other = context.new_page()
    other.goto("/")
    follow(other, other.locator("form.out button"))
    tab.set_input_files("#data", MINE)
    follow(tab, tab.locator("form[action='/check'] button"))
    assert tab.locator("h1").inner_text() == "Please sign in" and "Bearer" not in tab.locator("main").inner_text()
    follow(tab, tab.locator("main a.button", has_text="Sign in"))
    assert tab.locator("#token").is_visible()
