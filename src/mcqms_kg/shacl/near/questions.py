"""What conditions say of terms: of their numbers in Python, of their values in SQL, asked once for each and remembered.

A condition looks at nothing but its terms, so that what it said of some holds whatever the graph becomes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import columns_tags as tags
from mcqms_kg.graph.columns import Columns
from mcqms_kg.graph.columns_dictionary import Dictionary
from mcqms_kg.model import Term
from mcqms_kg.shacl import plan as p
from mcqms_kg.shacl.near.known import ASK, decided
from mcqms_kg.shacl.patterns import to_re2
from mcqms_kg.shacl.plan import Call, Const, Expression, Plan, Var
from mcqms_kg.shacl.sql.blocks import Block, Source, select
from mcqms_kg.shacl.sql.functions import Functions
from mcqms_kg.shacl.sql.terms import column, table
from mcqms_kg.shacl.sql.writer import Writer

Value = int | str | Decimal | bool | None
Read = Callable[[Mapping[str, Value]], Value]
"""What an expression says of a row."""
Kinds = Mapping[str, str]
LATER = object()
"""Said instead of an answer: a text must be read first."""
KEPT = "near"
"""Under this name the columns keep what answers questions about a few of their nodes."""
_MANY = 500_000
"""Answers to one question that are remembered."""
_SAID = {"truth": "BOOLEAN", "text": "VARCHAR", "term": "BIGINT"}
_COUNTS: Mapping[str, Callable[[int, int], bool]] = {
    "at_least": lambda count, number: count >= number,
    "at_most": lambda count, number: count <= number,
    "exactly": lambda count, number: count == number,
}
_OF_TAG: Mapping[str, Callable[[int], bool]] = {
    "is_iri": lambda tag: tag == tags.IRI,
    "is_blank": lambda tag: tag == tags.BLANK,
    "is_literal": lambda tag: tag >= tags.STRING,
    "is_tagged": lambda tag: tag == tags.LANGUAGE,
}


def kinds(plan: Plan) -> dict[str, str]:
    """The columns that hold something else than the number of a term: `number` or `text`."""
    if isinstance(plan, p.Group):
        inner = kinds(plan.plan)
        return {k: v for k, v in inner.items() if k in plan.keys} | {name: "number" for name, _ in plan.aggregates}
    if isinstance(plan, p.Select):
        inner = kinds(plan.plan)
        return {new: inner[old] for new, old in plan.picked if old in inner}
    if isinstance(plan, p.Extend):
        inner = kinds(plan.plan)
        kind = written(plan.expression, _columns_of(plan.expression), inner)[0]
        return inner if kind == "term" else {**inner, plan.column: kind}
    if isinstance(plan, p.Union):
        return {}
    below = (getattr(plan, name, None) for name in ("plan", "right", "left"))
    return {column: kind for part in below if part is not None for column, kind in kinds(part).items()}


def _columns_of(expression: object) -> tuple[str, ...]:
    if isinstance(expression, Var):
        return (expression.name,)
    if isinstance(expression, Call):
        return tuple(dict.fromkeys(name for argument in expression.arguments for name in _columns_of(argument)))
    return ()


def written(
    expression: Expression, names: tuple[str, ...], kinds: Kinds, *, truth: bool = False
) -> tuple[str, str, Writer]:
    """The expression in SQL, for rows of a table `asked_rows`: what it gives, the query, and what that needs."""
    writer = Writer()
    columns = {name: column("r", f"c{place}") for place, name in enumerate(names)}
    block = Block(dict(columns), (Source("", table("asked_rows", "r"), "r"),), kinds=dict(kinds))
    functions = Functions(writer, block)
    kind, found = ("truth", functions.truth(expression)) if truth else functions.computed(expression)
    query = select(replace(functions.block, columns={"row": column("r", "row"), kind: found}))
    return kind, query.sql("duckdb", normalize_functions=False), writer


@dataclass
class Question:
    """An expression, what it said of the terms it was asked about, and the terms it is still to be asked about in SQL."""

    expression: Expression
    names: tuple[str, ...]
    is_condition: bool
    sql: str = ""
    known: Callable[[tuple[Value, ...]], object] | None = None
    answers: dict[tuple[Value, ...], Value] = field(default_factory=dict)
    waiting: dict[tuple[Value, ...], None] = field(default_factory=dict)

    def read(self, row: Mapping[str, Value]) -> Value:
        key = tuple([row.get(name) for name in self.names])
        if key not in self.answers:
            said = self.known(key) if self.known else ASK
            if said is ASK:
                self.waiting[key] = None
                return None
            if said is LATER:
                return None
            self.answers[key] = said  # type: ignore[assignment]  # a truth or nothing
        return self.answers[key]


@dataclass
class Questions:
    """All questions about the terms of some columns."""

    columns: Columns
    dictionary: Dictionary
    unread: set[int] = field(default_factory=set)
    asked: dict[tuple[Expression, bool], Question] = field(default_factory=dict)

    def truth(self, expression: Expression, kinds: Kinds) -> Read:
        """A condition: true, false, or nothing for an error. Raises `Unsupported` where only a query of the whole plan can tell."""
        if isinstance(expression, Call):
            known = self._logical(expression, kinds) or self._of_number(expression, kinds)
            if known:
                return known
        return self._question(expression, kinds, is_condition=True)

    def value(self, expression: Expression, kinds: Kinds) -> Read:
        """What a column is extended by."""
        if isinstance(expression, Const):
            number = self.number(expression.term)
            return lambda _: number
        if isinstance(expression, Var):
            name = expression.name
            return lambda row: row.get(name)
        if written(expression, _columns_of(expression), kinds)[0] == "number":
            raise Unsupported("A computed number")
        return self._question(expression, kinds, is_condition=False)

    def _question(self, expression: Expression, kinds: Kinds, is_condition: bool) -> Read:
        names = _columns_of(expression)
        if set(names) & kinds.keys() or _needs_search(expression):
            raise Unsupported("A condition on what is computed, or on what SQL cannot match")
        key = (expression, is_condition)
        if key not in self.asked:
            self.asked[key] = Question(expression, names, is_condition, known=self._known(expression))
        return self.asked[key].read

    def number(self, term: Term) -> int:
        return self.dictionary.numbers((term,))[term]

    def _known(self, expression: Expression) -> Callable[[tuple[Value, ...]], object] | None:
        """What Python knows of the expression, by the numbers of its columns; texts that are not at hand are to be read first."""
        of = decided(expression) if isinstance(expression, Call) else None
        if of is None or not isinstance(expression, Call):
            return None
        names, sides = _columns_of(expression), _sides(expression)

        def known(key: tuple[Value, ...]) -> object:
            given = dict(zip(names, key, strict=True))
            lacking = {n for n in key if isinstance(n, int) and self.dictionary.known(n) is None}
            self.unread |= lacking
            return (
                LATER
                if lacking
                else of(tuple(side if isinstance(side, str) else self._text(given[side.name]) for side in sides))
            )

        return known

    def _text(self, number: Value) -> Term | None:
        return self.dictionary.known(number) if isinstance(number, int) else None

    def _logical(self, call: Call, kinds: Kinds) -> Read | None:
        if call.function not in ("and", "or", "not", "is_not_true"):
            return None
        parts = [self.truth(part, kinds) for part in call.arguments]  # type: ignore[arg-type]  # expressions here
        if call.function == "not":
            return lambda row: None if (said := parts[0](row)) is None else not said
        if call.function == "is_not_true":
            return lambda row: parts[0](row) is not True
        decides = call.function == "or"

        def read(row: Mapping[str, Value]) -> Value:
            said = [part(row) for part in parts]
            return decides if decides in said else None if None in said else not decides

        return read

    def _of_number(self, call: Call, kinds: Kinds) -> Read | None:
        """Conditions that the numbers of the terms, or a count, decide."""
        first, *rest = call.arguments or (None,)
        if not isinstance(first, Var):
            return None
        name = first.name
        if kinds.get(name) == "number" and call.function in _COUNTS and isinstance(rest[0], int):
            compare, number = _COUNTS[call.function], rest[0]
            return lambda row: compare(row[name], number)  # type: ignore[arg-type]  # a counted column
        if name in kinds:
            return None
        if call.function in _OF_TAG:
            is_so = _OF_TAG[call.function]
            return lambda row: None if row.get(name) is None else is_so(row[name] >> tags.SHIFT)  # type: ignore[operator]  # a number
        if call.function in ("in", "not_in") and all(isinstance(member, Const) for member in rest):
            members = {self.number(member.term) for member in rest if isinstance(member, Const)}
            return _membership(name, members, call.function == "in")
        return None

    def is_waiting(self) -> bool:
        return bool(self.unread) or any(question.waiting for question in self.asked.values())

    def ask(self) -> None:
        """Asks what is waiting, all in one query; reads the texts that Python waits for."""
        if self.unread:
            self.dictionary.texts(self.unread)
            self.unread.clear()
        waiting = [question for question in self.asked.values() if question.waiting]
        parts, given, asked = [], [], []
        for place, question in enumerate(waiting):
            if len(question.answers) > _MANY:
                question.answers.clear()
            rows = list(question.waiting)
            question.waiting.clear()
            question.sql = question.sql or self._query(question)
            parts.append(f"SELECT {place}, * FROM ({question.sql})")
            given += [list(range(len(rows))), *([row[n] for row in rows] for n in range(len(question.names)))]
            asked.append(rows)
        if not parts:
            return
        found = self.columns.connection.execute(" UNION ALL ".join(parts), given).fetchall()
        for place, row, truth, text, term in found:
            said = truth if waiting[place].is_condition else term if text is None else text
            waiting[place].answers[asked[place][row]] = said

    def _query(self, question: Question) -> str:
        """Columns `row`, `truth`, `text`, `term`; its parameters are the numbers of the rows, and each column of terms."""
        kind, query, writer = written(question.expression, question.names, {}, truth=question.is_condition)
        self.columns.ensure_terms(writer.constants)
        if KEPT not in self.columns.kept:
            raise Unsupported("The terms were numbered anew")
        if "literal" in writer.tables:
            self.columns.ensure_literals()
        if "value" in writer.tables:
            self.columns.ensure_values()
        columns = "".join(f", unnest(?::BIGINT[]) AS c{n}" for n in range(len(question.names)))
        picked = ", ".join(name if name == kind else f"NULL::{type_} AS {name}" for name, type_ in _SAID.items())
        return f"WITH asked_rows AS (SELECT unnest(?::BIGINT[]) AS row{columns}) SELECT row, {picked} FROM ({query})"


def _sides(call: Call) -> list[Term | Var]:
    """The constants and the variables of a condition, in order."""
    inner = [argument for argument in call.arguments if isinstance(argument, Call)]
    if inner:
        return [side for part in inner for side in _sides(part)]
    return [a.term if isinstance(a, Const) else a for a in call.arguments if isinstance(a, Const | Var)]


def _membership(name: str, members: set[int], wanted: bool) -> Read:
    if not members:
        return lambda _: not wanted
    return lambda row: None if row.get(name) is None else (row[name] in members) is wanted


def _needs_search(expression: Any) -> bool:
    if not isinstance(expression, Call):
        return False
    if expression.function in ("matches", "regex"):
        _, pattern, flags = expression.arguments
        if to_re2(str(pattern), str(flags)) is None:
            return True
    return any(map(_needs_search, expression.arguments))
