"""Values are compared as XML Schema says: exactly, whatever their size, precision or time zone."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns import xsd
from shacl.shapes_in_turtle import validate

NOT_LESS = [
    ("99999999999999999999999999999999999999999", "integer", "99999999999999999999999999999999999999998", "integer"),
    ("0.10000000000000000000000000000000000002", "decimal", "0.10000000000000000000000000000000000001", "decimal"),
    ("9007199254740993", "integer", "9007199254740992", "integer"),
    ("1.0", "decimal", "1", "integer"),
    ("NaN", "double", "1", "integer"),
    ("1", "integer", "NaN", "double"),
    ("INF", "float", "1e300", "double"),
    ("2026-06-30", "date", "2026-06-30T00:00:00", "dateTime"),
    ("2026-06-30T12:00:00", "dateTime", "2026-06-30T13:00:00Z", "dateTime"),
    ("2026-06-30T12:00:00Z", "dateTime", "2026-06-30T13:00:00", "dateTime"),
    ("2026-06-30T13:00:00+02:00", "dateTime", "2026-06-30T11:00:00Z", "dateTime"),
    ("2026-02-30", "date", "2026-12-31", "date"),
    ("P1M", "duration", "P30D", "duration"),
    ("P32D", "dayTimeDuration", "P31D", "dayTimeDuration"),
    ("many", "integer", "5", "integer"),
    ("300", "byte", "500", "integer"),
    ("b", "string", "a", "string"),
    ("1", "string", "2", "integer"),
    ("true", "boolean", "false", "boolean"),
]
LESS = [
    ("99999999999999999999999999999999999999998", "integer", "99999999999999999999999999999999999999999", "integer"),
    ("0.10000000000000000000000000000000000001", "decimal", "0.10000000000000000000000000000000000002", "decimal"),
    ("0.1", "decimal", "0.10000000000000000001", "decimal"),
    ("-0.10000000000000000001", "decimal", "-0.1", "decimal"),
    ("1", "integer", "1.5", "double"),
    ("-INF", "double", "-99999999999999999999999", "integer"),
    ("2026-06-30", "date", "2026-07-01", "date"),
    ("-0044-03-15", "date", "0001-01-01", "date"),
    ("12026-01-01", "date", "12026-01-02", "date"),
    ("2026-06-29T12:00:00", "dateTime", "2026-06-30T13:00:00Z", "dateTime"),
    ("2026-06-30T12:00:00.0000000001", "dateTime", "2026-06-30T12:00:00.0000000002", "dateTime"),
    ("2026-06-30T24:00:00", "dateTime", "2026-07-01T00:00:01", "dateTime"),
    ("P27D", "duration", "P1M", "duration"),
    ("P1D", "dayTimeDuration", "PT25H", "dayTimeDuration"),
    ("09:30:00", "time", "10:00:00", "time"),
    ("2025", "gYear", "2026", "gYear"),
    ("a", "string", "b", "string"),
    ("false", "boolean", "true", "boolean"),
]


def is_less(left: tuple[str, str], right: tuple[str, str]) -> bool:
    (a, a_type), (b, b_type) = left, right
    data = f'ex:node ex:low "{a}"^^xsd:{a_type} ; ex:high "{b}"^^xsd:{b_type} .'
    pair = validate(data, "ex:shape sh:targetNode ex:node ; sh:path ex:low ; sh:lessThan ex:high .").conforms
    bound = validate(
        data, f'ex:shape sh:targetNode ex:node ; sh:path ex:low ; sh:maxExclusive "{b}"^^xsd:{b_type} .'
    ).conforms
    assert pair is bound, "a pair of properties and a bound are compared alike"
    return pair


@pytest.mark.parametrize(("a", "a_type", "b", "b_type"), LESS)
def test_is_less(a: str, a_type: str, b: str, b_type: str) -> None:
    assert is_less((a, a_type), (b, b_type))
    assert not is_less((b, b_type), (a, a_type))


@pytest.mark.parametrize(("a", "a_type", "b", "b_type"), NOT_LESS)
def test_is_not_less(a: str, a_type: str, b: str, b_type: str) -> None:
    assert not is_less((a, a_type), (b, b_type))


@pytest.mark.parametrize(
    ("text", "datatype", "well_formed"),
    [
        ("127", "byte", True),
        ("128", "byte", False),
        ("18446744073709551615", "unsignedLong", True),
        ("18446744073709551616", "unsignedLong", False),
        ("-0", "nonNegativeInteger", True),
        ("0", "positiveInteger", False),
        ("1.0", "integer", False),
        (" 1", "integer", False),
        (".5", "decimal", True),
        ("1e3", "decimal", False),
        ("1e3", "double", True),
        ("+INF", "double", True),
        ("inf", "double", False),
        ("2024-02-29", "date", True),
        ("2023-02-29", "date", False),
        ("2026-06-30Z", "date", True),
        ("2026-06-30+14:01", "date", False),
        ("2026-06-30T25:00:00", "dateTime", False),
        ("2026-06-30T12:00:00", "dateTimeStamp", False),
        ("--02-29", "gMonthDay", True),
        ("P1Y", "dayTimeDuration", False),
        ("PT", "duration", False),
        ("0A1", "hexBinary", False),
        ("yes", "boolean", False),
        ("1", "boolean", True),
    ],
)
def test_datatype_asks_for_a_lexical_form_of_it(text: str, datatype: str, well_formed: bool) -> None:
    shapes = f"ex:shape sh:targetNode ex:node ; sh:path ex:value ; sh:datatype xsd:{datatype} ."
    assert validate(f'ex:node ex:value "{text}"^^xsd:{datatype} .', shapes).conforms is well_formed


FAR = "9" * 5_000


@pytest.mark.parametrize(
    ("value", "bound", "wrong"),
    [
        ('"999999999999-01-01"^^xsd:date', '"999999999998-12-31"^^xsd:date', 0),
        ('"999999999999-01-01"^^xsd:date', '"999999999999-01-02"^^xsd:date', 1),
        ('"-999999999999-01-01"^^xsd:date', '"2026-01-01"^^xsd:date', 1),
        (f'"{FAR}-01-01"^^xsd:date', '"2026-01-01"^^xsd:date', 0),
        (f'"{FAR}"^^xsd:integer', "5", 0),
        (f'"-{FAR}.5"^^xsd:decimal', "5", 1),
    ],
)
def test_values_beyond_any_column_are_compared(value: str, bound: str, wrong: int) -> None:
    shape = f"ex:shape sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:minInclusive {bound} ."
    assert len(validate(f"ex:a ex:p {value} .", shape).results) == wrong


def test_a_duration_beyond_any_column_is_refused_by_name() -> None:
    shape = 'ex:shape sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:minInclusive "P1Y"^^xsd:duration .'
    with pytest.raises(Unsupported, match=r"The duration .P99999"):
        validate(f'ex:a ex:p "P{FAR}Y"^^xsd:duration .', shape)


@given(st.from_regex(r"[-0-2]?[0-9]{3,5}-[0-3]?[0-9]-[0-4]?[0-9](Z|[+]07:00|)", fullmatch=True))
@example("2024-02-29")
@example("2023-02-29")
@example("1000-01-01")
@example("9999-12-31")
@example("0999-12-31")
@example("2023-00-10")
@example("\u0662023-01-10")
def test_a_date_is_its_first_moment(text: str) -> None:
    """Dates of the usual form take a shorter way than moments."""
    day, zone = (text[:-1], "Z") if text.endswith("Z") else (text.partition("+")[0], text.partition("+")[2])
    zone = f"+{zone}" if zone and zone != "Z" else zone
    assert xsd.moment(text, "date") == xsd.moment(f"{day}T00:00:00.0{zone}", "dateTime")
