"""Macros that keep the SQL short: terms, and the comparisons of XSD values (XML Schema part 2; SPARQL 1.1 section 17.3)."""

from __future__ import annotations

from mcqms_kg.graph.columns_tags import LANGUAGE, SHIFT, STRING, TAGS
from mcqms_kg.graph.columns_values import BOOLEAN, DECIMAL, DOUBLE
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


MACROS = f"""
    CREATE OR REPLACE TEMP MACRO iri(t) AS digest(t);
    CREATE OR REPLACE TEMP MACRO term(tag, t) AS (tag::BIGINT << {SHIFT}) | digest(t);
    CREATE OR REPLACE TEMP MACRO tag(id) AS id >> {SHIFT};

    CREATE OR REPLACE TEMP MACRO number_less(a, b) AS CASE
        WHEN a.space = {DECIMAL} AND b.space = {DECIMAL} THEN a.x < b.x OR (a.x = b.x AND a.tie < b.tie)
        WHEN a.space = b.space OR a.space = {DOUBLE} OR b.space = {DOUBLE} THEN a.x < b.x
        ELSE a.x::FLOAT < b.x::FLOAT END;
    CREATE OR REPLACE TEMP MACRO number_equal(a, b) AS CASE
        WHEN a.space = {DECIMAL} AND b.space = {DECIMAL} THEN a.x = b.x AND a.tie = b.tie
        WHEN a.space = b.space OR a.space = {DOUBLE} OR b.space = {DOUBLE} THEN a.x = b.x
        ELSE a.x::FLOAT = b.x::FLOAT END;
    CREATE OR REPLACE TEMP MACRO from_date(v, d) AS epoch_us(d::TIMESTAMP + to_months(v.months::INTEGER)) + v.us;
    CREATE OR REPLACE TEMP MACRO duration_less(a, b) AS {_durations("<")};
    CREATE OR REPLACE TEMP MACRO moment_less(a, b) AS CASE
        WHEN a.zoned = b.zoned THEN a.us < b.us OR (a.us = b.us AND a.tie < b.tie)
        WHEN a.us + {_HOURS_14} < b.us THEN true
        WHEN a.us - {_HOURS_14} > b.us THEN false END;
    CREATE OR REPLACE TEMP MACRO moment_equal(a, b) AS CASE
        WHEN a.zoned = b.zoned THEN a.us = b.us AND a.tie = b.tie
        WHEN abs(a.us - b.us) > {_HOURS_14} THEN false END;

    CREATE OR REPLACE TEMP MACRO less(a, b) AS CASE
        WHEN a.space <= {DOUBLE} AND b.space <= {DOUBLE} THEN number_less(a, b)
        WHEN a.space <> b.space THEN NULL
        WHEN a.space = {BOOLEAN} THEN a.x < b.x
        WHEN a.space = {_DURATION} THEN duration_less(a, b)
        ELSE moment_less(a, b) END;
    CREATE OR REPLACE TEMP MACRO equal(a, b) AS CASE
        WHEN a.space <= {DOUBLE} AND b.space <= {DOUBLE} THEN number_equal(a, b)
        WHEN a.space <> b.space THEN false
        WHEN a.space = {BOOLEAN} THEN a.x = b.x
        WHEN a.space = {_DURATION} THEN a.months = b.months AND a.us = b.us AND a.tie = b.tie
        WHEN a.zoned IS NULL THEN a.id = b.id
        ELSE moment_equal(a, b) END;
    CREATE OR REPLACE TEMP MACRO less_or_equal(a, b) AS less(a, b) OR (a.space <= {DOUBLE} OR a.space = b.space) AND equal(a, b);
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
"""`less(v, w)`, `equal(v, w)`: rows of `value`; NULL stands for SPARQL's error. `same_value` is SPARQL's `=` on terms.

`exact_number` looks at the term too, so that DuckDB cannot ask it of values that the query never reaches, and stop at one of them.
"""
