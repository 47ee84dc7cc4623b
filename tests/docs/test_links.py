"""Every link inside the documentation leads somewhere, and what the pages name is there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from docs.pages import ROOT, anchors, links, name, pages, written_pages

_MAKE = re.compile(r"`make ([a-z][a-z-]*)`")
_PLACES = re.compile(r"`((?:ontology|shapes|queries|data|docs|src|tests)/[\w./<>*…-]*)`")


@pytest.mark.parametrize("page", pages(), ids=name)
def test_internal_links_resolve(page: Path) -> None:
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere"
        assert target.is_relative_to(ROOT), f"{link} leads out of the project"
        assert not anchor or anchor in anchors(target), f"{link}: there is no such heading"


@pytest.mark.parametrize("page", written_pages(), ids=name)
def test_targets_of_make_exist(page: Path) -> None:
    rules = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(_MAKE.findall(page.read_text("utf-8"))) <= rules


@pytest.mark.parametrize("page", written_pages(), ids=name)
def test_files_that_a_page_names_exist(page: Path) -> None:
    named = {p for p in _PLACES.findall(page.read_text("utf-8")) if not re.search(r"[<>*…]", p)}
    assert not {p for p in named if not (ROOT / p).exists()}


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=name)
def test_every_page_is_reached_from_the_readme(page: Path) -> None:
    reached, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        now = waiting.pop()
        if now not in reached and now.suffix == ".md":
            reached.add(now)
            waiting += [(now.parent / link.partition("#")[0]).resolve() for link in links(now) if ":" not in link]
    assert page in reached
