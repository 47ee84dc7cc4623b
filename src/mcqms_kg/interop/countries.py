"""Countries by name in files of others, which write them in English."""

from __future__ import annotations

import re

from mcqms_kg.model.countries import COUNTRIES

_ALSO = {"United States of America": "US", "USA": "US", "Vietnam": "VN", "Laos": "LA", "UK": "GB", "South Korea": "KR"}
_CODE = re.compile(r"[A-Z]{2}")


def name_of_country(code: str) -> str:
    """What the country is called in English; the code itself where no name is known, and nothing for what is no code."""
    return COUNTRIES.get(code, {"en": code})["en"] if _CODE.fullmatch(code) else ""


def country_named(name: str) -> str:
    """The code of a country, from its English name or from the code; nothing where it is not known."""
    found = {called["en"]: code for code, called in COUNTRIES.items()} | _ALSO
    return found.get(name.strip(), name.strip() if _CODE.fullmatch(name.strip()) else "")
