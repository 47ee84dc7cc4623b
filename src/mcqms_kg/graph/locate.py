"""Where in a file a thing is described: line numbers for Turtle, TriG, N-Triples and N-Quads.

The parsers in use give no lines, so this scans the tokens of files that were already read without error.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from mcqms_kg.errors import Place
from mcqms_kg.graph import terms
from mcqms_kg.graph.translated import translated_statements, translation_of
from mcqms_kg.model import Term
from mcqms_kg.namespaces import RDF
from mcqms_kg.settings import MEBIBYTE

LARGEST_TURTLE = 256 * MEBIBYTE
"""Turtle and TriG files above this size are not searched for lines: they are scanned in memory."""

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<text>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | <(?P<iri>[^<>"\s]*)>
      | (?P<mark>[;,\[\](){}])
      | (?P<word>[^\s<>"'()\[\]{};,]+)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True)
class Lines:
    """First place by subject, and by subject and predicate."""

    subjects: Mapping[Term, Place] = field(default_factory=dict)
    statements: Mapping[tuple[Term, Term], Place] = field(default_factory=dict)

    def of(self, subject: Term, predicate: Term | None = None) -> Place | None:
        """The line of the statement if it is known, else of the subject."""
        by_statement = self.statements.get((subject, predicate)) if predicate else None
        return by_statement or self.subjects.get(subject)


def locate(paths: Iterable[Path], subjects: Collection[Term]) -> Lines:
    """The lines on which the subjects (IRIs) are described; files in other syntaxes, or too large, give none."""
    found_subjects: dict[Term, Place] = {}
    found_statements: dict[tuple[Term, Term], Place] = {}
    for path in paths:
        for subject, predicate, place in _placed(path, subjects):
            found_subjects.setdefault(subject, place)
            found_statements.setdefault((subject, predicate), place)
    return Lines(found_subjects, found_statements)


def _placed(path: Path, subjects: Collection[Term]) -> Iterator[tuple[Term, Term, Place]]:
    """Statements about the subjects with their places; those of a translation lie in what was translated."""
    if translation := translation_of(path):
        for subject, predicate, at in translated_statements(path):
            if subject in subjects:
                yield subject, predicate, Place(translation.file, at=at)
        return
    name = str(path)
    for subject, predicate, line in statements(path, subjects):
        if subject in subjects:
            yield subject, predicate, Place(name, line)


def statements(path: Path, subjects: Collection[Term] | None = None) -> Iterator[tuple[Term, Term, int]]:
    """Subject, predicate and line of every statement about an IRI that does not stand inside brackets.

    Where only some `subjects` are asked for, lines about others may be left out.
    """
    ending = path.suffix.lower()
    if ending in (".nt", ".nq"):
        yield from _line_by_line(path, subjects)
    elif ending in (".ttl", ".shacl", ".shapes", ".trig") and path.stat().st_size <= LARGEST_TURTLE:
        yield from _Scanner().run(path.read_text("utf-8-sig"))


def _line_by_line(path: Path, subjects: Collection[Term] | None) -> Iterator[tuple[Term, Term, int]]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if subjects is not None and line.partition(" ")[0] not in subjects and line[:1] == "<" and "\t" not in line:
                continue  # most lines of a large file are about something else
            parts = line.split(None, 2)
            if len(parts) == 3 and terms.is_iri(parts[0]):
                yield Term(parts[0]), Term(parts[1]), number


class _Scanner:
    """Walks the tokens of Turtle or TriG and keeps the subject in force."""

    def __init__(self) -> None:
        self.prefixes: dict[str, str] = {}
        self.base = ""
        self.depth = 0
        self.statement: list[Term | None] = []
        self.directive: list[str] = []

    def run(self, text: str) -> Iterator[tuple[Term, Term, int]]:
        line, position = 1, 0
        for token in _TOKEN.finditer(text):
            line += text.count("\n", position, token.start())
            position = token.start()
            if token.lastgroup != "comment":
                yield from self._step(token, line)

    def _step(self, token: re.Match[str], line: int) -> Iterator[tuple[Term, Term, int]]:
        word = token["word"] or ""
        if self.directive or word.lower() in ("@prefix", "@base", "prefix", "base"):
            self._take_directive(token)
            return
        if token["mark"]:
            self._take_mark(token["mark"])
            return
        stops, word = word.endswith(".") and not token["text"], word
        name = word.rstrip(".") if stops else word
        if self.depth == 0 and (name or token["iri"] is not None or token["text"]):
            self.statement.append(self._term(token, name))
            if len(self.statement) == 2 and self.statement[0] and self.statement[1]:
                yield self.statement[0], self.statement[1], line
        if stops and self.depth == 0:
            self.statement = []

    def _take_mark(self, mark: str) -> None:
        if mark in "[(":
            if self.depth == 0:
                self.statement.append(None)
            self.depth += 1
        elif mark in "])":
            self.depth -= 1
        elif mark in "{}":
            self.statement = []
        elif mark == ";" and self.depth == 0:
            self.statement = self.statement[:1]

    def _take_directive(self, token: re.Match[str]) -> None:
        self.directive.append(token["word"] or "")
        if token["iri"] is None:
            return
        if self.directive[0].lower().endswith("prefix"):
            self.prefixes[self.directive[1]] = urljoin(self.base, token["iri"])
        else:
            self.base = urljoin(self.base, token["iri"])
        self.directive = []

    def _term(self, token: re.Match[str], name: str) -> Term | None:
        if token["iri"] is not None:
            return terms.iri(urljoin(self.base, token["iri"]) if self.base else token["iri"])
        if name == "a":
            return terms.iri(RDF + "type")
        prefix, colon, local = name.partition(":")
        if colon and prefix + ":" in self.prefixes:
            return terms.iri(self.prefixes[prefix + ":"] + re.sub(r"\\(.)", r"\1", local))
        return None
