"""The codes of the European lists that are written here, with our codes that they stand for.

Source: the controlled vocabularies of the European Learning Model 3 (European Commission, CC BY 4.0). The tests hold every code
against the lists themselves, because the shapes of the model look only at the list a code is said to be from.
"""

from __future__ import annotations

from mcqms_kg.interop.elm import countries, fields, languages
from mcqms_kg.namespaces import CODE

_SNB = "http://data.europa.eu/snb/"
_AUTHORITY = "http://publications.europa.eu/resource/authority/"
COUNTRIES = _AUTHORITY + "country"
LANGUAGES = _AUTHORITY + "language"
FILE_TYPES = _AUTHORITY + "file-type"
CREDITS, CREDENTIAL_TYPES, ENCODINGS, FIELDS, EQF, ASSESSMENTS, MODES, OPPORTUNITIES, ACCREDITATIONS = (
    f"{_SNB}{name}/25831c2"
    for name in (
        "education-credit",
        "credential",
        "encoding",
        "isced-f",
        "eqf",
        "assessment",
        "learning-assessment",
        "learning-opportunity",
        "accreditation",
    )
)
"""The schemes of the lists. The list of modes of learning really is named learning-assessment."""
ECTS = _SNB + "education-credit/6fcec5c5af"
GENERIC = _SNB + "credential/e34929035b"
BASE64 = _SNB + "encoding/6146cde7dd"
PNG = FILE_TYPES + "/PNG"
SHORT_PROGRAMME = _SNB + "learning-opportunity/74a4a268e8"
INSTITUTIONAL_LICENCE = _SNB + "accreditation/003293d2ce"

MODE_OF = {
    CODE + "participation-online": _SNB + "learning-assessment/920fbb3cbe",
    CODE + "participation-on-site": _SNB + "learning-assessment/9191af2ed9",
    CODE + "participation-blended": _SNB + "learning-assessment/e92d221e4d",
}
ASSESSMENT_OF = {
    CODE + "method-observation": _SNB + "assessment/6a4db9f11d",
    CODE + "method-portfolio": _SNB + "assessment/4f03b91c0e",
    CODE + "method-oral-questioning": _SNB + "assessment/d30284d7df",
    CODE + "method-written-test": _SNB + "assessment/6e6cb2cc78",
    CODE + "method-project": _SNB + "assessment/795dac4096",
}
OUR_MODE = {theirs: ours for ours, theirs in MODE_OF.items()}
OUR_ASSESSMENT = {theirs: ours for ours, theirs in ASSESSMENT_OF.items()}


def country(two_letters: str) -> str | None:
    """The IRI of a country by ISO 3166-1 alpha-2."""
    code = countries.BY_TWO_LETTERS.get(two_letters)
    return f"{COUNTRIES}/{code}" if code else None


def two_letters(country_iri: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country by its IRI."""
    return countries.BY_CODE.get(country_iri.removeprefix(COUNTRIES + "/"))


def language(tag: str) -> str | None:
    """The IRI of the language of a BCP 47 tag."""
    code = languages.BY_TWO_LETTERS.get(tag.split("-")[0].lower())
    return f"{LANGUAGES}/{code}" if code else None


def language_tag(language_iri: str) -> str | None:
    """The two letters of a language by its IRI."""
    return languages.BY_CODE.get(language_iri.removeprefix(LANGUAGES + "/"))


def field(code: str) -> str | None:
    """The IRI of a field of ISCED-F by its code, such as `0612`."""
    return f"{_SNB}isced-f/{code}" if code in fields.CODES else None


def eqf(level: int) -> str | None:
    """The IRI of a level of the European Qualifications Framework."""
    return f"{_SNB}eqf/{level}" if 1 <= level <= 8 else None
