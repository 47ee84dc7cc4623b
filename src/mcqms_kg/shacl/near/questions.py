"""What conditions say of terms: of their numbers in Python, of their values in SQL, asked once for each and remembered.

A condition looks at nothing but its terms, so that what it said of some holds whatever the graph becomes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.graph.columns.dictionary import Dictionary
from mcqms_kg.model import Term
from mcqms_kg.shacl.near.arithmetic import compared, computed
from mcqms_kg.shacl.near.deciding import decided
from mcqms_kg.shacl.near.kinds import Kinds, Read, Value, columns_of, kind_of
from mcqms_kg.shacl.near.numbered import of_number, value_of_number
from mcqms_kg.shacl.near.question import LATER, Question
from mcqms_kg.shacl.near.said import Of
from mcqms_kg.shacl.near.sides import needs_search, sides_of
from mcqms_kg.shacl.plans.plan import TERM, Call, Const, Expression, Var

KEPT = "near"
"""Under this name the columns keep what answers questions about a few of their nodes."""
_MANY = 500_000


@dataclass
class Questions:
    """All questions about the terms of some columns."""

    columns: Columns
    dictionary: Dictionary
    kept_as: str = KEPT
    prepare: Callable[[], object] | None = None
    """What must be done before SQL is first asked."""
    most: int = _MANY
    """Answers to one question that are remembered; who reads them in one go needs all."""
    unread: set[int] = field(default_factory=set)
    asked: dict[tuple[Expression, bool, frozenset[str]], Question] = field(default_factory=dict)

    def truth(self, expression: Expression, kinds: Kinds) -> Read:
        """A condition: true, false, or nothing for an error. Raises `Unsupported` where only a query of the whole plan can tell."""
        if isinstance(expression, Call):
            known = self._logical(expression, kinds) or of_number(expression, kinds, self.number)
            if known:
                return known
        return self._question(expression, kinds, is_condition=True)

    def value(self, expression: Expression, kinds: Kinds) -> Read:
        """What a column is extended by; a computed term as its text."""
        if isinstance(expression, Const):
            number = self.number(expression.term)
            return lambda _: number
        if isinstance(expression, Var):
            name = expression.name
            return lambda row: row.get(name)
        if isinstance(expression, Call) and (known := value_of_number(expression, kinds)):
            return known
        if isinstance(expression, Call) and expression.function == TERM:
            return self._question(expression, kinds, is_condition=False)
        if kind_of(expression, kinds) == "number":
            raise Unsupported("A computed number")
        return self._question(expression, kinds, is_condition=False)

    def _question(self, expression: Expression, kinds: Kinds, is_condition: bool) -> Read:
        names = columns_of(expression)
        numbers = frozenset(name for name in names if name in kinds)
        known = self._known(expression, numbers)
        if needs_search(expression) or (numbers and (known is None or not is_condition)):
            raise Unsupported("A condition on what is computed, or on what SQL cannot match")
        key = (expression, is_condition, numbers)
        if key not in self.asked:
            self.asked[key] = Question(expression, names, is_condition, known=known, of_terms=not numbers)
        return self.asked[key].read

    def summand(self, expression: Expression, kinds: Kinds) -> Read | None:
        """A number for a sum, or that SQL must be asked; nothing where only SQL can compute it."""
        of = computed(expression)
        if of is None or "text" in kinds.values():
            return None
        return self._saying(of, expression, frozenset(kinds))  # type: ignore[return-value]  # a number

    def numbers_of_new(self, made: set[Term]) -> Mapping[Term, int]:
        """The numbers of terms that were computed. They become terms of the columns, so that SQL can be asked about them too."""
        self.columns.ensure_terms(made)
        if self.kept_as not in self.columns.kept:
            raise Unsupported("The terms were numbered anew")
        for question in self.asked.values():
            question.sql = ""
        return self.dictionary.numbers(made)

    def number(self, term: Term) -> int:
        return self.dictionary.numbers((term,))[term]

    def _known(self, expression: Expression, numbers: frozenset[str]) -> Callable[[tuple[Value, ...]], object] | None:
        """What Python knows of the expression, by the values of its columns; `numbers` are those that hold a number and no term."""
        if not isinstance(expression, Call):
            return None
        of = compared(expression) if numbers else decided(expression)
        if of is None:
            return None
        names, said = columns_of(expression), self._saying(of, expression, numbers)
        return lambda key: said(dict(zip(names, key, strict=True)))

    def _saying(
        self, of: Of, expression: Expression, numbers: frozenset[str]
    ) -> Callable[[Mapping[str, Value]], object]:
        """What is said of a row; texts that are not at hand are to be read first."""
        sides, known = sides_of(expression), self.dictionary.known

        def said(row: Mapping[str, Value]) -> object:
            given, lacking = list[object](), set[int]()
            for side in sides:
                value: object = row.get(side.name) if isinstance(side, Var) else side
                if isinstance(side, Var) and side.name not in numbers:
                    number, value = value, None
                    if isinstance(number, int) and (value := known(number)) is None:
                        lacking.add(number)
                given.append(value)
            self.unread |= lacking
            return LATER if lacking else of(tuple(given))  # type: ignore[arg-type]  # or a number

        return said

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
            if len(question.answers) > self.most:
                question.answers.clear()
            rows = list(question.waiting)
            question.waiting.clear()
            question.sql = question.sql or self._query(question)
            parts.append(f"SELECT {place}, * FROM ({question.sql})")
            given += [list(range(len(rows))), *([row[n] for row in rows] for n in range(len(question.names)))]
            asked.append(rows)
        if not parts:
            return
        if self.prepare:
            self.prepare()
            self.prepare = None
        found = self.columns.connection.execute(" UNION ALL ".join(parts), given).fetchall()
        for place, row, truth, text, term in found:
            said = truth if waiting[place].is_condition else term if text is None else text
            waiting[place].answers[asked[place][row]] = said

    def _query(self, question: Question) -> str:
        """Columns `row`, `truth`, `text`, `term`; its parameters are the numbers of the rows, and each column of terms."""
        from mcqms_kg.shacl.near.written import (  # SQL is written by a package that takes long to import
            with_rows,
            written,
        )

        kind, query, writer = written(question.expression, question.names, {}, truth=question.is_condition)
        self.columns.ensure_terms(writer.constants)
        if self.kept_as not in self.columns.kept:
            raise Unsupported("The terms were numbered anew")
        if "literal" in writer.tables:
            self.columns.ensure_literals()
        if "value" in writer.tables:
            self.columns.ensure_values()
        return with_rows(kind, query, len(question.names))
