"""What is asked of every page: nothing that axe-core calls serious, nothing wider than the screen, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest

from browser.conftest import AXE, SCREENSHOTS

if TYPE_CHECKING:
    from playwright.sync_api import Page

_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def problems(tab: Page, rules: Sequence[str] = _RULES) -> list[str]:
    """What axe-core finds that is serious or critical, with where."""
    if not AXE.is_file():
        pytest.skip("axe-core is absent: run `make web`")
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE.read_text("utf-8"))  # by the debugger, which the page's policy does not bind
    found: dict[str, Any] = tab.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", [*rules]
    )
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def overflow(tab: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def picture(tab: Page, name: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    tab.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, scale="css")
