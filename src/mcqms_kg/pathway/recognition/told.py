"""A recognition answer as text, as JSON and as the statements behind it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from mcqms_kg.graph import terms
from mcqms_kg.model import Term
from mcqms_kg.namespaces import PREFIXES
from mcqms_kg.pathway.projection import undeclared_terms
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.shown import name
from mcqms_kg.pathway.recognition import words
from mcqms_kg.pathway.recognition.model import Chain, Link, Recognition, Verdict
from mcqms_kg.pathway.recognition.pictures import mermaid, svg


def text(graph: Facts, answer: Recognition, language: str) -> str:
    """The answer for reading: the verdict, every chain with its sources, what does not hold, and what is missing."""
    return "\n".join(_lines(graph, answer, language)) + "\n"


def _lines(graph: Facts, answer: Recognition, language: str) -> Iterator[str]:
    def say(kind: str, **values: object) -> str:
        return words.say(words.ANSWER, kind, language, **values)

    yield say(answer.verdict.value, place=words.called(graph, answer.place, language))
    yield say("as-of", credential=name(graph, answer.credential, language), day=answer.as_of)
    if answer.contradictory:
        yield say("levels-differ", levels=", ".join(name(graph, level, language) for level in answer.levels))
    for number, chain in enumerate(answer.chains, start=1):
        yield "\n" + say("chain", number=number, status=words.status(chain.status, language))
        for link in chain.links:
            yield "  " + _link_line(graph, link, language)
            if link.sources:
                yield "    " + say("source", source=words.source(graph, link, language))
        yield from ("  " + told for told in _results(graph, chain, language))
    if answer.verdict is not Verdict.RECOGNISED:
        yield from _what_is_missing(graph, answer, language)
    if not answer.whole:
        yield "\n" + say("not-whole")
    yield from undeclared_terms.lines(graph, language)


def _link_line(graph: Facts, link: Link, language: str) -> str:
    told = [words.link(graph, link, language), *(words.fault(graph, fault, language) for fault in link.faults)]
    return f"{'; '.join(told)} [{words.status(link.status, language)}]"


def _results(graph: Facts, chain: Chain, language: str) -> Iterator[str]:
    if chain.level:
        yield words.say(words.ANSWER, "level", language, level=name(graph, chain.level, language))
    if chain.by:
        kind = "national" if chain.national else "institution"
        yield words.say(words.ANSWER, kind, language, by=name(graph, chain.by, language))
    if chain.credits is not None:
        yield words.say(words.ANSWER, "credits", language, credits=f"{chain.credits.normalize():f}")
    if chain.uncounted:
        yield words.say(words.ANSWER, "uncounted", language)


def _what_is_missing(graph: Facts, answer: Recognition, language: str) -> Iterator[str]:
    if answer.reasons:
        yield "\n" + words.say(words.ANSWER, "reasons", language)
        yield from ("  " + _link_line(graph, link, language) for link in answer.reasons)
    yield ""
    for gap in answer.gaps:
        yield words.say(words.ANSWER, "would-be", language, wanted=words.wanted(graph, gap, language))


def as_json(graph: Facts, answer: Recognition, language: str) -> str:
    """The answer for programs, with words in the language beside the terms."""
    told = {
        "credential": terms.iri_text(answer.credential),
        "place": {"kind": answer.place.kind, "term": terms.lexical(answer.place.term)},
        "asOf": answer.as_of.isoformat(),
        "verdict": answer.verdict.value,
        "levels": [terms.iri_text(level) for level in answer.levels],
        "contradictory": answer.contradictory,
        "whole": answer.whole,
        "chains": [_chain(graph, chain, language) for chain in answer.chains],
        "reasons": [_link(graph, link, language) for link in answer.reasons],
        "gaps": [
            {
                "text": words.wanted(graph, gap, language),
                "new": gap.new or None,
                "links": [_link(graph, link, language) for link in gap.links],
            }
            for gap in answer.gaps
        ],
        "notUnderstood": undeclared_terms.as_objects(graph, language),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _chain(graph: Facts, chain: Chain, language: str) -> Mapping[str, Any]:
    return {
        "status": chain.status.value,
        "undecided": chain.undecided,
        "level": _or_none(chain.level),
        "by": _or_none(chain.by),
        "national": chain.national,
        "credits": None if chain.credits is None else f"{chain.credits.normalize():f}",
        "links": [_link(graph, link, language) for link in chain.links],
    }


def _link(graph: Facts, link: Link, language: str) -> Mapping[str, Any]:
    return {
        "kind": link.kind,
        "record": terms.lexical(link.record),
        "from": terms.lexical(link.start.term),
        "to": terms.lexical(link.end.term),
        "status": link.status.value,
        "text": words.link(graph, link, language),
        "sources": [terms.lexical(source) for source in words.sources(link, language)],
        "faults": [
            {"kind": fault.kind, "decided": fault.decided, "text": words.fault(graph, fault, language)}
            for fault in link.faults
        ],
        "statements": [list(triple) for triple in link.triples],
    }


def _or_none(term: Term | None) -> str | None:
    return None if term is None else terms.lexical(term)


def turtle(_: Facts, answer: Recognition, __: str) -> str:
    """The statements that the chains rest on; where there is none, those of what does not hold."""
    links = [link for chain in answer.chains for link in chain.links] or list(answer.reasons)
    lines = dict.fromkeys(f"{s} {p} {o} .\n" for link in links for s, p, o in link.triples)
    used = {prefix: name for prefix, name in PREFIXES.items() if any(f"<{name}" in line for line in lines)}
    parsed = ox.parse("".join(lines), format=ox.RdfFormat.N_TRIPLES)
    written = (ox.serialize(parsed, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").decode()
    return f"# {answer.verdict.value}, {answer.as_of}\n{written}"


FORMATS: Mapping[str, Callable[[Facts, Recognition, str], str]] = {
    "text": text,
    "json": as_json,
    "turtle": turtle,
    "svg": svg,
    "mermaid": mermaid,
}
"""Name of a format to what writes it."""
