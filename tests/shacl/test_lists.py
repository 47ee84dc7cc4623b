"""Lists that are none are ill-formed shapes, told by name and place: read as far as they go, shapes would check less than they say."""

from __future__ import annotations

import pytest

from mcqms_kg.errors import RulebookError
from shacl.shapes_in_turtle import validate

DATA = "ex:a a ex:C ; ex:p 1 ."
LOOP = "_:l rdf:first ex:x ; rdf:rest _:m . _:m rdf:first ex:y ; rdf:rest _:l ."
BROKEN = {
    "no end": ("_:l rdf:first ex:x .", "no rdf:rest at its place 1"),
    "a loop": (LOOP, "comes back to"),
    "two firsts": ("_:l rdf:first ex:x , ex:y ; rdf:rest () .", "2 rdf:first at its place 1"),
    "two rests": ("_:l rdf:first ex:x ; rdf:rest () , ( ex:y ) .", "2 rdf:rest at its place 1"),
    "ends in nothing": ("_:l rdf:first ex:x ; rdf:rest ex:gone .", "where a list must go on"),
    "no first": ("_:l rdf:first ex:x ; rdf:rest _:m . _:m rdf:rest () .", "no rdf:first at its place 2"),
    "no list": ("_:l ex:p ex:x .", "where a list must stand"),
}
PLACES = {
    "sh:in": "ex:shape sh:targetClass ex:C ; sh:path ex:p ; sh:in _:l .",
    "sh:languageIn": "ex:shape sh:targetClass ex:C ; sh:path ex:p ; sh:languageIn _:l .",
    "sh:or": "ex:shape sh:targetClass ex:C ; sh:or _:l .",
    "sh:and": "ex:shape sh:targetClass ex:C ; sh:and _:l .",
    "sh:xone": "ex:shape sh:targetClass ex:C ; sh:xone _:l .",
    "sh:ignoredProperties": "ex:shape sh:targetClass ex:C ; sh:closed true ; sh:ignoredProperties _:l .",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_list_is_told_with_its_shape_and_parameter(place: str, name: str) -> None:
    triples, why = BROKEN[name]
    with pytest.raises(RulebookError) as caught:
        validate(DATA, PLACES[place] + triples)
    told = caught.value.what
    assert why in told
    assert "<https://example.org/shape>" in told
    assert place in told


@pytest.mark.parametrize("path", ["_:l", "[ sh:alternativePath _:l ]"])
@pytest.mark.parametrize("name", ["no end", "a loop", "two firsts", "two rests"])
def test_a_broken_list_in_a_path(path: str, name: str) -> None:
    triples, why = BROKEN[name]
    with pytest.raises(RulebookError, match=why):
        validate(DATA, f"ex:shape sh:targetClass ex:C ; sh:path {path} ; sh:minCount 1 . {triples}")


def test_empty_and_sound_lists_are_taken() -> None:
    assert len(validate(DATA, "ex:shape sh:targetClass ex:C ; sh:path ex:p ; sh:in () .").results) == 1
    assert validate(DATA, "ex:shape sh:targetClass ex:C ; sh:path ex:p ; sh:in ( 1 ) .").conforms
