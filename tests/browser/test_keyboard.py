"""Everything on a page is a stop of the keyboard, or within one; and what has the focus is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.stage import Stage
from browser.test_explorer import WAY
from browser.test_journeys import sign_in
from browser.test_pages_look import addresses

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEFT_OUT = """
() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex < 0 && !one.closest("#map, .CodeMirror"))
  .map((one) => one.outerHTML.slice(0, 120))
"""
"""What no press of the Tab key leads to; in the map arrow keys move, in the editor one types."""
SEEN = """
() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const there = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  const calendar = one.type === "date" && !one.matches(":focus-visible");
  return one === document.body || calendar || (outlined && there) ? "" : one.outerHTML.slice(0, 120);
}
"""
"""What has the focus without an outline, or out of sight; the button in a field for a day is outlined by the browser."""
STOPS = 30


def test_every_link_button_and_field_is_reached_and_seen(tab: Page, shown: Stage) -> None:
    sign_in(tab, shown)
    wrong: dict[str, object] = {}
    for name, address in {**addresses(shown), "explorer": WAY, "questions": "/question", "editor": "/query"}.items():
        tab.goto(address)
        if left_out := tab.evaluate(LEFT_OUT):
            wrong[name] = left_out
        for _ in range(STOPS):
            tab.keyboard.press("Tab")
            if name != "editor" and (unseen := tab.evaluate(SEEN)):
                wrong[f"{name}, focus"] = unseen
    assert not wrong
