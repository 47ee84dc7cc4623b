"""Every page, in both languages, at both widths: axe-core finds nothing serious, nothing is cut off, nothing comes from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from browser.conftest import SIZES
from browser.looks import overflow, picture, problems
from browser.stage import Stage
from browser.test_journeys import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page


def addresses(shown: Stage) -> dict[str, str]:
    """One page of every kind."""
    with shown.api() as api:
        finding = api.get("/findings", params={"dataset": "flawed-provider", "limit": 1}).json()["findings"][0]
        checks = api.get("/datasets/flawed-provider/checks").json()
    horizon = f"/provider?dataset=flawed-provider&id={finding['provider']['term']['value']}"
    return {
        "overview": "/",
        "overview-of-a-clause": "/?clause=8",
        "provider": horizon,
        "finding": f"/finding/{finding['id']}",
        "check": "/check",
        "datasets": "/dataset",
        "dataset": "/dataset/flawed-provider",
        "version": "/dataset/flawed-provider/1",
        "file": "/dataset/flawed-provider/1/file/credentials.ttl?line=208",
        "report": f"/check/{checks[0]['id']}",
        "error": "/nowhere",
    }


@pytest.mark.parametrize(("size", "language"), [("desktop", "en"), ("phone", "id")])
def test_nothing_serious_on_any_page(tab: Page, shown: Stage, size: str, language: str) -> None:
    sign_in(tab, shown, language=language)
    width, height = SIZES[size]
    tab.set_viewport_size({"width": width, "height": height})
    wrong: dict[str, object] = {}
    elsewhere: list[str] = []
    tab.on(
        "request",
        lambda asked: (
            elsewhere.append(asked.url)
            if urlsplit(asked.url).netloc != urlsplit(shown.address).netloc and not asked.url.startswith("data:")
            else None
        ),
    )
    for name, address in addresses(shown).items():
        answer = tab.goto(address)
        assert answer and answer.status == (404 if name == "error" else 200), name
        picture(tab, f"{name}-{language}-{size}")
        found = [*problems(tab), *([f"wider by {overflow(tab)}"] if overflow(tab) > 0 else [])]
        if found:
            wrong[name] = found
    assert not wrong
    assert not elsewhere


def test_dark_and_printed(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    tab.emulate_media(color_scheme="dark")
    wrong, known = {}, addresses(shown)
    for name in ("overview-of-a-clause", "finding", "check", "file"):
        tab.goto(known[name])
        picture(tab, f"{name}-dark")
        if found := problems(tab, ["wcag2aa"]):
            wrong[name] = found
    assert not wrong
    tab.emulate_media(media="print", color_scheme="light")
    tab.goto(known["report"])
    assert not tab.locator("header.top").is_visible() and tab.locator("#clauses").is_visible()
    picture(tab, "report-printed")


def test_who_sees_what(tab: Page, shown: Stage) -> None:
    tab.goto("/")
    assert tab.locator("h1").inner_text() == "3 providers"
    everybody = tab.content()
    assert "nation" not in everybody.lower().replace("national", "")
    sign_in(tab, shown, "Lina")
    assert tab.locator("h1").inner_text() == "3 providers"
    tab.goto("/check")
    assert tab.locator("form[enctype]").count() == 0 and "mcqms check" in tab.locator("main").inner_text()
