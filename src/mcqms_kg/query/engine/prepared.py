"""Prepared queries: those that differ only in the IRIs that they name are judged once.

Nothing of the judgement depends on which IRI stands where, but for the properties of paths that are walked: these are the same.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest

from mcqms_kg.namespaces import PREFIXES
from mcqms_kg.query.grammar.parsed import Form
from mcqms_kg.query.guard import Judged
from mcqms_kg.sparql.tokens import IRI, Token, spell

_IRI = re.compile(IRI)
_CARE = re.compile(r"[\"'\\#]")
"""What begins a string, an escape or a comment. Where none stands outside of IRIs, IRIs are found as the tokens find them."""
_MOST, _LONGEST = 1000, 4000
_CHANGING = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
"""Words of queries that are answered otherwise each time."""


@dataclass(frozen=True)
class Prepared:
    """A query that may be run on any data as it is: its form, its text, the prefixes it uses of ours, and whether its answer lasts."""

    form: Form
    text: str
    prefixes: Mapping[str, str]
    lasting: bool
    names_graphs: bool
    """Whether it asks graphs by name; the engine takes longer where it is told which there are."""
    walked: Judged | None = field(default=None, compare=False)
    """What was judged, where the properties of its paths tell which store answers it rightly (`engine.walks`)."""


@dataclass(frozen=True)
class _Kept:
    """A prepared query, the pieces of its text around the IRIs, and those IRIs that must be the same: number and text."""

    query: Prepared
    pieces: tuple[str, ...]
    same: tuple[tuple[int, str], ...]


def prepared(judged: Judged) -> Prepared:
    """What was judged, as it is run."""
    tokens = judged.parsed.tokens
    words = {token.word for token in tokens}
    prefixes = {
        name: PREFIXES[name] for name in (_prefixes(tokens) - _prefixes(judged.parsed.prologue)) & PREFIXES.keys()
    }
    walked = judged if judged.parsed.walks else None
    return Prepared(judged.parsed.form, judged.text, prefixes, not words & _CHANGING, "GRAPH" in words, walked)


def _prefixes(tokens: Sequence[Token]) -> set[str]:
    """Those of names; in the prologue, those that it declares."""
    return {token.text.partition(":")[0] for token in tokens if token.kind == "name"}


class PreparedQueries:
    """The judgements of the last queries, by what stands around their IRIs."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, _Kept] = OrderedDict()

    def find(self, text: str) -> Prepared | None:
        """The query as it is run, where one like it was judged, and nothing is to be done but to run it."""
        around = _around(text)
        known = self._known.get(around) if around else None
        if known is None:
            return None
        iris = _IRI.findall(text)
        if any(iris[number] != iri for number, iri in known.same):
            return None
        found, parts = known.query, chain.from_iterable(zip_longest(known.pieces, iris, fillvalue=""))
        return Prepared(found.form, "".join(parts), found.prefixes, found.lasting, found.names_graphs, found.walked)

    def keep(self, text: str, judged: Judged) -> None:
        """Keeps the judgement, unless the IRIs matter to it: where they name graphs to choose, or ends of paths to look for."""
        parsed = judged.parsed
        around = _around(text)
        if not around or judged.ends or judged.spread or parsed.from_graphs or parsed.from_named:
            return
        at = [number for number, token in enumerate(parsed.tokens) if token.kind == "iri"]
        if [parsed.tokens[number].text for number in at] != _IRI.findall(text):
            return
        spelt = prepared(judged)
        if spelt.text != spell(parsed.tokens):
            return
        self._known[around] = _Kept(spelt, tuple(_pieces(judged, at)), tuple(_of_walks(judged, at)))
        while len(self._known) > _MOST:
            self._known.popitem(last=False)


def _of_walks(judged: Judged, at: list[int]) -> Iterator[tuple[int, str]]:
    """The IRIs of paths that are walked, and those of the prologue that names in such paths may stand for."""
    parsed = judged.parsed
    within = {token for path in parsed.walks for token in (*path, *parsed.prologue)}
    for number, token in enumerate([parsed.tokens[place] for place in at]):
        if token in within:
            yield number, token.text


def _pieces(judged: Judged, at: list[int]) -> list[str]:
    """The spelt query cut at its IRIs."""
    found, rest = [], judged.text
    for number in at:
        before, _, rest = rest.partition(judged.parsed.tokens[number].text)
        found.append(before)
    return [*found, rest]


def _around(text: str) -> str:
    """The query with nothing in its IRIs; nothing where it needs care."""
    if len(text) > _LONGEST or "<<" in text:
        return ""
    around = _IRI.sub("<>", text)
    return "" if _CARE.search(around) else around
