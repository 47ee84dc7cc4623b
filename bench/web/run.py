"""Measures pages in a real browser: bytes over the wire, and when something meaningful is there. `make bench-web` runs it; needs chromium.

Each page is opened by a browser that kept nothing, and then by one that was there before. What is meaningful is named for each page; its
time is that of the first frame after it is in the page. Processor time is what the page's main thread took, and depends less on neighbours.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

import mcqms_kg
from mcqms_kg.service.serving import Serving
from mcqms_kg.settings import QueryLimits

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
from service.live import running

DAY = "2026-06-30"
MOST_KB, MOST_S = 300, 1.0
"""The goal, for the overview."""
PAGES: dict[str, tuple[str, str]] = {
    "overview": ("/", "#map tbody tr:last-child"),
    "a provider": ("/provider?dataset=nation&profile=mcqms&as_of={day}&id={provider}", "#findings"),
    "pathways, everything": ("/pathway", "#things tr[data-iri]"),
    "a question": ("/question/problems_still_open?date={day}", "table.results tbody tr"),
    "SPARQL": ("/query", ".CodeMirror"),
    "vocabulary": ("/vocabulary", "table.terms tbody tr"),
}
WATCH = """
selector => new Promise(done => {
  const look = () => document.querySelector(selector) ? requestAnimationFrame(() => done(performance.now()))
    : performance.now() < 30000 ? setTimeout(look, 4) : done(Infinity);
  look();
})
"""


SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 25_000}
"""A mobile line of the third generation: milliseconds, and bytes in a second."""


@dataclass(frozen=True)
class Row:
    """One page, opened cold and warm: kilobytes over the wire, and milliseconds; the last on a slow line, with nothing kept."""

    page: str
    cold_kb: float
    warm_kb: float
    first_ms: float
    meaningful_ms: float
    script_ms: float
    slow_ms: float


def main(arguments: Sequence[str] | None = None) -> int:
    """0 where the overview meets the goal, 1 where not, 2 where nothing could be measured."""
    given = _options(arguments)
    path = shutil.which("chromium")
    if path is None:
        print("bench: `chromium` is not installed (a package of that name)", file=sys.stderr)
        return 2
    with _stage(given.folder.resolve(), given.providers, given.credentials) as address:
        provider = quote(_first_provider(address), safe="")
        rows = [
            _measured(path, address, name, page.format(day=DAY, provider=provider), selector, given.rounds)
            for name, (page, selector) in PAGES.items()
        ]
    print(_written(rows, given.providers))
    restarted = _after_a_restart(given.folder.resolve() / f"web-{given.providers}" / "ws")
    print("\nAfter a restart, in ms:", ", ".join(f"{name} {took:.0f}" for name, took in restarted.items()))
    overview = rows[0]
    return 0 if overview.cold_kb <= MOST_KB and overview.meaningful_ms <= 1000 * MOST_S else 1


@contextmanager
def _stage(folder: Path, providers: int, credentials: int) -> Iterator[str]:
    """A service that holds a checked nation of so many providers."""
    workspace = folder / f"web-{providers}"
    shutil.rmtree(workspace, ignore_errors=True)
    workspace.mkdir(parents=True)
    mcqms_kg.generate(workspace / "nation.nq", providers=providers, credentials=credentials, defects=0.1, as_of=DAY)
    mcqms_kg.init(workspace / "ws")
    mcqms_kg.import_files([workspace / "nation.nq"], "nation", title="Nation", workspace=workspace / "ws")
    token = mcqms_kg.new_token("bench", "regulator", workspace=workspace / "ws")
    with running(partial(Serving, workspace / "ws", QueryLimits(), 1)) as address:
        headers = {"authorization": f"Bearer {token}", "prefer": "respond-async"}
        with httpx.Client(base_url=address, headers=headers, timeout=900) as api:
            _check(api)
        yield address


def _after_a_restart(workspace: Path) -> dict[str, float]:
    """Milliseconds until the first pages are sent by a service that has just begun, one after the other."""
    took: dict[str, float] = {}
    with running(partial(Serving, workspace, QueryLimits(), 1)) as address:
        first = f"{_first_provider(address)}/credential/0"
        for name, page in (("the overview", "/"), ("again", "/"), ("a pathway", f"/pathway?holds={quote(first)}")):
            began = time.monotonic()
            httpx.get(f"{address}{page}", headers={"accept": "text/html"}, timeout=300).raise_for_status()
            took[name] = 1000 * (time.monotonic() - began)
    return took


def _first_provider(address: str) -> str:
    """The IRI of one of them."""
    found = httpx.get(f"{address}/providers", params={"limit": 1}, timeout=120).raise_for_status().json()
    return str(found["providers"][0]["term"]["value"])


def _check(api: httpx.Client) -> None:
    """Checks the nation, however long it takes."""
    begun = api.post("/datasets/nation/checks", json={"as_of": DAY})
    begun.raise_for_status()
    while not api.get("/datasets/nation/checks").raise_for_status().json():
        time.sleep(1)


def _measured(path: str, address: str, name: str, page: str, selector: str, rounds: int) -> Row:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        httpx.get(f"{address}{page}", headers={"accept": "text/html"}, timeout=120)  # what the service itself keeps
        seen = [_opened(browser, address + page, selector) for _ in range(rounds)]
        slow = _on_a_slow_line(browser, address + page, selector)
        browser.close()
    return Row(name, *(round(statistics.median(values), 1) for values in zip(*seen, strict=True)), round(slow))


def _on_a_slow_line(browser: Any, url: str, selector: str) -> float:
    """Milliseconds until what is meaningful is there, in a browser that kept nothing."""
    context = browser.new_context(viewport={"width": 1366, "height": 850})
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    tab.goto(url, wait_until="commit")
    took = float(tab.evaluate(WATCH, selector))
    context.close()
    return took


def _opened(browser: Any, url: str, selector: str) -> tuple[float, float, float, float, float]:
    """Kilobytes of the first and of the second visit, first paint, meaningful paint, and what scripts took."""
    context = browser.new_context(viewport={"width": 1366, "height": 850})
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send("Network.enable")
    session.send("Performance.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda told: received.append(told["encodedDataLength"]))
    tab.goto(url, wait_until="commit")
    meaningful = float(tab.evaluate(WATCH, selector))
    tab.wait_for_load_state("networkidle")
    first = tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    cold = sum(received)
    received.clear()
    tab.reload(wait_until="networkidle")
    warm = sum(received)
    context.close()
    return cold / 1000, warm / 1000, float(first), meaningful, 1000 * metrics["ScriptDuration"]


def _written(rows: Sequence[Row], providers: int) -> str:
    lines = [
        f"{providers} providers; the goal for the overview is {MOST_KB} kB and {MOST_S:g} s.",
        "",
        "| page | cold, kB | again, kB | first paint, ms | meaningful, ms | scripts, ms | slow line, ms |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(
            f"| {r.page} | {r.cold_kb:g} | {r.warm_kb:g} | {r.first_ms:g} | {r.meaningful_ms:g} | {r.script_ms:g} | {r.slow_ms:g} |"
            for r in rows
        ),
    ]
    return "\n".join(lines)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/web/run.py", description="Measures the pages in a real browser.")
    parser.add_argument("--providers", type=int, default=200)
    parser.add_argument("--credentials", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is opened")
    parser.add_argument("--folder", type=Path, default=Path("build/bench"), help="where the data lies")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
