"""Words for terms of ours that the data uses and nothing declares: an answer names them, as what is said by them counts for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.model import NotUnderstood
from mcqms_kg.pathway.projection.facts import Facts
from mcqms_kg.pathway.projection.shown import shown

MOST = 20
"""How many are named; JSON has all."""
WORDS: Mapping[str, tuple[str, str]] = {
    "head": (
        "Not understood, and without effect on the answer, as no ontology declares it:",
        "Tidak dipahami dan tidak memengaruhi jawaban, karena tidak dinyatakan ontologi mana pun:",
    ),
    "one": ("{term}, used {uses} times", "{term}, dipakai {uses} kali"),
    "once": ("{term}, used once", "{term}, dipakai satu kali"),
    "close": ("; close is {close}", "; yang mirip: {close}"),
    "more": ("and {count} more", "dan {count} lainnya"),
}


def lines(facts: Facts, language: str) -> list[str]:
    """The terms for reading, under a head; nothing where all is understood."""
    found = facts.not_understood
    if not found:
        return []
    told = [f"  - {sentence(each, language)}" for each in found[:MOST]]
    more = [f"  - {_say('more', language, count=len(found) - MOST)}"] if len(found) > MOST else []
    return ["", _say("head", language), *told, *more]


def sentence(each: NotUnderstood, language: str) -> str:
    """One of them: how often, what is close, and where it is used first."""
    said = _say("one" if each.uses > 1 else "once", language, term=shown(terms.short(each.term)), uses=each.uses)
    close = _say("close", language, close=terms.short(each.close)) if each.close else ""
    return said + close + "".join(f"  [{place}]" for place in each.places)


def as_objects(facts: Facts, language: str) -> list[Mapping[str, Any]]:
    """All of them, for JSON."""
    return [
        {
            "term": terms.lexical(each.term),
            "uses": each.uses,
            "close": terms.lexical(each.close) if each.close else None,
            "places": list(map(str, each.places)),
            "text": sentence(each, language),
        }
        for each in facts.not_understood
    ]


def _say(key: str, language: str, **values: object) -> str:
    return WORDS[key][language == "id"].format(**values)
