"""Patterns are XPath's, with their flags, and a hostile one ends."""

from __future__ import annotations

import time

import pytest
import regex

from mcqms_kg.errors import McqmsError, Unsupported
from mcqms_kg.shacl.patterns import searcher, to_re2
from shacl.shapes_in_turtle import validate


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "matches"),
    [
        ("^b", "", "abc", False),
        ("B", "", "abc", False),
        ("B", "i", "abc", True),
        ("a.b", "", "a\\nb", False),
        ("a.b", "s", "a\\nb", True),
        ("^b", "m", "a\\nb", True),
        ("a b", "x", "ab", True),
        ("a.b", "q", "a.b", True),
        ("a.b", "q", "axb", False),
        (r"^\\d+$", "", "٣", True),
        (r"^\\w+$", "", "étoile", True),
        (r"^(a)\\1$", "", "aa", True),
        ("^(?=.*[0-9])[a-z0-9]+$", "", "abc1", True),
        ("^(?=.*[0-9])[a-z0-9]+$", "", "abc", False),
        ("^[a-z-[aeiou]]+$", "", "xyz", True),
    ],
)
def test_pattern(pattern: str, flags: str, text: str, matches: bool) -> None:
    shapes = f'ex:shape sh:targetNode ex:node ; sh:path ex:value ; sh:pattern "{pattern}" ; sh:flags "{flags}" .'
    assert validate(f'ex:node ex:value "{text}" .', shapes).conforms is matches


@pytest.mark.parametrize("pattern", [r"\d", r"\s+x", r"[^\d]", r"a{2,3}", r"\p{Lu}", r"(a|b)*", r"\.", r"[\-x]"])
def test_re2_reads_the_same_as_regex(pattern: str) -> None:
    translated = to_re2(pattern, "")
    assert translated is not None
    for text in ("", "1", "a", "aa", "É", "  x", "-", ".", "٣"):
        assert bool(regex.search(translated, text)) is bool(regex.search(pattern, text))


@pytest.mark.parametrize("pattern", ["(?=a)", r"(a)\1", "[a-z-[aeiou]]", r"\p{IsBasicLatin}"])
def test_what_re2_cannot_say_is_left_to_regex(pattern: str) -> None:
    assert to_re2(pattern, "") is None


def test_a_hostile_pattern_ends() -> None:
    started = time.monotonic()
    with pytest.raises(Unsupported):
        searcher(r"^(?=a)(a|aa|a?)+$", "")("a" * 60 + "!")
    assert time.monotonic() - started < 20


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(McqmsError):
        validate('ex:node ex:value "x" .', 'ex:shape sh:targetNode ex:node ; sh:path ex:value ; sh:pattern "(" .')
