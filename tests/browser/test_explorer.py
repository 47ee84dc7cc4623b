"""The explorer, the questions and the editor as people use them: with the mouse, with the keyboard alone, and without scripts."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from browser.conftest import SIZES
from browser.looks import overflow, picture, problems
from browser.moves import LONG_MS, follow, until
from browser.stage import DAY, Stage
from browser.test_journeys import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

POLY, OCCUPATION = "https://example.org/polytechnic-networks/", "https://w3id.org/mcqms/occupation/"
EDITOR = "document.querySelector('.CodeMirror').CodeMirror.getValue()"
WAY = f"/pathway?holds={POLY}mc-cable&to={POLY}certificate-technician&as_of={DAY}"
ADDRESSES = {
    "pathway-all": "/pathway",
    "pathway-way": WAY,
    "pathway-gap": f"/pathway?holds={POLY}mc-cable&to={OCCUPATION}network-engineer&as_of={DAY}",
    "pathway-choose": "/pathway?holds=learner",
    "recognition": f"/pathway/recognition?of={POLY}mc-installation&in=AQRF&as_of={DAY}",
    "impact": f"/pathway/impact?of={POLY}mc-installation&as_of={DAY}",
    "structure": f"/pathway/structure?kind=map&as_of={DAY}",
    "questions": "/question",
    "question": f"/question/what_a_learner_holds?date={DAY}",
    "question-chart": "/question/units_covered_by_area_and_level?view=chart",
    "question-graph": "/question/what_a_credential_counts_towards?view=graph",
    "query": "/query?question=what_to_earn_first",
    "thing": f"/thing?of={POLY}mc-installation",
    "vocabulary": "/vocabulary?kind=requirement",
    "term": "/ns/hasValidation",
    "shape": "/shape/8.4a-MicroCredential",
}


@pytest.mark.parametrize(("size", "language"), [("desktop", "en"), ("phone", "id")])
def test_nothing_serious_on_these_pages(tab: Page, shown: Stage, size: str, language: str) -> None:
    width, height = SIZES[size]
    tab.set_viewport_size({"width": width, "height": height})
    wrong: dict[str, object] = {}
    elsewhere: list[str] = []
    here = urlsplit(shown.address).netloc
    tab.on(
        "request", lambda asked: elsewhere.append(asked.url) if urlsplit(asked.url).netloc not in (here, "") else None
    )
    for name, address in ADDRESSES.items():
        tab.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")
        picture(tab, f"{name}-{language}-{size}")
        if found := problems(tab):
            wrong[name] = found
        if (wider := overflow(tab)) > 1:
            wrong[f"{name} is wider"] = wider
    assert not wrong and not elsewhere


def test_from_a_name_to_the_way_and_what_lies_beyond(tab: Page, tmp_path: Path) -> None:
    tab.goto(f"/pathway?as_of={DAY}")
    field = tab.locator("#held-new")
    field.press_sequentially("network cab", delay=20)
    chosen = "Preparing network cables"
    tab.wait_for_selector(f"#held-new-list option[value='{chosen}']", state="attached")
    field.fill(chosen)
    tab.fill("#to", "Occupational certificate: network technician")
    follow(tab, tab.get_by_role("button", name="Show the way"))
    assert "can be reached" in tab.locator("#says").inner_text()
    before = _drawn(tab)
    assert before == tab.locator("#things tr[data-iri]").count() == 5
    tab.locator("#things tr", has_text="Installing a local network").locator(".grow").click()
    until(lambda: _drawn(tab) == tab.locator("#things tr[data-iri]").count() > before)
    assert tab.locator("#things tr", has_text="Computer network technician").count() == 1
    _saved(tab, tmp_path)


def _drawn(tab: Page) -> int:
    return int(tab.evaluate("window.pathway.nodes().filter(one => !one.hasClass('head')).length"))


def _saved(tab: Page, folder: Path) -> None:
    """The picture in each format, with everything in it."""
    for name, begins in (("svg", b"<svg"), ("png", b"\x89PNG"), ("graphml", b"<?xml")):
        with tab.expect_download() as waited:
            tab.click(f"[data-do={name}]")
        waited.value.save_as(folder / name)
        assert (folder / name).read_bytes().startswith(begins)
    told = ElementTree.parse(folder / "graphml")  # noqa: S314  # our own
    assert len(told.findall(".//{*}node")) == _drawn(tab) and told.findall(".//{*}edge")
    assert len(ElementTree.parse(folder / "svg").findall(".//{*}rect")) == _drawn(tab) + 1  # noqa: S314  # our own


def test_the_picture_with_the_keyboard_alone(tab: Page) -> None:
    tab.goto(WAY)
    tab.locator("#picture-place").focus()
    assert "Occupational certificate" in tab.locator("#spoken").inner_text()
    tab.keyboard.press("ArrowLeft")
    said = tab.locator("#spoken").inner_text()
    assert "to learn" in said and tab.locator("#things tr.chosen").count() == 1
    assert said.split(";")[0] in tab.locator("#things tr.chosen").inner_text()
    before = _drawn(tab)
    tab.keyboard.press("Enter")
    until(lambda: _drawn(tab) > before)
    row = tab.locator("#things tr[data-iri] a").nth(0)
    row.focus()
    assert row.inner_text() in tab.locator("#things tr.chosen").inner_text()


def test_states_are_told_by_sign_word_and_outline(tab: Page) -> None:
    tab.goto(ADDRESSES["pathway-gap"])
    kinds = tab.evaluate(
        """() => ['held', 'learn', 'missing'].map(state => { const one = window.pathway.nodes('.' + state)[0];
           return [one.data('name')[0], one.style('border-style'), one.style('border-width')].join(' '); })"""
    )
    assert len(set(kinds)) == 3 and [kind[0] for kind in kinds] == ["✓", "▷", "✗"]


def test_levels_are_columns_from_left_to_right(tab: Page) -> None:
    tab.goto(ADDRESSES["pathway-gap"])
    listed = tab.evaluate(
        """() => [...document.querySelectorAll('#things tbody[data-column]')].map(part => [part.dataset.column,
           [...part.querySelectorAll('tr[data-iri]')].map(row => window.pathway.getElementById(row.dataset.iri).position('x'))])"""
    )
    levels = [int(column.removeprefix("level-")) for column, _ in listed if column.startswith("level-")]
    assert levels == sorted(levels) and len(levels) > 1 and listed[-1][0] == "occupation"
    assert all(max(left) < min(right) for (_, left), (_, right) in pairwise(listed))
    heads = tab.evaluate(
        "window.pathway.nodes('.head').sort((a, b) => a.position('x') - b.position('x')).map(one => one.data('name'))"
    )
    assert heads == [name.strip() for name in tab.locator("#things tr.column th").all_text_contents()]


def test_answers_are_drawn_as_bars_and_as_a_graph(tab: Page) -> None:
    tab.goto(ADDRESSES["question-chart"])
    assert tab.locator("#drawn canvas").bounding_box()
    tab.goto(ADDRESSES["question-graph"])
    until(lambda: tab.locator("#drawn canvas").count() >= 1)
    assert tab.locator("#undrawn").is_hidden()
    tab.goto("/question/rules_short_of_options?date=2024-12-31&view=graph")
    until(lambda: tab.locator("#drawn canvas").count() >= 1)


def test_the_editor_completes_asks_and_is_left_by_the_keyboard(tab: Page) -> None:
    tab.goto("/query")
    tab.locator(".CodeMirror").click()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("PREFIX mc: <https://w3id.org/mcqms/ns#> SELECT ?c { ?c mc:hasAssessmentSch")
    tab.keyboard.press("Control+Space")
    tab.wait_for_selector(".CodeMirror-hints")
    tab.keyboard.press("Enter")
    until(lambda: "mc:hasAssessmentScheme" in str(tab.evaluate(EDITOR)))
    tab.keyboard.type(" ?s } LIMIT 3")
    tab.keyboard.press("Control+Enter")
    until(lambda: tab.locator("#answer tbody tr").count() == 3)
    tab.keyboard.press("Escape")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('.CodeMirror') === null")
    tab.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT nonsense')")
    tab.get_by_role("button", name="Ask").click()
    tab.wait_for_selector("#answer [role=alert]")


def test_rows_are_sorted_filtered_turned_and_errors_are_marked(tab: Page) -> None:
    from playwright.sync_api import expect  # only where a browser is

    tab.goto("/query?lang=en")
    set_query = "query => document.querySelector('.CodeMirror').CodeMirror.setValue(query)"
    mc = "PREFIX mc: <https://w3id.org/mcqms/ns#> "
    tab.evaluate(set_query, f"{mc} SELECT ?term ?n {{ ?term a ?kind BIND (STRLEN(STR(?term)) AS ?n) }} LIMIT 130")
    tab.get_by_role("button", name="Ask").click()
    status = tab.locator("#answer [role=status]")
    expect(status).to_have_text("1 to 50 of 130", timeout=LONG_MS)
    tab.get_by_role("button", name="n", exact=True).click()
    tab.locator("#answer th[aria-sort=ascending]").wait_for()
    lengths = [int(text) for text in tab.locator("#answer tbody td:nth-child(2)").all_inner_texts()]
    assert lengths == sorted(lengths) and tab.locator("#answer th[aria-sort=ascending]").count() == 1
    tab.get_by_role("button", name="Next rows").click()
    expect(status).to_have_text("51 to 100 of 130")
    tab.get_by_label("Only rows with").fill("nothing has this in it")
    expect(status).to_have_text("0 to 0 of 0")
    tab.get_by_label("Only rows with").fill("")
    expect(status).to_have_text("1 to 50 of 130")
    assert not problems(tab)
    tab.get_by_text("The answer as it was sent").click()
    assert '"bindings"' in tab.locator("#answer pre").inner_text()
    with tab.expect_download() as waited:
        tab.get_by_role("button", name="TSV").click()
    assert waited.value.suggested_filename == "answer.tsv"
    tab.evaluate(set_query, "SELECT ?x {\n?x a unknown:kind }")
    tab.get_by_role("button", name="Ask").click()
    tab.wait_for_selector("#answer [role=alert]")
    assert "unknown:kind" in tab.locator(".CodeMirror .wrong").inner_text()


def test_what_was_found_is_a_picture_and_a_list(tab: Page) -> None:
    tab.goto(f"{ADDRESSES['impact']}&lang=en")
    image = tab.locator(".shown-picture img")
    image.scroll_into_view_if_needed()
    until(lambda: bool(image.evaluate("one => one.complete && one.naturalWidth > 200")))
    assert tab.locator(".steps li").count() > 2 and not problems(tab)


def test_the_editor_asks_with_the_rights_of_who_is_signed_in(tab: Page, shown: Stage) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?p a <https://w3id.org/mcqms/ns#Provider> }"
    counted = []
    for who in ("", "Rani"):
        if who:
            sign_in(tab, shown, who)
        tab.goto("/query")
        tab.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", query)
        tab.get_by_role("button", name="Ask").click()
        counted.append(int(tab.locator("#answer tbody td").inner_text()))
    assert counted[1] > counted[0] > 0


def test_everything_but_picture_and_editor_is_there_without_scripts(chrome: Browser, shown: Stage) -> None:
    context = chrome.new_context(base_url=shown.address, java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    page.goto(WAY)
    assert page.locator("#things tr[data-iri]").count() == 5 and page.locator("noscript p").is_visible()
    follow(page, page.locator("#things tr[data-iri] .grow"))
    assert page.locator("#things tr[data-iri]").count() > 5
    page.goto("/question/credentials_leading_to_occupation")
    page.fill("#field-occupation", "teknisi jaringan")
    follow(page, page.locator("main form button"))
    assert page.locator("table.results tbody tr").count() == 2
    page.goto("/query")
    page.fill("#query", "ASK { ?s ?p ?o }")
    follow(page, page.locator("#asking button"))
    assert re.search("Ya", page.locator("#answer").inner_text())
    context.close()
