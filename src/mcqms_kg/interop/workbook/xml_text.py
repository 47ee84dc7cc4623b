"""Places in the text of an XML part, so that a part is changed without being written anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

_NAMED = re.compile(rb"<([^\s/>]+)")


@dataclass(frozen=True)
class Tag:
    """An element as it stands in the bytes: its name without prefix, the names around it, its attributes, and its places.

    `opened` is where its content begins, `closed` where its end tag begins; both are the end for an element without content.
    """

    name: str
    path: tuple[str, ...]
    attributes: Mapping[str, str]
    start: int
    opened: int
    closed: int
    end: int

    @property
    def is_empty(self) -> bool:
        return self.opened == self.end


def tags(content: bytes, *wanted: str) -> list[Tag]:
    """The elements of these names, in the order in which they begin."""
    names = frozenset(wanted)
    parser = expat.ParserCreate()
    stack: list[tuple[str, Mapping[str, str], int]] = []
    found: list[Tag] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        stack.append((name.rpartition(":")[2], attributes, parser.CurrentByteIndex))

    def end(_: str) -> None:
        name, attributes, begin = stack.pop()
        if name in names:
            closed = parser.CurrentByteIndex
            opened = _after(content, begin)
            if content[opened - 2 : opened] == b"/>":
                closed = last = opened
            else:
                last = content.index(b">", closed) + 1
            found.append(Tag(name, tuple(one[0] for one in stack), attributes, begin, opened, closed, last))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(content, True)
    return sorted(found, key=lambda tag: tag.start)


def qualified(content: bytes, tag: Tag) -> bytes:
    """The name of the element as it was written, with its prefix."""
    match = _NAMED.match(content, tag.start)
    return match[1] if match else tag.name.encode()


def prefix(content: bytes, tag: Tag) -> bytes:
    """The prefix with which the element was written, with its colon."""
    return qualified(content, tag)[: -len(tag.name)]


def replaced(content: bytes, changes: Iterable[tuple[int, int, bytes]]) -> bytes:
    """The content with new bytes from one place to another; changes at equal places keep their order."""
    out: list[bytes] = []
    at = 0
    for begin, end, new in sorted(changes, key=lambda change: change[:2]):
        out += [content[at:begin], new]
        at = end
    return b"".join((*out, content[at:]))


def inside(content: bytes, tag: Tag, new: bytes) -> tuple[int, int, bytes]:
    """The change that puts something at the end of an element's content."""
    if not tag.is_empty:
        return tag.closed, tag.closed, new
    head = content[tag.start : tag.end].rstrip(b">").rstrip(b"/").rstrip()
    return tag.start, tag.end, head + b">" + new + b"</" + qualified(content, tag) + b">"


def with_attribute(start_tag: bytes, name: str, value: str) -> bytes:
    """A start tag with the attribute set."""
    new = f' {name}="{value}"'.encode()
    found = re.search(rb"\s" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", start_tag)
    if found:
        return start_tag[: found.start()] + new + start_tag[found.end() :]
    close = len(start_tag) - (2 if start_tag.endswith(b"/>") else 1)
    return start_tag[:close].rstrip() + new + start_tag[close:]


def counted(content: bytes, tag: Tag, more: int) -> tuple[int, int, bytes]:
    """The change of a start tag whose `count` grows."""
    count = int(tag.attributes.get("count", "0")) + more
    return tag.start, tag.opened, with_attribute(content[tag.start : tag.opened], "count", str(count))


def _after(content: bytes, begin: int) -> int:
    """Where a start tag ends: a greater-than sign inside an attribute does not end it."""
    at = begin
    while True:
        close = content.index(b">", at)
        quotes = [q for q in (content.find(b'"', at, close), content.find(b"'", at, close)) if q >= 0]
        if not quotes:
            return close + 1
        first = min(quotes)
        at = content.index(content[first : first + 1], first + 1) + 1
