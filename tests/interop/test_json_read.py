"""JSON from outside: what is ambiguous, endless or not JSON is refused with its place."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mcqms_kg.errors import UnreadableInput
from mcqms_kg.interop.json_read import parse_json, walk
from mcqms_kg.settings import Settings

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
)


@given(VALUES)
def test_json_comes_back_as_it_went(value: object) -> None:
    assert parse_json(json.dumps(value).encode(), "a.json", Settings()) == value
    assert parse_json(json.dumps(value, ensure_ascii=False).encode(), "a.json", Settings()) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a": 1, "a": 2}', "'a' twice"),
        ('{"x": {"b": 1, "b": 1}}', "'b' twice"),
        ("NaN", "no JSON"),
        ("-Infinity", "no JSON"),
        ("1" * 401, "digits"),
        ("1e999", "too large"),
        ("[" * 201 + "]" * 201, "deeper than 200"),
        ('{"a":' * 300, "deeper than 200"),
        ('["\\ud800"]', "lone surrogate"),
        ("{'a': 1}", "no JSON"),
        ('{"a": 1} x', "no JSON"),
        ("", "no JSON"),
    ],
    ids=range(12),
)
def test_what_is_refused(text: str, says: str) -> None:
    with pytest.raises(UnreadableInput, match=says) as caught:
        parse_json(text.encode(), "a.json", Settings())
    assert caught.value.place and caught.value.place.file == "a.json"


def test_brackets_in_texts_are_no_nesting() -> None:
    text = json.dumps(["[" * 500 + '\\"' + "{" * 500])
    assert parse_json(text.encode(), "a.json", Settings()) == json.loads(text)


def test_bytes_that_are_no_text_are_refused_with_their_line() -> None:
    with pytest.raises(UnreadableInput, match="UTF-8") as caught:
        parse_json(b'{\n"a": "\xff"}', "a.json", Settings())
    assert caught.value.place and caught.value.place.line == 2


def test_pointers_name_every_value() -> None:
    found = dict(walk({"a/b": [{"~": 1}]}))
    assert found["/a~1b/0/~0"] == 1
