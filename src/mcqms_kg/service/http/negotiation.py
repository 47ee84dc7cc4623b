"""Media types: which formats an Accept header asks for, best first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mcqms_kg.service.http.problems import NotAcceptable

MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "turtle": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "rdfxml": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "trig": "application/trig",
    "nq": "application/n-quads",
}
"""Format to the media type it is sent with; the order is ours where the asker has none."""
_SHORT = 300
_WEIGHT = re.compile(r"[0-9]{1,9}(\.[0-9]{0,9})?|\.[0-9]{1,9}")
_ALSO = {"application/json": ("json", "jsonld"), "application/xml": ("xml", "rdfxml"), "text/plain": ("nt",)}


def formats(accept: str | None, known: Mapping[str, str] = MEDIA_TYPES) -> tuple[str, ...]:
    """The formats that are accepted, those with the higher weight first; empty where none is."""
    if accept is None or not accept.strip():
        return tuple(known)
    if known is MEDIA_TYPES and len(accept) <= _SHORT:
        return _answered(accept)
    return _accepted(accept, known)


@lru_cache(maxsize=1024)
def _answered(accept: str) -> tuple[str, ...]:
    """Programs send the same few headers with every query."""
    return _accepted(accept, MEDIA_TYPES)


def _accepted(accept: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """For each format the narrowest range that takes it in counts (RFC 9110, 12.5.1), and of two alike that which refuses.

    Of those with one weight, what stands first comes first.
    """
    found: dict[str, tuple[int, float, int]] = {}
    for place, (kind, weight) in enumerate(ranges(accept)):
        for name in _named(kind, known):
            narrow = _narrowness(kind, _bare(known[name]))
            if name not in found or (narrow, weight == 0) > (found[name][0], found[name][1] == 0):
                found[name] = narrow, weight, place
    wished = [(-weight, place, name) for name, (_, weight, place) in found.items() if weight > 0]
    order = list(known)
    return tuple(name for _, _, name in sorted(wished, key=lambda w: (w[0], w[1], order.index(w[2]))))


def _narrowness(kind: str, media_type: str) -> int:
    if kind.endswith("/*"):
        return int(kind != "*/*")
    return 4 if ";" in kind else 3 if kind == media_type else 2


def chosen(accept: str | None, known: Mapping[str, str]) -> str:
    """The format that is accepted most gladly; raises `NotAcceptable` with those there are."""
    accepted = formats(accept, known)
    if not accepted:
        raise NotAcceptable("No format that is accepted is known", remedy=f"Known: {', '.join(known.values())}.")
    return accepted[0]


def ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Media range, with its profile (RFC 6906) where it has one, and weight of each part that can be read."""
    for item in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in item.split(";"))
        kind += "".join(f";{p}" for p in parameters if p.startswith("profile="))
        weights = [p.removeprefix("q=") for p in parameters if p.startswith("q=")]
        if not weights:
            yield kind, 1.0
        elif _WEIGHT.fullmatch(weights[0]):
            yield kind, min(1.0, float(weights[0]))


def _named(given: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The formats of a media range; a profile chooses among those of its type, and one that none has is passed over."""
    kind, _, profile = given.partition(";")
    if kind == "*/*":
        return tuple(known)
    if kind.endswith("/*"):
        return tuple(name for name in known if _bare(known[name]).startswith(kind[:-1]))
    also = tuple(name for name in _ALSO.get(kind, ()) if name in known)
    fits = tuple(name for name in known if _bare(known[name]) == kind)
    exact = tuple(name for name in fits if profile and profile in known[name].lower())
    return exact or fits + also


def _bare(media_type: str) -> str:
    return media_type.split(";")[0]
