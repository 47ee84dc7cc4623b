"""Every page, in both languages, at both widths: axe-core finds nothing serious, nothing is cut off, nothing comes from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from browser.conftest import SIZES
from browser.looks import overflow, picture, problems
from browser.stage import Stage
from browser.test_explorer import WAY
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


CUT = "all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length"


def test_lists_are_whole_on_a_phone(tab: Page, shown: Stage) -> None:
    """Names break between words, and no column is cut off; the map alone is moved sideways."""
    sign_in(tab, shown, language="id")
    tab.set_viewport_size({"width": SIZES["phone"][0], "height": SIZES["phone"][1]})
    known = addresses(shown)
    for address in (known["provider"], known["report"], WAY):
        tab.goto(address)
        lists = tab.locator(".scroll:has(> .lines)")
        assert lists.count() and not lists.evaluate_all(CUT), address
        labels = tab.locator(".lines td[data-label]:visible")
        told = labels.nth(0).evaluate("one => getComputedStyle(one, '::before').content")
        assert labels.nth(0).get_attribute("data-label") in told, "a number without its heading"
    plan = tab.goto(known["provider"]) and tab.locator("section[aria-labelledby=verdict-title] a.button")
    assert plan and plan.get_attribute("href") == "#plan", "what to do is one press away"


def test_the_head_of_the_map_stays_and_hides_nothing(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    tab.set_viewport_size({"width": SIZES["desktop"][0], "height": 600})
    head, card = tab.locator("#map thead"), tab.locator(".map-card")
    tab.locator("#map tbody tr:last-child td.cell a").first.focus()
    assert card.evaluate("one => one.scrollTop") > 100
    place = head.bounding_box(), card.bounding_box()
    assert place[0] and place[1] and abs(place[0]["y"] - place[1]["y"]) < 3
    for _ in range(tab.locator("#map tbody tr").count()):
        tab.keyboard.press("ArrowUp")
        below = head.evaluate("one => one.getBoundingClientRect().bottom")
        top = tab.evaluate("document.activeElement.getBoundingClientRect().top")
        assert top >= below - 1, "what has the focus is behind the head"


def test_contrast_in_the_dark(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    tab.emulate_media(color_scheme="dark")
    wrong = {}
    for name, address in addresses(shown).items():
        tab.goto(address)
        picture(tab, f"{name}-dark")
        if found := problems(tab, ["wcag2aa"]):
            wrong[name] = found
    assert not wrong


def test_where_colours_are_forced_nothing_is_told_by_colour_alone(tab: Page, shown: Stage) -> None:
    """axe-core reads the colours that a page asked for, not the forced ones; so what colours told is looked for as lines."""
    sign_in(tab, shown)
    tab.emulate_media(forced_colors="active")
    for name, address in addresses(shown).items():
        tab.goto(address)
        picture(tab, f"{name}-forced")
        line = "one => getComputedStyle(one).borderBottomColor"
        current = tab.locator(".entries a[aria-current]")
        if current.count():
            others = tab.locator(".entries a:not([aria-current])").evaluate_all(f"all => all.map({line})")
            assert current.evaluate(line) not in others, name
        widths = tab.locator(".badge, td.cell").evaluate_all(
            "all => all.map(one => getComputedStyle(one).borderTopWidth)"
        )
        assert set(widths) <= {"1px"}, name


def test_printed_is_what_is_read_and_nothing_to_press(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    known = addresses(shown)
    plan = known["provider"].replace("/provider?", "/provider/plan?")
    tab.emulate_media(media="print")
    for name, address, kept in (
        ("report", known["report"], "#clauses"),
        ("provider", known["provider"], "#plan"),
        ("plan", plan, "table.tasks"),
        ("finding", known["finding"], "#remedy"),
        ("overview", "/", "#map"),
    ):
        tab.goto(address)
        assert tab.locator(kept).is_visible() and not tab.locator("header.top").is_visible(), name
        shown_buttons = [one for one in tab.locator("main button").all() if one.is_visible()]
        assert not shown_buttons, name
        assert overflow(tab) <= 0, name
        picture(tab, f"{name}-printed")


def test_nothing_moves_for_who_wants_stillness(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    for address in ("/", "/pathway", "/question/units_covered_by_area_and_level?view=chart"):
        tab.goto(address)
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("document.getAnimations().length") == 0, address
        assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto", address


def test_who_sees_what(tab: Page, shown: Stage) -> None:
    tab.goto("/")
    assert tab.locator("h1").inner_text() == "3 providers"
    everybody = tab.content()
    assert "nation" not in everybody.lower().replace("national", "")
    sign_in(tab, shown, "Lina")
    assert tab.locator("h1").inner_text() == "3 providers"
    tab.goto("/check")
    assert tab.locator("form[enctype]").count() == 0 and "mcqms check" in tab.locator("main").inner_text()
