"""A change to columns that stand: which statements truly come and go, and the tables kept right without building them anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags, xsd
from mcqms_kg.graph.columns import values as columns_values
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.dictionary import Dictionary
from mcqms_kg.graph.columns.lookup import Lookup, Statement
from mcqms_kg.model import Term, Triple

_PLAIN_DIGITS = 15
_AT_ONCE = 100
_FEW_SUBJECTS = 10
_STATEMENT = ("BIGINT", "BIGINT", "BIGINT")
_LITERAL = ("BIGINT", "VARCHAR", "VARCHAR", "VARCHAR")
_VALUE = ("BIGINT", "TINYINT", "DOUBLE", "BIGINT", "BIGINT", "BIGINT", "BOOLEAN", columns_values.EXACT)


@dataclass(frozen=True)
class Change:
    """What truly comes and goes, as terms and as numbers."""

    triples: tuple[Triple, ...]
    came: tuple[Statement, ...]
    gone: tuple[Statement, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        return (*self.came, *self.gone)


def change(
    columns: Columns, dictionary: Dictionary, lookup: Lookup, added: set[Triple], removed: set[Triple]
) -> Change:
    """Changes the columns; the lookup still shows them as they were. What is both added and removed, stands in the end.

    Raises `Clash` where a new term has the number of another; then nothing is changed.
    """
    numbers = dictionary.numbers(term for triple in added | removed for term in triple)
    named = {triple: (numbers[triple[0]], numbers[triple[1]], numbers[triple[2]]) for triple in added | removed}
    came = {triple: named[triple] for triple in sorted(added) if not lookup.has(named[triple])}
    gone = {triple: named[triple] for triple in sorted(removed - added) if lookup.has(named[triple])}
    found = Change((*came, *gone), tuple(came.values()), tuple(gone.values()))
    lookup.show(found.came, present=False)
    lookup.show(found.gone, present=True)
    _write(columns, dictionary, found, {term: numbers[term] for triple in came for term in triple})
    return found


def _write(columns: Columns, dictionary: Dictionary, found: Change, named: dict[Term, int]) -> None:
    """All of the change, or nothing of it."""
    con, columns.version = columns.connection, columns.version + 1
    con.begin()
    try:
        if found.came:
            _add_terms(columns, dictionary, named)
            _insert(columns, "triple", _STATEMENT, found.came)
        if found.gone:
            _delete(columns, found.gone)
    except BaseException:  # half a change is taken back whatever ended it; it is raised on
        con.rollback()
        raise
    con.commit()


def _add_terms(columns: Columns, dictionary: Dictionary, named: dict[Term, int]) -> None:
    stored = dictionary.stored(named.values())
    new = [(number, term) for term, number in named.items() if number not in stored]
    if new:
        _insert(columns, "term", ("BIGINT", "VARCHAR"), new)
        _derive(columns, [(number, term) for number, term in new if terms.is_literal(term)])


def _delete(columns: Columns, gone: Sequence[Statement]) -> None:
    """Of few subjects by conditions that a scan decides without a join. Terms stay: no query asks for one that no statement holds."""
    by_subject: dict[int, list[Statement]] = {}
    for statement in gone:
        by_subject.setdefault(statement[0], []).append(statement)
    if len(by_subject) > _FEW_SUBJECTS:
        rows = ", ".join(f"({s}, {p}, {o})" for s, p, o in gone)
        columns.connection.execute(f"DELETE FROM triple WHERE (s, p, o) IN ({rows})")
        return
    for subject, held in by_subject.items():
        for begin in range(0, len(held), _AT_ONCE):
            pairs = " OR ".join(f"(p = {p} AND o = {o})" for _, p, o in held[begin : begin + _AT_ONCE])
            columns.connection.execute(f"DELETE FROM triple WHERE s = {subject} AND ({pairs})")


def _insert(columns: Columns, table: str, types: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    parts = [list(part) for part in zip(*rows, strict=True)]
    if parts:
        picked = ", ".join(f"unnest(?::{kind}[])" for kind in types)
        columns.connection.execute(f"INSERT INTO {table} SELECT {picked}", parts)


def _derive(columns: Columns, new: Sequence[tuple[int, Term]]) -> None:
    """The rows of new literals in the derived tables; where their order among others must be found, the tables are built anew."""
    if any(_needs_rank(term) for _, term in new):
        columns._derived.clear()
    if "literal" in columns._derived:
        parts = ((n, terms.lexical(t), terms.language(t), terms.datatype(t)) for n, t in new)
        _insert(columns, "literal", _LITERAL, parts)
    if "value" in columns._derived:
        valued = [(number, tag, term) for number, term in new if (tag := tags.tag_of(term)) in tags.VALUED]
        rows = list(columns_values.rows_of(valued))
        _insert(columns, "value", _VALUE, rows)
        well_formed = {row[0] for row in rows}
        _insert(columns, "ill_formed", ("BIGINT",), [(n,) for n, _, _ in valued if n not in well_formed])


def _needs_rank(term: Term) -> bool:
    """Whether a double or a whole microsecond may not tell the value from its neighbours (`tie` in `value`)."""
    tag = tags.tag_of(term)
    if tag not in tags.VALUED:
        return False
    found = xsd.value(terms.lexical(term), tags.DATATYPES[tag])
    if isinstance(found, Decimal):
        return len(terms.lexical(term)) > _PLAIN_DIGITS
    return isinstance(found, xsd.Moment | xsd.Duration) and columns_values.whole_and_finer(found)[1] != 0
