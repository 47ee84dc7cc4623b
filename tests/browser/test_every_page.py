"""Every page that there is, errors and empty answers too, in both languages and widths: nothing serious, nothing wide, nothing slow."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pytest

from browser import test_explorer, test_pages_look
from browser.conftest import SIZES
from browser.looks import overflow, problems
from browser.moves import checked
from browser.stage import DAY, PRIVATE, Stage
from browser.test_journeys import sign_in
from mcqms_kg.service.pages import MODULES

if TYPE_CHECKING:
    from playwright.sync_api import Page

SLOWEST_S = 20.0
"""What a page may take here, where the machine does much else; the first question about pathways reads all files."""
NO_PAGES = (
    "/static/",
    "/query/terms",
    "/thing/choices",
    "/pathway/links",
    "/pathway/members",
    "/pathway/answer.",
    "/pathway/{question}/picture.",
    "/provider/plan.xlsx",
    "/check/{id}/",
    "/question/{name}/answer.",
)
"""Files, and what scripts ask for."""
MINE = b"@prefix mc: <https://w3id.org/mcqms/ns#> .\n<https://example.org/p> a mc:Provider .\n"
POLY, NOBODY = test_explorer.POLY, "https://example.org/nobody"
WRONG = f"/pathway/impact?of={NOBODY}&as_of={DAY}"
MORE = (
    *("/?group=sector", "/?group=level&order=name&all=true", "/?as_of=1999-01-01", "/?order=random"),
    *(
        "/glossary",
        "/sign-in",
        "/sign-in?next=/check",
        "/comparison?old=none&new=none",
        "/check/none",
        "/provider?id=none",
    ),
    *("/dataset/nothing", "/dataset/flawed-provider/1/file/none.ttl", "/finding/none", "/dataset/flawed-provider/99"),
    *("/question/nothing", "/question/what_a_learner_holds?date=nonsense", "/question/units_covered_by_area_and_level"),
    *(
        "/query?query=SELECT+nonsense",
        "/query?query=ASK+%7B%7D",
        "/query?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+300",
    ),
    "/query?query=CONSTRUCT+WHERE+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+30",
    *(f"/thing?of={NOBODY}", "/thing?of=no+iri", "/vocabulary", "/vocabulary?kind=nothing", "/ns/nothing"),
    *("/clause/8.1", "/requirement/8.1d", "/framework/mcqms", "/profile/mcqms-vocational", "/code/stage-design"),
    *(f"/pathway?holds=nobody+has+this+name&as_of={DAY}", "/pathway?as_of=nonsense", WRONG),
    *(f"/pathway/coverage?of={test_explorer.OCCUPATION}network-technician&as_of={DAY}", "/pathway/recognition"),
    f"/pathway/recognition?of={POLY}mc-installation&in=ZZ&as_of={DAY}",
    *(f"/pathway/structure?kind={kind}&as_of={DAY}" for kind in ("bottlenecks", "dead-ends", "nothing")),
)


def addresses(shown: Stage) -> tuple[str, ...]:
    """Each once: those that other tests look at, and the rest."""
    known = test_pages_look.addresses(shown)
    with shown.api() as api:
        checks = [one["id"] for one in api.get("/datasets/flawed-provider/checks").json()]
        nation = api.get("/findings", params={"dataset": PRIVATE, "limit": 1}).json()["findings"][0]
        worst = f"dataset={PRIVATE}&id={nation['provider']['term']['value']}"
    own = (known["provider"].replace("/provider?", "/provider/plan?"), f"/provider/plan?{worst}&sort=grade")
    narrowed = (f"{known['provider']}&waived=true", f"/provider?{worst}&grade=major", f"/check/{checks[0]}?clause=8.1")
    compared = f"/comparison?old={checks[-1]}&new={checks[0]}"
    return (*known.values(), *test_explorer.ADDRESSES.values(), *own, *narrowed, compared, *MORE)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "id"])
def test_nothing_serious_anywhere(tab: Page, shown: Stage, language: str) -> None:
    sign_in(tab, shown, language=language)
    every = addresses(shown)
    seen_elsewhere = {*test_pages_look.addresses(shown).values(), *test_explorer.ADDRESSES.values()}
    missing = [size for size in SIZES if (size, language) not in (("desktop", "en"), ("phone", "id"))]
    assert not set(_page_routes()) - {route for route in _page_routes() if _is_visited(route, every)}
    first = ["desktop" if language == "en" else "phone"]
    sizes = {address: missing if address in seen_elsewhere else first for address in every}
    wrong = {address: found for address in every if (found := list(_faults(tab, address, sizes[address])))}
    _refuse(tab)
    wrong["a form that is not ours"] = list(_looks(tab, first))
    for name, content in (("Risks.csv", b"ID,Likelihood\nR1,often\n"), ("broken.ttl", b"<x:a> <x:b> .\n")):
        _drop(tab, name, content)
        wrong[name] = list(_looks(tab, first))
    _drop(tab, "mine.ttl", MINE)
    wrong["a report of files"] = list(_looks(tab, first))
    wrong["a file that was dropped"] = list(_faults(tab, f"{tab.url.partition('?')[0]}/file/mine.ttl?line=2", first))
    assert not any(wrong.values()), wrong


def _faults(tab: Page, address: str, sizes: Iterable[str]) -> Iterator[str]:
    begun = time.monotonic()
    answer = tab.goto(address)
    took = time.monotonic() - begun
    if answer is None or answer.status >= 500:
        yield f"status {answer and answer.status}"
    if took > SLOWEST_S:
        yield f"took {took:.1f} s"
    yield from _looks(tab, sizes)


def _looks(tab: Page, sizes: Iterable[str]) -> Iterator[str]:
    """At each of these widths."""
    for size in sizes:
        width, height = SIZES[size]
        tab.set_viewport_size({"width": width, "height": height})
        yield from (f"{size}: {found}" for found in problems(tab))
        if (wider := overflow(tab)) > 1:
            yield f"{size}: wider by {wider}"


def _refuse(tab: Page) -> None:
    """A form without the proof that it is ours."""
    tab.goto("/check")
    form = tab.locator("form[action='/check/dataset']")
    form.locator("input[name=form]").evaluate("field => { field.value = 'forged'; }")
    with tab.expect_navigation() as gone:
        form.locator("button").click()
    assert gone.value.status == 403, tab.url


def _drop(tab: Page, name: str, content: bytes) -> None:
    """A file is dropped, and its check has ended."""
    tab.goto("/check")
    tab.set_input_files("#data", {"name": name, "mimeType": "application/octet-stream", "buffer": content})
    checked(tab, tab.locator("form[action='/check'] button"))


def _page_routes() -> list[str]:
    routes = [route for module in MODULES for route in module.router.routes]
    paths = [str(getattr(route, "path", "")) for route in routes if "GET" in getattr(route, "methods", ())]
    return [path for path in paths if not path.startswith(NO_PAGES)]


def _is_visited(path: str, every: tuple[str, ...]) -> bool:
    routes = [route for module in MODULES for route in module.router.routes if getattr(route, "path", "") == path]
    return any(route.path_regex.match(one.split("?")[0]) for route in routes for one in every)
