"""Tables derived from the dictionary when a shape first needs them: texts, values, and the literals that are ill-formed.

`literal(id, lexical, lang, datatype)`: every literal taken apart.
`value(id, space, x, tie, us, months, zoned, exact)`: the value of every well-formed literal of a known datatype. Numbers are
compared by `x`, then by `tie`, which puts those in order that a double cannot tell apart; moments and durations by `us`, then by `tie`.
`exact` is the number for arithmetic where it fits. `ill_formed(id)`: literals of a known datatype that have no value.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags, xsd
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD

if TYPE_CHECKING:
    import duckdb

DECIMAL, FLOAT, DOUBLE, BOOLEAN = 1, 2, 3, 5
"""Value spaces; a moment's is its datatype's tag, a duration's that of xsd:duration, any other's its tag."""

EXACT = "DECIMAL(28, 10)"
FARTHEST = 4 * 10**18
"""Microseconds from 1970 that a column holds, with room for the hours of a time zone."""
_DURATION = tags.TAGS[XSD + "duration"]
_DATE, _DATE_TIME = tags.TAGS[XSD + "date"], tags.TAGS[XSD + "dateTime"]
_ZONE = "(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])?"
Row = tuple[Any, ...]

_LEXICAL = "split_part(text, '\"', 2)"
_OF_TAG = "FROM term WHERE id BETWEEN {low}::BIGINT << 56 AND (({high}::BIGINT + 1) << 56) - 1"


def build_literals(con: duckdb.DuckDBPyConnection) -> None:
    """Takes every literal apart; only texts with code points in hexadecimal need Python."""
    con.execute(f"""
        CREATE OR REPLACE TABLE literal AS
        WITH parts AS (SELECT id, text, CASE WHEN ends_with(text, '"') THEN '' ELSE regexp_extract(text, '"([^"]*)$', 1) END AS ending
                       {_OF_TAG.format(low=tags.STRING, high=tags.OTHER - 1)} OR id >= {tags.OTHER}::BIGINT << 56),
             raw AS (SELECT id, ending, left(text[2:], length(text) - length(ending) - 2) AS body FROM parts)
        SELECT id,
               CASE WHEN contains(body, '\\') THEN replace(replace(replace(replace(replace(replace(replace(replace(
                    body, '\\\\', chr(1)), '\\n', chr(10)), '\\t', chr(9)), '\\r', chr(13)), '\\b', chr(8)), '\\f', chr(12)),
                    '\\"', '"'), chr(1), '\\') ELSE body END AS lexical,
               CASE WHEN starts_with(ending, '@') THEN ending[2:] ELSE '' END AS lang,
               CASE WHEN ending = '' THEN '{XSD}string' WHEN starts_with(ending, '@') THEN '{tags.DATATYPES[tags.LANGUAGE]}'
                    ELSE ending[4:-2] END AS datatype
        FROM raw""")
    coded = con.execute("SELECT id, text FROM term WHERE id >= 2::BIGINT << 56 AND contains(text, '\\u')").fetchall()
    for number, text in coded:
        con.execute("UPDATE literal SET lexical = ? WHERE id = ?", [terms.lexical(text), number])


def build_values(con: duckdb.DuckDBPyConnection) -> None:
    """Reads the common lexical forms in SQL and every other one in Python."""
    con.execute(f"""
        CREATE OR REPLACE TABLE value (
            id BIGINT, space TINYINT, x DOUBLE, tie BIGINT, us BIGINT, months BIGINT, zoned BOOLEAN, exact {EXACT});
        INSERT INTO value {_numbers()};
        INSERT INTO value {_floats()};
        INSERT INTO value {_dates()};
        INSERT INTO value {_date_times()}""")
    rest = con.execute(f"""
        SELECT id, id >> 56, text {_OF_TAG.format(low=tags.VALUED.start, high=tags.VALUED.stop - 1)}
        AND id NOT IN (SELECT id FROM value)""").fetchall()
    rows = list(rows_of(rest))
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        types = ("BIGINT", "TINYINT", "DOUBLE", "BIGINT", "BIGINT", "BIGINT", "BOOLEAN", EXACT)
        picked = ", ".join(f"unnest(?::{kind}[])" for kind in types)
        con.execute(f"INSERT INTO value SELECT {picked}", columns)
    con.execute(f"""CREATE OR REPLACE TABLE ill_formed AS
        SELECT id {_OF_TAG.format(low=tags.VALUED.start, high=tags.VALUED.stop - 1)} AND id NOT IN (SELECT id FROM value)""")


def _numbers() -> str:
    """Decimals of at most 15 digits: a double tells them all apart."""
    ranges = " ".join(
        f"WHEN {tags.TAGS[XSD + name]} THEN lexical::DOUBLE BETWEEN {_bound(low, '-')} AND {_bound(high, '')}"
        for name, (low, high) in xsd.INTEGER_RANGES.items()
    )
    number = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
    return f"""
        SELECT id, {DECIMAL}, lexical::DOUBLE, 0, NULL, NULL, NULL,
               CASE WHEN length(split_part(lexical, '.', 2)) <= 10 THEN lexical::{EXACT} END
        FROM (SELECT id, {_LEXICAL} AS lexical {_OF_TAG.format(low=tags.NUMBERS.start, high=tags.FLOAT - 1)})
        WHERE length(lexical) <= 15 AND regexp_full_match(lexical, '{number}')
          AND CASE id >> 56 {ranges} ELSE true END
          AND (id >> 56 = {tags.TAGS[XSD + "decimal"]} OR NOT contains(lexical, '.'))"""


def _bound(limit: int | None, sign: str) -> str:
    return f"{sign}1e300" if limit is None else f"{limit}::DOUBLE"


def _floats() -> str:
    number = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?"
    return f"""
        SELECT id, CASE WHEN single THEN {FLOAT} ELSE {DOUBLE} END,
               CASE WHEN single THEN TRY_CAST(lexical AS FLOAT)::DOUBLE ELSE lexical::DOUBLE END, 0, NULL, NULL, NULL, NULL
        FROM (SELECT id, id >> 56 = {tags.FLOAT} AS single, {_LEXICAL} AS lexical {_OF_TAG.format(low=tags.FLOAT, high=tags.DOUBLE)})
        WHERE length(lexical) < 30 AND regexp_full_match(lexical, '{number}')
          AND (NOT single OR isfinite(TRY_CAST(lexical AS FLOAT)))"""


def _dates() -> str:
    return f"""
        SELECT id, {_DATE}, NULL, 0, epoch_us(TRY_CAST(lexical[1:10] AS DATE)::TIMESTAMP) - {_offset("lexical[11:]")}, NULL,
               length(lexical) > 10, NULL
        FROM (SELECT id, {_LEXICAL} AS lexical {_OF_TAG.format(low=_DATE, high=_DATE)})
        WHERE regexp_full_match(lexical, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_ZONE}') AND lexical[1:4] <> '0000'
          AND TRY_CAST(lexical[1:10] AS DATE) IS NOT NULL"""


def _date_times() -> str:
    clock = "[0-9]{2}:[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?"
    zone = f"regexp_extract(lexical, '{_ZONE}$')"
    local = f"TRY_CAST(left(lexical, length(lexical) - length({zone})) AS TIMESTAMP)"
    return f"""
        SELECT id, {_DATE_TIME}, NULL, 0, epoch_us({local}) - {_offset(zone)}, NULL, {zone} <> '', NULL
        FROM (SELECT id, {_LEXICAL} AS lexical {_OF_TAG.format(low=_DATE_TIME, high=_DATE_TIME)})
        WHERE regexp_full_match(lexical, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{clock}{_ZONE}') AND lexical[1:4] <> '0000'
          AND lexical[12:13] < '24' AND {local} IS NOT NULL"""


def _offset(zone: str) -> str:
    """A time zone in microseconds."""
    minutes = f"({zone})[2:3]::BIGINT * 60 + ({zone})[5:6]::BIGINT"
    return f"CASE WHEN length({zone}) < 6 THEN 0 ELSE ({minutes}) * 60000000 * CASE WHEN ({zone})[1] = '-' THEN -1 ELSE 1 END END"


def rows_of(rows: Iterable[tuple[int, int, str]]) -> Iterator[Row]:
    """Rows of `value` for any lexical forms, made in Python; ill-formed ones give none. Given are number, tag and text."""
    exact: dict[int, Decimal] = {}
    fine: dict[int, tuple[int, xsd.Moment | xsd.Duration]] = {}
    for number, tag, text in rows:
        found = xsd.value(terms.lexical(Term(text)), tags.DATATYPES[tag])
        if isinstance(found, bool):
            yield number, BOOLEAN, float(found), 0, None, None, None, None
        elif isinstance(found, float):
            yield (
                number,
                FLOAT if tag == tags.FLOAT else DOUBLE,
                None if math.isnan(found) else found,
                0,
                None,
                None,
                None,
                None,
            )
        elif isinstance(found, str):
            yield number, tag, None, 0, None, None, None, None
        elif isinstance(found, Decimal):
            exact[number] = found
        elif found is not None:
            _refuse_endless(found, text)
            fine[number] = (tag, found)
    yield from _long_decimals(exact)
    yield from _moments_and_durations(fine)


def _long_decimals(exact: dict[int, Decimal]) -> Iterator[Row]:
    """Decimals that share a double with others are put in order by `tie`; 0 is the one of at most 15 digits, if there is one."""
    by_double: dict[float, set[Decimal]] = defaultdict(set)
    for found in exact.values():
        by_double[_double(found)].add(found)
    ties = {x: _ties(x, found) for x, found in by_double.items()}
    for number, found in exact.items():
        x = _double(found)
        fits = abs(found) < 10**18 and found == round(found, 10)
        yield number, DECIMAL, x, ties[x][found], None, None, None, found if fits else None


def _double(exact: Decimal) -> float:
    try:
        return float(exact)
    except OverflowError:
        return float("inf") if exact > 0 else float("-inf")


def _ties(x: float, found: set[Decimal]) -> dict[Decimal, int]:
    short = Decimal(f"{x:.15g}")
    ordered = sorted(found | {short})
    return {value: ordered.index(value) - ordered.index(short) for value in ordered}


def _moments_and_durations(fine: dict[int, tuple[int, xsd.Moment | xsd.Duration]]) -> Iterator[Row]:
    parts = {number: whole_and_finer(found) for number, (_, found) in fine.items()}
    some = {finer for _, finer in parts.values() if finer}
    ranks = {finer: rank for rank, finer in enumerate(sorted({xsd.NOTHING_FINER} | some))}
    zero = ranks[xsd.NOTHING_FINER]
    for number, (tag, found) in fine.items():
        whole, finer = parts[number]
        tie = ranks[finer] - zero if finer else 0
        if isinstance(found, xsd.Moment):
            yield number, space_of_moment(tag), None, tie, whole, None, found.zoned, None
        else:
            yield number, _DURATION, None, tie, whole, found.months, None, None


def _refuse_endless(found: xsd.Moment | xsd.Duration, text: str) -> None:
    """Durations have no order that would tell those apart that do not fit."""
    if (
        isinstance(found, xsd.Duration)
        and max(abs(found.months), int(abs(found.seconds) * xsd.MICROSECONDS)) > FARTHEST
    ):
        raise Unsupported(
            f"The duration {text[:80]} is longer than 100,000 years", remedy="Mend the data, or leave it out."
        )


def space_of_moment(tag: int) -> int:
    """The value space of a datatype of moments: `xsd:dateTimeStamp` shares that of `xsd:dateTime`."""
    return _DATE_TIME if tag == _DATE_TIME + 1 else tag


def whole_and_finer(found: xsd.Moment | xsd.Duration) -> tuple[int, Fraction]:
    """Whole microseconds and the rest. A moment beyond some 100,000 years from now is all rest from there on."""
    if isinstance(found, xsd.Moment):
        if abs(found.microseconds) <= FARTHEST:
            return found.microseconds, found.finer
        whole = max(-FARTHEST, min(found.microseconds, FARTHEST))
        return whole, found.microseconds - whole + found.finer
    microseconds = found.seconds * xsd.MICROSECONDS
    whole = microseconds // 1
    return whole, microseconds - whole
