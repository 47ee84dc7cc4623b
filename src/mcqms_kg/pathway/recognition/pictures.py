"""A recognition answer as a picture: a row for each chain, and where there is none, for each way that lacks the least."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from html import escape

from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.shown import name
from mcqms_kg.pathway.recognition import words
from mcqms_kg.pathway.recognition.model import Link, Recognition, Status

_BOX, _GAP, _ROW, _TALL, _LETTERS = 190, 130, 130, 64, 24
_MARKS = {Status.VERIFIED: "✓", Status.STATED: "·", Status.UNVERIFIED: "?"}
"""What stands on an arrow, so that nothing is told by colour or by line alone."""


def mermaid(graph: Facts, answer: Recognition, language: str) -> str:
    """A flow chart for pages that draw Mermaid; unverified links are dotted, and what does not hold is crossed."""
    numbers: dict[object, str] = {}
    lines = ["flowchart LR"]
    for row in _rows(answer):
        for link in row:
            for node in (link.start, link.end):
                if node not in numbers:
                    numbers[node] = f"n{len(numbers)}"
                    lines.append(f'  {numbers[node]}["{_quoted(words.called(graph, node, language))}"]')
            arrow = "--x" if link.faults else "-.->" if link.status is Status.UNVERIFIED else "-->"
            label = f"{_mark(link)} {words.status(link.status, language)}: {name(graph, link.record, language)}"
            lines.append(f'  {numbers[link.start]} {arrow}|"{_quoted(label)}"| {numbers[link.end]}')
    return "\n".join(dict.fromkeys(lines)) + "\n"


def svg(graph: Facts, answer: Recognition, language: str) -> str:
    """A drawing from left to right; it holds no script and names no address."""
    rows = _rows(answer)
    longest = max((len(row) for row in rows), default=0)
    width, height = 40 + _BOX + longest * (_BOX + _GAP), 70 + _ROW * max(1, len(rows))
    verdict = words.say(words.ANSWER, answer.verdict.value, language, place=words.called(graph, answer.place, language))
    title = f"{name(graph, answer.credential, language)}: {verdict}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'role="img" font-family="sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L10 5L0 10z"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        f'<text x="20" y="28" font-size="15" font-weight="bold">{escape(title)}</text>',
    ]
    for number, row in enumerate(rows):
        parts += _drawn(graph, row, 50 + number * _ROW, language)
    return "\n".join((*parts, "</svg>")) + "\n"


def _rows(answer: Recognition) -> Sequence[Sequence[Link]]:
    if answer.chains:
        return [chain.links for chain in answer.chains]
    return [gap.links for gap in answer.gaps if gap.links]


def _drawn(graph: Facts, row: Sequence[Link], top: int, language: str) -> Iterator[str]:
    for number, link in enumerate(row):
        left = 20 + number * (_BOX + _GAP)
        yield from _box(words.called(graph, link.start, language), left, top)
        yield from _arrow(graph, link, left + _BOX, top + _TALL // 2, language)
    yield from _box(words.called(graph, row[-1].end, language), 20 + len(row) * (_BOX + _GAP), top)


def _box(name: str, left: int, top: int) -> Iterator[str]:
    yield f'<rect x="{left}" y="{top}" width="{_BOX}" height="{_TALL}" rx="6" fill="#f4f6f8" stroke="#333"/>'
    lines = textwrap.wrap(name, _LETTERS)[:3] or [""]
    for number, line in enumerate(lines):
        y = top + _TALL // 2 + 4 + 15 * number - 7 * (len(lines) - 1)
        yield f'<text x="{left + _BOX // 2}" y="{y}" text-anchor="middle">{escape(line)}</text>'


def _arrow(graph: Facts, link: Link, left: int, y: int, language: str) -> Iterator[str]:
    dashes = ' stroke-dasharray="2 6"' if link.faults else ' stroke-dasharray="7 4"' if not link.sound else ""
    middle = left + _GAP // 2
    yield f'<line x1="{left}" y1="{y}" x2="{left + _GAP}" y2="{y}" stroke="#333" stroke-width="2"{dashes} marker-end="url(#arrow)"/>'
    status = f"{_mark(link)} {words.status(link.status, language)}"
    yield f'<text x="{middle}" y="{y - 8}" text-anchor="middle">{escape(status)}</text>'
    told = "; ".join((name(graph, link.record, language), *(words.fault(graph, f, language) for f in link.faults)))
    for number, line in enumerate(textwrap.wrap(told, 20)[:3]):
        yield f'<text x="{middle}" y="{y + 16 + 12 * number}" font-size="10" text-anchor="middle">{escape(line)}</text>'


def _mark(link: Link) -> str:
    return "✗" if link.faults else _MARKS[link.status]


def _quoted(text: str) -> str:
    """Text inside a Mermaid label: entities for what would end it or be read as markup."""
    return "".join(f"#{ord(c)};" if c in '"#<>&|[]{}`;\\' else " " if c.isspace() else c for c in text)
