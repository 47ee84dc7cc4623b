"""Tokens: read as the grammar says, and spelt so that they can be read in one way only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcqms_kg.errors import BadQuery
from mcqms_kg.sparql.tokens import spell, token_at, tokenize


def texts(query: str) -> list[str]:
    return [token.text for token in tokenize(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?x<?y", ["?x", "<", "?y"]),
        ("<http://e/#a> # comment <b>\n'c'", ["<http://e/#a>", '"c"']),
        ("ex:a.b. ex:c", ["ex:a.b", ".", "ex:c"]),
        (":p*/^:q+|!(a|:r)?", [":p", "*", "/", "^", ":q", "+", "|", "!", "(", "a", "|", ":r", ")", "?"]),
        ("'''it's \"so\"\n'''", ['"it\'s \\"so\\"\\n"']),
        ('""', ['""']),
        ("'a\\tb'@en-GB", ['"a\\tb"', "@en-GB"]),
        ("1 -1.5 +.5e3 1.", ["1", "-1.5", "+.5e3", "1", "."]),
        ("'\\u0041\\U00000042'", ['"AB"']),
        ("'\\\\u0041'", ['"\\\\u0041"']),
        ("ex:a\\-b ex:%41", ["ex:a\\-b", "ex:%41"]),
        ("_:b1 $x ?_y", ["_:b1", "$x", "?_y"]),
    ],
)
def test_read(query: str, expected: list[str]) -> None:
    assert texts(query) == expected


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT\n  ~", "query:2:3"),
        ("'open", "query:1:1"),
        ("'a\nb'", "query:1:1"),
        ("\\uD800", "no character"),
        ("\x00", "query:1:1"),
    ],
)
def test_what_is_no_token_is_refused_with_its_place(query: str, place: str) -> None:
    with pytest.raises(BadQuery, match=place):
        tokenize(query)


def test_what_is_spelt_has_no_comment_and_no_line_break() -> None:
    assert spell(tokenize("SELECT * # {\n{ ?s ?p 'a\nb' }".replace("'a\nb'", "'''a\n# SERVICE\nb'''"))) == (
        'SELECT * { ?s ?p "a\\n# SERVICE\\nb" }'
    )


def test_the_place_of_what_was_spelt_is_found_again() -> None:
    tokens = tokenize("SELECT *\n# why\n{ ?s ?p\n  broken }")
    column = spell(tokens).index("broken") + 1
    found = token_at(tokens, column)
    assert found and (found.text, found.line, found.column) == ("broken", 4, 3)


_PIECES = st.sampled_from(
    [
        "<http://e/a>",
        "?x",
        "ex:a",
        "'a'",
        "'''b\n'''",
        '"\\""',
        "{",
        "}",
        "(",
        ")",
        ".",
        ";",
        "*",
        "SELECT",
        "1",
        "-2.5",
        "<",
        ">",
        "&&",
        "@en",
    ]
)


@given(st.lists(_PIECES, max_size=30), st.sampled_from([" ", "\n", " # ' \" <\n"]))
def test_spelling_is_read_as_the_same_tokens(pieces: list[str], between: str) -> None:
    tokens = tokenize(between.join(pieces))
    assert [t.text for t in tokenize(spell(tokens))] == [t.text for t in tokens]
    assert "\n" not in spell(tokens)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        tokens = tokenize(text)
    except BadQuery:
        return
    assert [t.text for t in tokenize(spell(tokens))] == [t.text for t in tokens]
