"""What an error says, in the language of the page: its text is found again among those that are raised, and said in that language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from mcqms_kg.errors import McqmsError
from mcqms_kg.service.pages.words import table

_FILLED = re.compile(r"\{(\w)\}")
_LONGEST = 4_000


@dataclass(frozen=True)
class Part:
    """A part of what an error says, and the language that it is in."""

    text: str
    language: str


def said(error: McqmsError | str, language: str) -> tuple[Part, ...]:
    """What happened and what to do, in the language where these words are known, else in English."""
    told = error if isinstance(error, str) else f"{_ended(error.what)} {error.remedy}".strip()
    if language == "en" or len(told) > _LONGEST:
        return (Part(told, "en"),)
    return next(_both(told, language), None) or (Part(told, "en"),)


def is_known(what: str, remedy: str) -> bool:
    """Whether both have words in every language."""
    return [part.language for part in said(f"{_ended(what)} {remedy}".strip(), "id")] == ["id"]


def _both(told: str, language: str) -> Iterator[tuple[Part, ...]]:
    """Wholly in the language first, else with a remedy that stays in English."""
    partly: list[tuple[Part, ...]] = []
    for at in (found.end() for found in re.finditer(r"[.!?](?=\s|$)", told)):
        what, rest = _one("what", told[:at], language), told[at:].strip()
        if what is None:
            continue
        if not rest and partly:
            break  # what is filled in last would swallow a remedy that nobody knows
        then = _one("then", rest, language) if rest else ""
        if then is not None:
            yield (Part(f"{what} {then}".strip(), language),)
            return
        partly.append((Part(what, language), Part(rest, "en")))
    yield from partly[:1]


def _one(kind: str, sentence: str, language: str) -> str | None:
    """The sentence in the language; the text with the most words of its own is the one that is meant."""
    bare = sentence.removesuffix(".")
    for pattern, texts in _patterns(kind):
        if match := pattern.fullmatch(bare):
            return _ended(_FILLED.sub(lambda one: match[one[1]], texts[language]))
    return None


@cache
def _patterns(kind: str) -> tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]:
    known = [texts for key, texts in table().items() if key.startswith(f"said-{kind}-")]
    known.sort(key=lambda texts: -len(_FILLED.sub("", texts["en"])))
    return tuple((_pattern(texts["en"]), texts) for texts in known)


def _pattern(text: str) -> re.Pattern[str]:
    """Python puts a text in double quotation marks where there are single ones inside it."""
    written = re.escape(text).replace("'", "['\"]")
    return re.compile(re.sub(r"\\\{(\w)\\\}", r"(?P<\1>.+?)", written), re.DOTALL)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
