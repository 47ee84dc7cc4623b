"""Names that are very long, written from right to left, or look like markup; and a provider with more than a thousand findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from browser.conftest import SIZES
from browser.looks import overflow, picture, problems
from browser.moves import LONG_MS
from browser.stage import ODD, ODD_NAMES, Stage, odd_stage

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTHS = {**SIZES, "narrow": (320, 700), "twice as large": (683, 425)}
"""The last is what is left of a desktop's width where everything is twice as large."""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with odd_stage(tmp_path_factory.mktemp("odd")) as found:
        yield found


def addresses(odd: Stage) -> Iterator[tuple[str, str]]:
    with httpx.Client(base_url=odd.address, timeout=100) as api:
        check = api.get("/datasets/odd/checks").json()[0]["id"]
        for number in range(len(ODD_NAMES)):
            iri = f"{ODD}p{number}"
            of = f"dataset=odd&id={quote(iri, safe='')}"
            found = api.get("/findings", params={"provider": iri, "limit": 1}).json()
            assert found["total"] > 1000 or number
            yield f"provider {number}", f"/provider?{of}"
            yield f"plan {number}", f"/provider/plan?{of}"
            yield f"finding {number}", f"/finding/{found['findings'][0]['id']}"
            yield f"thing {number}", f"/thing?of={quote(iri, safe='')}"
    yield from (("overview", "/"), ("report", f"/check/{check}"), ("dataset", "/dataset/odd"))
    yield from (("file", "/dataset/odd/1/file/odd.ttl?line=5"), ("pathways", "/pathway"), ("words", "/glossary"))


def test_they_break_no_page(chrome: Browser, odd: Stage) -> None:
    context = chrome.new_context(base_url=odd.address, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(LONG_MS)
    tab = context.new_page()
    said: list[str] = []
    tab.on("dialog", lambda dialog: said.append(dialog.message))
    wrong: dict[str, object] = {}
    for name, address in addresses(odd):
        answer = tab.goto(address)
        assert answer and answer.status == 200, (name, answer and answer.status)
        if name.startswith("provider"):
            shown = tab.locator("h1").inner_text()
            assert "\u202e" not in shown and shown.replace("\ufffd", "\u202e") == ODD_NAMES[int(name[-1])]
            picture(tab, f"odd {name}")
        for width, (across, down) in WIDTHS.items():
            tab.set_viewport_size({"width": across, "height": down})
            if (wider := overflow(tab)) > 0:
                wrong[f"{name}, {width}"] = f"wider by {wider}"
        if name[-1] in "0w" and (found := problems(tab)):
            wrong[name] = found
    context.close()
    assert not wrong
    assert not said
