"""States that are easily forgotten: nothing there, nothing checked, no rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.looks import picture, problems
from browser.stage import empty_stage

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


def test_an_empty_workspace_says_what_to_do_next(chrome: Browser, tmp_path: Path) -> None:
    with empty_stage(tmp_path) as empty:
        context = chrome.new_context(base_url=empty.address)
        tab = context.new_page()
        for language, said in (("en", "Nothing has been handed in yet"), ("id", "Belum ada data yang diserahkan")):
            tab.goto(f"/?lang={language}")
            assert said in tab.locator("main").inner_text() and "mcqms import" in tab.locator("main").inner_text()
            picture(tab, f"empty-{language}")
            assert not problems(tab)
        context.close()
