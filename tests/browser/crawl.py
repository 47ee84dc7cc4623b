"""Every page that links lead to, as it is sent: what it says, in which element, and where it leads."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx

_EMPTY = {"meta", "link", "img", "br", "input", "hr", "wbr", "col"}
_SPOKEN = ("placeholder", "aria-label", "alt")
"""Attributes that are read out or shown."""
_FILES = re.compile(r"/static/|\.(svg|xlsx|csv|tsv|xml|json|turtle|graphml)(\?|$)|/check/\w+/(report|pack|workbook)")


@dataclass(frozen=True)
class Said:
    """A piece of text, the elements around it with their attributes, the outermost first."""

    text: str
    inside: tuple[tuple[str, Mapping[str, str]], ...]

    def is_in(self, name: str) -> bool:
        """Whether it stands in an element of that name or class."""
        return any(tag == name or name in given.get("class", "").split() for tag, given in self.inside)

    @property
    def language(self) -> str:
        """The language that the nearest element says it is in."""
        return next((given["lang"] for _, given in reversed(self.inside) if given.get("lang")), "")


@dataclass
class Seen(HTMLParser):
    """A page: its status, texts and links."""

    address: str
    status: int
    texts: list[Said] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._inside: list[tuple[str, Mapping[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        here = (*self._inside, (tag, given))
        self.texts += [Said(given[name], here) for name in _SPOKEN if given.get(name)]
        if tag not in _EMPTY:
            self._inside.append((tag, given))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._inside) - 1, -1, -1):
            if self._inside[place][0] == tag:
                del self._inside[place:]
                return

    def handle_data(self, data: str) -> None:
        inside = self._inside[-1] if self._inside else ("", {})
        if inside[0] == "script" and inside[1].get("type") == "application/json":
            self.texts += [Said(text, tuple(self._inside)) for text in _drawn(json.loads(data))]
        elif inside[0] not in ("script", "style") and (text := " ".join(data.split())):
            self.texts.append(Said(text, tuple(self._inside)))


def _drawn(given: Any) -> Iterator[str]:
    """The words that a script draws."""
    if isinstance(given, dict):
        for key, value in given.items():
            if key in ("label", "text", "provider") and isinstance(value, str):
                yield value
            else:
                yield from _drawn(value)
    elif isinstance(given, list):
        for one in given:
            yield from _drawn(one)


def kind(address: str) -> tuple[object, ...]:
    """What makes pages alike: the noun and depth of the path, the names in the query, and the dataset that is shown."""
    parts = urlsplit(address)
    path = parts.path.strip("/").split("/")
    given = dict(parse_qsl(parts.query))
    own = path[1:] if path[0] in ("pathway", "question", "provider") else [str(len(path)), *path[2:3]]
    return (path[0], *own, tuple(sorted(given)), given.get("dataset"), given.get("kind"))


def crawled(client: httpx.Client, first: tuple[str, ...], each: int, most: int) -> Iterator[Seen]:
    """The first pages, and those to which links lead: `each` of a kind, no more than `most` in all; files are left out."""
    base = str(client.base_url).rstrip("/")
    waiting, known, counted = deque(first), set(first), Counter[tuple[object, ...]]()
    while waiting and most:
        address = waiting.popleft()
        counted[kind(address)] += address not in first
        if counted[kind(address)] > each:
            continue
        answer = client.get(address, follow_redirects=True)
        if "html" not in answer.headers.get("content-type", ""):
            continue
        most -= 1
        page = Seen(address, answer.status_code)
        page.feed(answer.text)
        for link in page.links:
            there = urljoin(f"{base}{address}", link).split("#")[0]
            to = there.removeprefix(base)
            if there.startswith(base) and to not in known and not _FILES.search(to) and "lang=" not in to:
                known.add(to)
                waiting.append(to)
        yield page
