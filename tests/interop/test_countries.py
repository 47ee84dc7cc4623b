"""Countries are called the same everywhere, in both languages."""

from __future__ import annotations

from mcqms_kg.interop.countries import country_named, name_of_country
from mcqms_kg.interop.elm.countries import BY_TWO_LETTERS
from mcqms_kg.model.countries import COUNTRIES, country_name


def test_every_country_has_a_name_in_both_languages_and_is_found_by_it() -> None:
    assert COUNTRIES.keys() == BY_TWO_LETTERS.keys()
    assert all(texts["en"] and texts["id"] for texts in COUNTRIES.values())
    assert all(country_named(name_of_country(code)) == code for code in COUNTRIES)


def test_a_country_is_told_with_its_letters_and_what_is_none_stays() -> None:
    assert country_name("ID", "en") == "Indonesia (ID)" and country_name("NL", "id") == "Belanda (NL)"
    assert country_name("ZZ", "id") == "ZZ" and country_name("Jakarta", "en") == "Jakarta"
