"""Countries by their ISO 3166-1 alpha-2 codes, as far as names for them are needed."""

from __future__ import annotations

import re

_NAMES = {
    "AU": "Australia",
    "BN": "Brunei Darussalam",
    "CA": "Canada",
    "CN": "China",
    "DE": "Germany",
    "FR": "France",
    "GB": "United Kingdom",
    "ID": "Indonesia",
    "IN": "India",
    "JP": "Japan",
    "KH": "Cambodia",
    "KR": "Republic of Korea",
    "LA": "Lao People's Democratic Republic",
    "MM": "Myanmar",
    "MY": "Malaysia",
    "NL": "Netherlands",
    "NZ": "New Zealand",
    "PH": "Philippines",
    "SG": "Singapore",
    "TH": "Thailand",
    "TL": "Timor-Leste",
    "US": "United States",
    "VN": "Viet Nam",
}
_ALSO = {"United States of America": "US", "USA": "US", "Vietnam": "VN", "Laos": "LA", "UK": "GB", "South Korea": "KR"}
_CODE = re.compile(r"[A-Z]{2}")


def name_of_country(code: str) -> str:
    """What the country is called in English; the code itself where no name is known, and nothing for what is no code."""
    return _NAMES.get(code, code) if _CODE.fullmatch(code) else ""


def country_named(name: str) -> str:
    """The code of a country, from its English name or from the code; nothing where it is not known."""
    found = {called: code for code, called in _NAMES.items()} | _ALSO
    return found.get(name.strip(), name.strip() if _CODE.fullmatch(name.strip()) else "")
