"""The documentation as data: pages, their code blocks, their links and headings.

A block is run where its first word says so: `console` (commands behind `$ ` and what they print) and `pycon` (a Python
session). `…` stands for whatever was left out: alone on a line for any lines, inside a line for any text. A `turtle`
block with a second word is a file of that name in the folder in which the page is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = "…"
_FENCE = re.compile(r"^( *)```(.*)$")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.*)$")


@dataclass(frozen=True)
class Block:
    """A fenced block: the words after the fence, its text, and the line on which it begins."""

    info: tuple[str, ...]
    text: str
    line: int

    @property
    def language(self) -> str:
        return self.info[0] if self.info else ""


@dataclass(frozen=True)
class Command:
    """A command of a console block and the lines that it must print."""

    text: str
    prints: tuple[str, ...]
    line: int


def pages() -> tuple[Path, ...]:
    """Every page of the documentation, the generated references included."""
    top = (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))
    return (*top, *sorted((ROOT / "docs").rglob("*.md")))


def written_pages() -> tuple[Path, ...]:
    """The pages that people write."""
    return tuple(p for p in pages() if "reference" not in p.relative_to(ROOT).parts)


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def blocks(page: Path) -> tuple[Block, ...]:
    """The fenced blocks of a page, in order."""
    return tuple(_blocks(page.read_text("utf-8").splitlines()))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    info: tuple[str, ...] | None = None
    indent, start, inside = "", 0, list[str]()
    for number, line in enumerate(lines, start=1):
        fence = _FENCE.match(line)
        if info is None:
            if fence:
                indent, info, start, inside = fence[1], tuple(fence[2].split()), number, []
        elif fence and not fence[2]:
            yield Block(info, "\n".join(inside) + "\n", start)
            info = None
        else:
            inside.append(line.removeprefix(indent))


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    kept, fenced = list[str](), False
    for line in page.read_text("utf-8").splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            kept.append(line)
    return "\n".join(kept)


def links(page: Path) -> tuple[str, ...]:
    """The targets of the page's links, outside code."""
    return tuple(_LINK.findall(re.sub(r"`[^`\n]*`", "", prose(page))))


def anchors(page: Path) -> frozenset[str]:
    """The anchors that GitHub and its like make of the page's headings."""
    headings = (m[1] for line in prose(page).splitlines() if (m := _HEADING.match(line)))
    return frozenset(re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings)


def commands(block: Block) -> tuple[Command, ...]:
    """The commands of a console block; a backslash at the end of a line goes on with the next."""
    found: list[Command] = []
    lines = block.text.replace("\\\n", "").splitlines()
    for number, line in enumerate(lines, start=block.line + 1):
        if line.startswith("$ "):
            found.append(Command(line[2:], (), number))
        else:
            assert found, f"line {number}: a console block begins with a command"
            last = found.pop()
            found.append(Command(last.text, (*last.prints, line), last.line))
    return tuple(found)


def difference(shown: Sequence[str], printed: Sequence[str]) -> str:
    """Where what was printed is not what is shown; empty where it is."""
    rest, free = [line.rstrip() for line in printed], False
    for part in _parts([line.rstrip() for line in shown]):
        if part is None:
            free = True
            continue
        at = _find(part, rest, free)
        if at is None:
            return "\n".join(("shown:", *part, "printed:", *rest[: len(part) + 30]))
        rest, free = rest[at + len(part) :], False
    return "" if free or not rest else "\n".join(("printed and not shown:", *rest[:30]))


def _parts(shown: Sequence[str]) -> Iterator[tuple[str, ...] | None]:
    """Runs of lines that stand together; nothing for what was left out between them."""
    run: list[str] = []
    for line in shown:
        if line.strip() == LEFT_OUT:
            if run:
                yield tuple(run)
            run = []
            yield None
        else:
            run.append(line)
    if run:
        yield tuple(run)


def _find(part: Sequence[str], lines: Sequence[str], anywhere: bool) -> int | None:
    for at in range(len(lines) - len(part) + 1) if anywhere else range(1):
        here = lines[at : at + len(part)]
        if len(here) == len(part) and all(map(same, part, here)):
            return at
    return None


def same(shown: str, printed: str) -> bool:
    """Whether a printed line is the shown one, with any text for each `…`; how wide columns are does not matter."""
    pattern = ".*".join(map(re.escape, _narrow(shown).split(LEFT_OUT)))
    return re.fullmatch(pattern, _narrow(printed)) is not None


def _narrow(line: str) -> str:
    """The line with each gap between columns as one space; the indent stays."""
    return re.sub(r"(?<=\S) {2,}", " ", line)
