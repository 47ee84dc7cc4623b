"""Measures the overview of the workbench in a real browser: what it weighs, compressed, and when it is first seen. Needs Debian's chromium.

`.venv/bin/python bench/workbench.py --providers 200` writes one table. The service, the browser and the data are on this machine.
"""

from __future__ import annotations

import argparse
import html
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

DAY = "2026-06-30"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
PAINT = "performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0]"
RUNS = 5


@dataclass(frozen=True)
class Seen:
    """A page: bytes as they were sent, requests, and milliseconds until something of it was painted."""

    page: str
    kilobytes: float
    requests: int
    first: float
    again: float


def main() -> None:
    """Makes a nation, checks it, looks at it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--providers", type=int, default=200)
    options.add_argument("--credentials", type=int, default=1000)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), given.providers, given.credentials) as address:
        rows = [looked_at(address, name, path) for name, path in pages(address).items()]
    print(f"| page, {given.providers} providers | kB sent | requests | first paint, ms | again, ms |\n|---|---|---|---|---|")
    for row in rows:
        print(f"| {row.page} | {row.kilobytes:.0f} | {row.requests} | {row.first:.0f} | {row.again:.0f} |")


@contextmanager
def served(folder: Path, providers: int, credentials: int) -> Iterator[str]:
    """The address of a service over a nation that was checked."""
    mcqms, data, port = [sys.executable, "-m", "mcqms_kg"], folder / "nation.nq", "8391"
    where = ["--workspace", str(folder / "ws")]
    generate = ["generate", "-o", str(data), "--providers", str(providers), "--credentials", str(credentials)]
    steps = (
        [*generate, "--defects", "0.05", "--as-of", DAY],
        ["init", *where],
        ["import", str(data), "--dataset", "nation", *where],
        ["check", "--dataset", "nation", "--as-of", DAY, "--format", "json", "-o", str(folder / "r.json"), *where],
    )
    for step in steps:
        begun = time.perf_counter()
        done = subprocess.run([*mcqms, *step], capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
        print(f"{step[0]}: {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    with subprocess.Popen([*mcqms, "serve", "--port", port, *where], stderr=subprocess.DEVNULL) as service:
        try:
            address = f"http://127.0.0.1:{port}"
            await_(f"{address}/health/ready")
            yield address
        finally:
            service.terminate()


def await_(address: str) -> None:
    """Waits until a service answers."""
    for _ in range(600):
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise SystemExit("the service did not start")


def pages(address: str) -> dict[str, str]:
    """The pages of a regulator's way, the first time found by following it."""
    text = httpx.get(address, headers={"accept": "text/html"}, timeout=300).text
    provider = html.unescape(re.findall(r'href="(/provider[^"#]*)"', text)[0])
    return {"overview": "/", "overview of clause 8": "/?clause=8", "provider": provider}


def looked_at(address: str, name: str, path: str) -> Seen:
    """A page in a browser that has seen nothing, and once more in one that has."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        firsts, agains, sent = [], [], []
        for _ in range(RUNS):
            context = browser.new_context(base_url=address)
            tab, sizes = context.new_page(), []
            tab.on("requestfinished", lambda asked, sizes=sizes: sizes.append(size(asked)))
            tab.goto(path)
            firsts.append(painted(tab))
            sent.append((sum(sizes), len(sizes)))
            tab.goto(path)
            agains.append(painted(tab))
            context.close()
        browser.close()
    weight, requests = max(sent)
    return Seen(name, weight / 1000, requests, statistics.median(firsts), statistics.median(agains))


def painted(tab: Any) -> float:
    """Milliseconds until something was seen."""
    while (found := tab.evaluate(PAINT)) is None:
        tab.wait_for_timeout(20)
    return float(found)


def size(asked: Any) -> int:
    """Bytes of a response as they came, with its headers."""
    sizes = asked.sizes()
    return int(sizes["responseBodySize"] + sizes["responseHeadersSize"])


if __name__ == "__main__":
    main()
