"""Macros that keep the SQL short: terms, and the comparisons of XSD values (XML Schema part 2; SPARQL 1.1 section 17.3)."""

from __future__ import annotations

import duckdb

from mcqms_kg.graph.columns.tags import DURATION_NAMES, LANGUAGE, SHIFT, STRING, TAGS
from mcqms_kg.graph.columns.values import BOOLEAN, DECIMAL, DOUBLE, FLOAT
from mcqms_kg.namespaces import XSD

_HOURS_14 = 14 * 3600 * 1_000_000
_DURATION = TAGS[XSD + "duration"]
_DATE, _DATE_TIME = TAGS[XSD + "date"], TAGS[XSD + "dateTime"]
_DAY = 86_400 * 1_000_000
NUMBER = "DECIMAL(38, 10)"
"""The type of exact arithmetic; a result that does not fit is an error, never rounded."""

_REFERENCE_DATES = ("1696-09-01", "1697-02-01", "1903-03-01", "1903-07-01")


def _durations(comparison: str) -> str:
    """Durations are in order where they are so from each of four dates on (XML Schema part 2, 3.2.6.2)."""
    from_dates = " AND ".join(f"from_date(a, '{d}') {comparison} from_date(b, '{d}')" for d in _REFERENCE_DATES)
    return f"""CASE WHEN a.months = b.months THEN a.us {comparison} b.us OR (a.us = b.us AND a.tie {comparison} b.tie)
        ELSE {from_dates} END"""


def _ordered(name: str, comparison: str) -> str:
    """A comparison of two rows; `comparison` is `<` or `<=`."""
    return f"""
    CREATE OR REPLACE TEMP MACRO number_{name}(a, b) AS CASE
        WHEN a.space = {DECIMAL} AND b.space = {DECIMAL} THEN a.x < b.x OR (a.x = b.x AND a.tie {comparison} b.tie)
        WHEN a.space = b.space OR a.space = {DOUBLE} OR b.space = {DOUBLE} THEN a.x {comparison} b.x
        ELSE a.x::FLOAT {comparison} b.x::FLOAT END;
    CREATE OR REPLACE TEMP MACRO moment_{name}(a, b) AS CASE
        WHEN a.zoned = b.zoned THEN a.us < b.us OR (a.us = b.us AND a.tie {comparison} b.tie)
        WHEN a.us + {_HOURS_14} < b.us THEN true
        WHEN a.us - {_HOURS_14} > b.us THEN false END;
    CREATE OR REPLACE TEMP MACRO {name}(a, b) AS CASE
        WHEN a.space <= {DOUBLE} AND b.space <= {DOUBLE} THEN number_{name}(a, b)
        WHEN a.space <> b.space THEN NULL
        WHEN a.space = {BOOLEAN} THEN a.x {comparison} b.x
        WHEN a.space = {_DURATION} THEN duration_{name}(a, b)
        ELSE moment_{name}(a, b) END;"""


def _bounded(name: str, strictly: str, comparison: str) -> str:
    """A comparison of a row with a constant: a number that a double tells from all others, or a moment of whole microseconds."""
    return f"""
    CREATE OR REPLACE TEMP MACRO number_{name}(v, x) AS CASE v.space
        WHEN {DECIMAL} THEN v.x {strictly} x OR (v.x = x AND v.tie {comparison} 0)
        WHEN {DOUBLE} THEN v.x {comparison} x WHEN {FLOAT} THEN v.x::FLOAT {comparison} x::FLOAT END;
    CREATE OR REPLACE TEMP MACRO moment_{name}(v, space, us, zoned) AS CASE
        WHEN v.space <> space THEN NULL
        WHEN v.zoned = zoned THEN v.us {strictly} us OR (v.us = us AND v.tie {comparison} 0)
        WHEN v.us {strictly} us AND abs(v.us - us) > {_HOURS_14} THEN true
        WHEN abs(v.us - us) > {_HOURS_14} THEN false END;"""


DURATIONS = f"""
    CREATE OR REPLACE TEMP MACRO from_date(v, d) AS epoch_us(d::TIMESTAMP + to_months(v.months::INTEGER)) + v.us;
    CREATE OR REPLACE TEMP MACRO duration_less(a, b) AS {_durations("<")};
    CREATE OR REPLACE TEMP MACRO duration_less_or_equal(a, b) AS CASE
        WHEN a.months = b.months AND a.us = b.us AND a.tie = b.tie THEN true ELSE duration_less(a, b) END;
"""
NO_DURATIONS = """
    CREATE OR REPLACE TEMP MACRO duration_less(a, b) AS error('a duration')::BOOLEAN;
    CREATE OR REPLACE TEMP MACRO duration_less_or_equal(a, b) AS error('a duration')::BOOLEAN;
"""
"""For graphs and shapes that hold no duration: each comparison is then planned in half the time. One that comes later is an error."""

MACROS = f"""
    CREATE OR REPLACE TEMP MACRO iri(t) AS digest(t);
    CREATE OR REPLACE TEMP MACRO term(tag, t) AS (tag::BIGINT << {SHIFT}) | digest(t);
    CREATE OR REPLACE TEMP MACRO tag(id) AS id >> {SHIFT};
    {_ordered("less", "<")}
    {_ordered("less_or_equal", "<=")}
    {_bounded("below", "<", "<")}
    {_bounded("at_most", "<", "<=")}
    {_bounded("above", ">", ">")}
    {_bounded("at_least", ">", ">=")}

    CREATE OR REPLACE TEMP MACRO number_equal(a, b) AS CASE
        WHEN a.space = {DECIMAL} AND b.space = {DECIMAL} THEN a.x = b.x AND a.tie = b.tie
        WHEN a.space = b.space OR a.space = {DOUBLE} OR b.space = {DOUBLE} THEN a.x = b.x
        ELSE a.x::FLOAT = b.x::FLOAT END;
    CREATE OR REPLACE TEMP MACRO moment_equal(a, b) AS CASE
        WHEN a.zoned = b.zoned THEN a.us = b.us AND a.tie = b.tie
        WHEN abs(a.us - b.us) > {_HOURS_14} THEN false END;
    CREATE OR REPLACE TEMP MACRO equal(a, b) AS CASE
        WHEN a.space <= {DOUBLE} AND b.space <= {DOUBLE} THEN number_equal(a, b)
        WHEN a.space <> b.space THEN false
        WHEN a.space = {BOOLEAN} THEN a.x = b.x
        WHEN a.space = {_DURATION} THEN a.months = b.months AND a.us = b.us AND a.tie = b.tie
        WHEN a.zoned IS NULL THEN a.id = b.id
        ELSE moment_equal(a, b) END;
    CREATE OR REPLACE TEMP MACRO number_is(v, x) AS CASE v.space
        WHEN {DECIMAL} THEN v.x = x AND v.tie = 0 WHEN {DOUBLE} THEN v.x = x WHEN {FLOAT} THEN v.x::FLOAT = x::FLOAT ELSE false END;
    CREATE OR REPLACE TEMP MACRO moment_is(v, space, us, zoned) AS
        v.space = space AND v.zoned = zoned AND v.us = us AND v.tie = 0;
    CREATE OR REPLACE TEMP MACRO truth_is(v, x) AS v.space = {BOOLEAN} AND v.x = x;
    CREATE OR REPLACE TEMP MACRO same_as(id, v, is_same) AS CASE
        WHEN tag(id) < {STRING} THEN false WHEN v.space IS NOT NULL THEN coalesce(is_same, false)
        WHEN tag(id) > {LANGUAGE} THEN NULL ELSE false END;
    CREATE OR REPLACE TEMP MACRO same_text(id, v, text_id) AS CASE
        WHEN id = text_id THEN true WHEN v.space IS NULL AND tag(id) > {LANGUAGE} THEN NULL ELSE false END;
    CREATE OR REPLACE TEMP MACRO same_value(a, b, v, w) AS CASE
        WHEN tag(a) < {STRING} OR tag(b) < {STRING} THEN a = b
        WHEN v.space IS NOT NULL AND w.space IS NOT NULL THEN coalesce(equal(v, w), false)
        WHEN a = b THEN true
        WHEN (v.space IS NULL AND tag(a) > {LANGUAGE}) OR (w.space IS NULL AND tag(b) > {LANGUAGE}) THEN NULL
        ELSE false END;

    CREATE OR REPLACE TEMP MACRO beyond() AS error('a number beyond exact arithmetic')::{NUMBER};
    CREATE OR REPLACE TEMP MACRO exact_number(id, v) AS CASE WHEN id <> v.id THEN NULL
        WHEN v.space = {DECIMAL} THEN coalesce(v.exact::{NUMBER}, beyond()) WHEN v.space > {BOOLEAN} THEN beyond() END;
    CREATE OR REPLACE TEMP MACRO tidy(n) AS CASE WHEN n = n::{NUMBER} THEN n::{NUMBER} WHEN n IS NOT NULL THEN beyond() END;
    CREATE OR REPLACE TEMP MACRO divided(a, b) AS CASE WHEN b = 0 THEN NULL
        WHEN (a::DOUBLE / b::DOUBLE)::{NUMBER} * b = a THEN (a::DOUBLE / b::DOUBLE)::{NUMBER} WHEN a IS NOT NULL THEN beyond() END;
    CREATE OR REPLACE TEMP MACRO exact_sum(exact, approximate) AS CASE
        WHEN bool_or(exact IS NULL AND approximate IS NOT NULL) THEN beyond()
        WHEN bool_and(exact IS NOT NULL) THEN sum(exact)::{NUMBER} END;
    CREATE OR REPLACE TEMP MACRO plain(id, lexical) AS CASE tag(id) WHEN {STRING} THEN lexical
        WHEN {LANGUAGE} THEN error('a text with a language')::VARCHAR END;

    CREATE OR REPLACE TEMP MACRO effective_boolean(id, v, lexical) AS CASE
        WHEN tag(id) IN ({STRING}, {LANGUAGE}) THEN lexical <> ''
        WHEN v.space <= {BOOLEAN} THEN coalesce(v.x <> 0, false)
        WHEN v.space IS NULL AND tag(id) BETWEEN {TAGS[XSD + "integer"]} AND {TAGS[XSD + "boolean"]} THEN false END;

    CREATE OR REPLACE TEMP MACRO shifted(a, months, us) AS CASE
        WHEN months = 0 THEN a.us + CASE WHEN a.space = {_DATE} THEN (us - ((us % {_DAY}) + {_DAY}) % {_DAY}) ELSE us END
        WHEN a.zoned OR us <> 0 THEN beyond()::BIGINT
        ELSE epoch_us(make_timestamp(a.us) + to_months(months::INTEGER)) END;
    CREATE OR REPLACE TEMP MACRO later(a, b, sign) AS CASE
        WHEN b.space = {_DURATION} AND a.space IN ({_DATE}, {_DATE_TIME}) THEN struct_pack(id := NULL::BIGINT, space := a.space,
            x := NULL::DOUBLE, tie := CASE WHEN b.tie = 0 THEN a.tie ELSE beyond()::BIGINT END,
            us := shifted(a, sign * b.months, sign * b.us), months := NULL::BIGINT, zoned := a.zoned) END;
"""
"""`less(v, w)`, `equal(v, w)`: rows of `value`; NULL stands for SPARQL's error. `same_value` is SPARQL's `=` on terms, `same_as` and
`same_text` the same where one side is a constant. `number_…` and `moment_…` with a constant spare the query its row.

`exact_number` looks at the term too, so that DuckDB cannot ask it of values that the query never reaches, and stop at one of them.
"""


def define_macros(con: duckdb.DuckDBPyConnection) -> None:
    """Makes the macros for what the columns hold now."""
    low, high = _DURATION << SHIFT, (_DURATION + len(DURATION_NAMES) << SHIFT) - 1
    some = con.execute(f"SELECT 1 FROM term WHERE id BETWEEN {low} AND {high} LIMIT 1").fetchone()
    con.execute((DURATIONS if some else NO_DURATIONS) + MACROS)
