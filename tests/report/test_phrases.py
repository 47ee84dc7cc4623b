"""Both languages say everything, and say it with the same values."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from mcqms_kg import report as package
from mcqms_kg.errors import BadValue
from mcqms_kg.model import Score, Verdict
from mcqms_kg.report.phrases import LANGUAGES, MONTHS, PHRASES
from mcqms_kg.report.words import STATES, Words, slug, visible

FOLDER = Path(package.__file__).parent
SOURCES = [
    p.read_text("utf-8") for p in (*FOLDER.glob("*.py"), *FOLDER.glob("templates/*.jinja")) if p.stem != "phrases"
]
BUILT = ("state-", "grade-")
"""Keys put together from a code, not written out where they are used."""


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", PHRASES)
def test_both_languages_have_the_phrase_with_the_same_values(key: str) -> None:
    english, indonesian = PHRASES[key]
    assert english.strip() and indonesian.strip()
    assert _fields(english) == _fields(indonesian)


def test_every_phrase_asked_for_exists_and_every_phrase_is_asked_for() -> None:
    asked = {key for source in SOURCES for key in re.findall(r'(?:\bw|words|self)\(\s*["\']([a-z0-9-]+)["\']', source)}
    quoted = {key for source in SOURCES for key in re.findall(r"""["']([a-z0-9-]+)["']""", source)}
    named = {verdict for v in Verdict for verdict in (slug(v), f"{slug(v)}-intro")}
    assert asked <= set(PHRASES)
    assert {key for key in PHRASES if not key.startswith(BUILT)} <= quoted | named


def test_every_state_and_month_has_a_word() -> None:
    assert all(f"state-{state}" in PHRASES for state in STATES)
    assert {len(MONTHS[language]) for language in LANGUAGES} == {12}


def test_another_language_is_refused() -> None:
    with pytest.raises(BadValue, match="fr"):
        Words("fr")


def test_a_share_is_never_rounded_up() -> None:
    assert Words("en").share(Score(1999, 1, 0, 0, 0)) == "99.9%"
    assert Words("id").share(Score(1, 2, 0, 0, 0)) == "33,3%"
    assert Words("en").score(Score(0, 0, 0, 4, 1)) == "no requirement counts"


def test_characters_that_steer_a_terminal_are_made_visible() -> None:
    assert visible("a\x1b[31m\u202eb\n\tc\r") == "a\ufffd[31m\ufffdb\n\tc\ufffd"
