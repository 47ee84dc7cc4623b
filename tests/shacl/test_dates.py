"""Dates that arrays read at once are worth what they are worth one by one; all others are left to that way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mcqms_kg.graph.columns import reader, xsd
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.values import whole_and_finer
from mcqms_kg.graph.terms import lexical
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.arrays.dates import DATE, usual_dates
from mcqms_kg.shacl.arrays.values import Values

pytestmark = pytest.mark.skipif(not reader.is_built(), reason="the reader in C is not built")
SUBJECT, PREDICATE = Term("<http://e/a>"), Term("<http://e/p>")
dates = st.from_regex(r"[-0-3]?[0-9]{3,5}-[0-1][0-9]-[0-3][0-9](Z|[+]07:00|)", fullmatch=True)


@given(st.lists(dates | st.dates().map(str) | st.text("0123456789-é", min_size=9, max_size=11), max_size=12))
@example(["2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "1000-01-01", "0999-12-31", "9999-12-31"])
@example(["2024-13-01", "2024-00-01", "2024-01-00", "2024-04-31", "2024/01/01", "202--01-01", "٢٠٢٤-01-01"])
@settings(max_examples=300)
def test_dates_are_worth_the_same_at_once(texts: list[str]) -> None:
    literals = [Term(f'"{text}"^^<{XSD}date>') for text in texts] + [Term(f'"1"^^<{XSD}integer>'), Term('"x"')]
    with Columns.load((SUBJECT, PREDICATE, literal, None) for literal in literals) as loaded:
        gathered = loaded.gathered
        assert gathered
        named, (numbers, moments) = loaded.all_terms(), usual_dates(gathered)
        for number, at in zip(numbers.tolist(), moments.tolist(), strict=True):
            assert xsd.moment(lexical(named[number]), "date") == xsd.Moment(at, xsd.NOTHING_FINER, zoned=False)
        values = Values.of_few(gathered)
    assert values and len(values.id) == len(set(values.id.tolist()))
    known = {named[number]: place for place, number in enumerate(values.id.tolist())}
    for literal in set(literals[:-2]):
        found = xsd.moment(lexical(literal), "date")
        assert (literal in known) == (found is not None)
        if found:
            place, (whole, finer) = known[literal], whole_and_finer(found)
            assert (values.us[place], values.zoned[place], values.space[place]) == (whole, found.zoned, DATE)
            assert np.isnan(values.x[place]) and bool(values.tie[place]) == bool(finer)
    assert {named[number] for number in values.ill_formed.tolist()} == set(literals[:-2]) - known.keys()
