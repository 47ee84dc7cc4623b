"""Patterns are XPath's, with their flags, and a hostile one ends."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
import regex

from mcqms_kg.errors import McqmsError, RulebookError
from mcqms_kg.shacl.patterns import to_re2
from mcqms_kg.shacl.reference import pyshacl as reference
from mcqms_kg.shacl.searching import Slow, matching
from shacl.shapes_in_turtle import turtle, validate


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
        ("^[a-z-[aeiou]]+$", "", "xyaz", False),
        (r"^\\i\\c*$", "", "_a-1.b", True),
        (r"^\\i\\c*$", "", "1a", False),
        (r"^[\\i-[:]][\\c-[:]]*$", "", "a:b", False),
        (r"^[\\S]+\\D$", "", "ab", True),
        (r"^[^\\W_]+$", "", "a_", False),
        (r"^\\p{IsBasicLatin}+$", "", "abc", True),
        (r"^\\p{IsBasicLatin}+$", "", "\u00e9", False),
        ("^(?=a)a$", "", "a\\n", False),
        ("a [ ]b", "x", "a b", True),
        ("#a", "x", "#a", True),
        ("^a{1,2000}$", "", "a" * 1500, True),
        ("(?=\u00df)", "i", "ss", False),
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


HOSTILE = r"^(?=a)(a|aa|a?)+$"
SHAPE = 'ex:shape sh:targetNode ex:node ; sh:path ex:value ; sh:pattern "{}" .'


def ends(started: float) -> bool:
    return time.monotonic() - started < 60


def test_a_hostile_pattern_is_refused_with_its_shape_and_not_handed_over() -> None:
    started = time.monotonic()
    with pytest.raises(Slow, match=r"shape <https://example.org/shape> is not decided.*takes too long"):
        validate(f'ex:node ex:value "{"a" * 60}!" .', SHAPE.format(HOSTILE))
    assert ends(started)


@pytest.mark.parametrize("pattern", ["^([a-z-[b]]+)+$", r"^(\\i\\c*)+$", r"^(a+)+\\1$", "^(a|a)*(?!b)$"])
def test_patterns_beyond_re2_end(pattern: str) -> None:
    started = time.monotonic()
    with suppress(Slow):
        validate(f'ex:node ex:value "{"a" * 200}!" .', SHAPE.format(pattern))
    assert ends(started)


def test_many_texts_that_are_slow_are_as_bad_as_one_that_never_ends() -> None:
    started = time.monotonic()
    with pytest.raises(Slow):
        list(matching(HOSTILE, "", ((number, "a" * 22 + "!") for number in range(100_000))))
    assert ends(started)


def test_the_reference_is_bounded_too() -> None:
    data = turtle(f'ex:node ex:value "{"a" * 60}!" .')
    by_query = """ex:shape sh:targetNode ex:node ; sh:sparql [ sh:select
        "SELECT $this WHERE { $this <https://example.org/value> ?v FILTER (!REGEX(?v, '^(a|aa|a?)+$')) }" ] ."""
    for shapes in (SHAPE.format("^(a|aa|a?)+$"), by_query):
        started = time.monotonic()
        with pytest.raises(RulebookError, match="takes too long"):
            reference.validate(data, turtle(shapes))
        assert ends(started)


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(McqmsError):
        validate('ex:node ex:value "x" .', 'ex:shape sh:targetNode ex:node ; sh:path ex:value ; sh:pattern "(" .')
