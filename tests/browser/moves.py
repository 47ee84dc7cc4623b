"""What waits for what: a click that leads elsewhere, what a script does, and a check that ends."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LONG_MS = 120_000
"""How long a check may take where the machine does much else."""
PROVIDER_IN_A_CHECK = re.compile(r"/provider\?(?=.*check=)")


def follow(tab: Page, link: Locator) -> None:
    """Clicks what leads to another page, and is there when that page is whole. Of several that fit, the first."""
    with tab.expect_navigation(timeout=LONG_MS):
        link.first.click()


def checked(tab: Page, button: Locator) -> None:
    """Begins a check, and is there when it has ended and its page, which asks again by itself until then, is whole."""
    follow(tab, button)
    tab.wait_for_selector("#clauses, [role=alert]", timeout=LONG_MS)
    tab.wait_for_load_state()


def until(holds: Callable[[], bool]) -> None:
    """Waits for what a script does; the browser's own waiting evaluates text, which the policy forbids."""
    last = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < last
        time.sleep(0.05)
