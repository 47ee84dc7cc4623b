"""Expressions that SQL is asked about: once for each different row of the columns that they name."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from mcqms_kg.errors import Unsupported
from mcqms_kg.model import Term
from mcqms_kg.shacl.arrays.held import Held
from mcqms_kg.shacl.arrays.sets import Numbers, grouped
from mcqms_kg.shacl.arrays.table import NONE, Table
from mcqms_kg.shacl.arrays.values import FALSE, TRUE, UNKNOWN, Said
from mcqms_kg.shacl.near.deciding import decided, has_sql
from mcqms_kg.shacl.near.kinds import Kinds, columns_of
from mcqms_kg.shacl.near.said import ASK
from mcqms_kg.shacl.near.sides import needs_search, sides_of
from mcqms_kg.shacl.plans.plan import TERM, Call, Expression, Var

_Written = tuple[str, str, tuple[Term, ...], frozenset[str]]
_MANY = 100_000
"""Different rows of which SQL is asked more quickly than Python."""
_AT_ONCE = 1000
"""Rows of which Python is asked before a look at whether it knows them."""
_GIVEN = "given_rows"
"""The arrays, as DuckDB sees them."""


@dataclass
class Asked:
    """Asks; texts that are answers get numbers of their own for as long as a validation takes."""

    held: Held
    _codes: dict[str, int] = field(default_factory=dict)

    def truths(self, table: Table, expression: Expression, kinds: Kinds) -> Said:
        """What a condition says of each row."""
        _, rows, found = self._answers(table, expression, kinds, truth=True)
        read: Said = np.ma.filled(np.ma.asarray(found).astype(np.int8) * TRUE, UNKNOWN)
        return read[rows]

    def known(self, table: Table, call: Call, kinds: Kinds) -> Said | None:
        """What Python knows of each row; nothing where SQL has to be asked."""
        found = self.said(table, call, kinds)
        if found is None:
            return None
        rows, said = found
        read: Said = np.array([UNKNOWN if one is None else TRUE if one else FALSE for one in said], np.int8)
        return read[rows]

    def values(self, table: Table, expression: Expression, kinds: Kinds) -> Numbers:
        """What each row is extended by: the number of a term, or one that stands for a text."""
        if isinstance(expression, Call) and expression.function in ("language", TERM):
            known = self.said(table, expression, kinds)
            if known:
                rows, said = known
                return (self.terms(said) if expression.function == TERM else self._texts(said))[rows]
        kind, rows, found = self._answers(table, expression, kinds, truth=False)
        if kind == "term":
            read: Numbers = np.ma.filled(found, NONE).astype(np.int64)
            return read[rows]
        texts = np.ma.asarray(found).tolist()
        return np.array([NONE if text is None else self._code(text) for text in texts], np.int64)[rows]

    def _texts(self, said: list[object]) -> Numbers:
        return np.array([self._code(str(text)) for text in said], np.int64)

    def terms(self, said: Sequence[object]) -> Numbers:
        """The numbers of terms that were computed, which become terms of the columns."""
        terms = {Term(str(term)) for term in said if term is not None}
        numbers = self.held.numbers(terms)
        return np.array([NONE if term is None else numbers[Term(str(term))] for term in said], np.int64)

    def _code(self, text: str) -> int:
        return self._codes.setdefault(text, len(self._codes))

    def said(self, table: Table, call: Call, kinds: Kinds) -> tuple[Numbers, list[object]] | None:
        """Which answer is that of each row, and the answers, where Python has all of them and SQL would not be quicker."""
        of, sides = decided(call), sides_of(call)
        names = tuple(dict.fromkeys(side.name for side in sides if isinstance(side, Var)))
        if of is None or any(name in kinds or name not in table.columns for name in names):
            return None
        if not names:
            said = of(tuple(side for side in sides if not isinstance(side, Var)))
            return None if said is ASK else (np.zeros(table.size, np.int64), [said])
        rows, given = _different(table, names)
        if len(given[0]) > _MANY and has_sql(call):
            return None
        texts: Mapping[int | None, Term | None] = self.held.texts({*np.concatenate(given).tolist()} - {NONE})  # type: ignore[assignment]  # unbound has no text
        columns = dict(zip(names, ([texts.get(number) for number in column.tolist()] for column in given), strict=True))
        parts = [columns[side.name] if isinstance(side, Var) else itertools.repeat(side) for side in sides]
        found: list[object] = []
        asked = map(of, zip(*parts, strict=False))
        while some := list(itertools.islice(asked, _AT_ONCE)):
            if any(one is ASK for one in some):
                return None
            found += some
        return rows, found

    def _answers(self, table: Table, expression: Expression, kinds: Kinds, *, truth: bool) -> tuple[str, Numbers, Any]:
        """What is given, which answer is that of each row, and the answers."""
        names = tuple(name for name in columns_of(expression) if name in table.columns)
        if needs_search(expression) or any(name in kinds for name in names):
            raise Unsupported("A condition on what is computed, or on what SQL cannot match")
        rows, given = _different(table, names)
        kind, sql = self._sql(expression, names, truth=truth)
        found = self._found(sql, kind, {f"c{n}": column for n, column in enumerate(given)}, int(rows.max()) + 1)
        return kind, rows, found

    def _sql(self, expression: Expression, names: tuple[str, ...], *, truth: bool) -> tuple[str, str]:
        """What the expression gives, and its SQL; what that needs stands then."""
        from mcqms_kg.shacl.sql.macros import define_macros  # SQL is written by a package that takes long to import

        kind, sql, constants, tables = _written(expression, names, truth)
        if kind == "number":
            raise Unsupported("A computed number")
        self.held.numbers(constants)
        if "literal" in tables:
            self.held.columns.ensure_literals()
        if "value" in tables:
            self.held.columns.ensure_values()
        if not self.held.has_macros:
            define_macros(self.held.columns.connection)
            self.held.has_macros = True
        return kind, sql

    def _found(self, sql: str, kind: str, columns: Mapping[str, Numbers], size: int) -> Any:
        """The answers, in the order of the rows."""
        con = self.held.columns.connection
        given = "".join(f", nullif({name}, {NONE}) AS {name}" for name in columns)
        con.execute("SELECT 1").fetchall()  # what was not read to its end would be in the way
        con.register(_GIVEN, {"row": np.arange(size), **columns})
        try:
            rows = f"WITH asked_rows AS (SELECT row{given} FROM {_GIVEN})"
            found = con.execute(f"{rows} SELECT row, {kind} FROM ({sql})").fetchnumpy()
        finally:
            con.unregister(_GIVEN)
        return found[kind][np.argsort(found["row"])]


def _different(table: Table, names: Sequence[str]) -> tuple[Numbers, list[Numbers]]:
    """For each row of a table that has some its place among those that differ in these columns, and these columns of theirs."""
    columns = [table.columns[name] for name in names]
    order, is_first = grouped(columns or [np.zeros(table.size, np.int64)])
    first, rows = order[is_first], np.empty(table.size, np.int64)
    rows[order] = np.cumsum(is_first) - 1
    return rows, [column[first] for column in columns]


@lru_cache(maxsize=10_000)
def _written(expression: Expression, names: tuple[str, ...], truth: bool) -> _Written:
    """What an expression gives, its SQL, and the terms and tables that this names."""
    from mcqms_kg.shacl.near.written import written  # likewise

    kind, sql, writer = written(expression, names, {}, truth=truth)
    return kind, sql, tuple(writer.constants), frozenset(writer.tables)
