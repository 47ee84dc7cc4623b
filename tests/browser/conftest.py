"""A real browser on a real service, one of each for all tests here; without a browser they are skipped, and say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.stage import Stage, chromium, stage, unseen_stage
from docs.pages import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SCREENSHOTS = Path(__file__).parent / "screenshots"
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {"desktop": (1366, 850), "phone": (390, 844)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them in one process: one service, one browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    _need_browser()
    with stage(tmp_path_factory.mktemp("stage")) as found:
        yield found


@pytest.fixture(scope="session")
def unseen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Data that nobody made the pages for; without a browser too."""
    with unseen_stage(tmp_path_factory.mktemp("unseen")) as found:
        yield found


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    path = _need_browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chrome: Browser, shown: Stage) -> Iterator[BrowserContext]:
    """A browser that knows nobody yet, at desktop width, in English."""
    made = chrome.new_context(
        base_url=shown.address,
        viewport={"width": SIZES["desktop"][0], "height": SIZES["desktop"][1]},
        locale="en-GB",
        reduced_motion="reduce",
    )
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def tab(context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab in which nothing may go wrong unseen: errors of scripts and what the policy forbids fail the test. It is pictured last."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    yield page
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{re.sub(r'[^a-z0-9]+', '-', request.node.name.lower())}.png")
    assert not wrong, wrong


def _need_browser() -> str:
    path = chromium()
    if path is None:
        pytest.skip("no browser: install Debian's chromium")
    pytest.importorskip("playwright", reason="no driver for the browser: pip install playwright")
    return path
