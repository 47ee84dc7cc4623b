"""The embedded store of one graph: filled with the statements that queries can meet, and asked about many nodes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import pyoxigraph as ox
from sqlglot import exp

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.embedded.faithful import as_node, spellings
from mcqms_kg.shacl.embedded.seeding import SEEDS
from mcqms_kg.shacl.plans.question import Question

NAME = "store"
_GRAPH = ox.NamedNode(SEEDS)
_MANY = 2_000_000
_MOST = 1_000
_GIVEN = {tags.STRING, tags.LANGUAGE, tags.TAGS[XSD + "integer"], tags.TAGS[XSD + "boolean"]}
"""Kinds of literal that are written in one way only, whoever computes them."""
Row = tuple[Term | None, ...]


@dataclass(frozen=True)
class Asked:
    """A question to be put before a query runs: about the pre-bound values that `seeds` finds; the solutions go into a table."""

    table: str
    seeds: exp.Query
    question: Question


@dataclass
class Embedded:
    """A store in memory, filled from the columns as far as it is asked."""

    connection: duckdb.DuckDBPyConnection
    store: ox.Store = field(default_factory=ox.Store)
    literals: dict[Term, frozenset[Term]] = field(default_factory=dict)
    size: int = 0

    def answers(self, question: Question, seeds: Sequence[Sequence[Term]]) -> Iterator[Row]:
        """A row for each solution. Raises `Unsupported` where the data are such that the store may answer otherwise than SPARQL 1.1."""
        met = self._fill(question.traits.predicates)
        if question.traits.has_empty_paths:
            self._refuse_strangers(node for row in seeds for node in row)
        seeded = (node for row in seeds for node in row if terms.is_literal(node))
        as_given = spellings((*met, *seeded), question.traits)
        known = {*met, *seeded, *question.traits.literals}
        for part in _parts(seeds, 1 if question.one_by_one else self._at_once()):
            yield from self._solutions(question, part, as_given, known)

    def _at_once(self) -> int:
        """Many nodes at a time, but so that no part of a query, joined with all of them, outgrows the memory."""
        return max(1, min(_MOST, _MANY // (self.size + 1)))

    def _fill(self, predicates: frozenset[Term] | None) -> set[Term]:
        """Loads the statements with these predicates, or all; gives back the literals among them."""
        if predicates is None:
            found = self.connection.execute("SELECT text FROM term WHERE id IN (SELECT DISTINCT p FROM triple)")
            predicates = frozenset(Term(text) for (text,) in found.fetchall())
        for predicate in sorted(predicates - self.literals.keys()):
            self._load(predicate)
        return {literal for predicate in predicates for literal in self.literals[predicate]}

    def _load(self, predicate: Term) -> None:
        rows = self.connection.execute(
            "SELECT a.text, b.text FROM triple JOIN term AS a ON a.id = s JOIN term AS b ON b.id = o WHERE p = number_of(?)",
            [str(predicate)],
        ).fetchall()
        named = as_node(predicate)
        try:
            self.store.bulk_extend(ox.Quad(as_node(Term(s)), named, as_node(Term(o))) for s, o in rows)  # type: ignore[arg-type]  # a subject is no literal
        except ValueError as problem:
            raise Unsupported(f"A term that the embedded store does not take: {problem}") from problem
        self.literals[predicate] = frozenset(Term(o) for _, o in rows if terms.is_literal(o))
        self.size += len(rows)

    def _refuse_strangers(self, nodes: Iterable[Term]) -> None:
        """A path of length zero exists at every pre-bound node, which the store knows of nodes of the graph only."""
        for node in set(nodes):
            here = as_node(node)
            as_subject = not isinstance(here, ox.Literal) and next(self._quads(here, None), None)
            if not as_subject and next(self._quads(None, here), None) is None:
                raise Unsupported("A path of length zero from a node that no statement mentions, in the embedded store")

    def _quads(
        self, subject: ox.NamedNode | ox.BlankNode | None, object_: ox.NamedNode | ox.BlankNode | ox.Literal | None
    ) -> Iterator[ox.Quad]:
        return self.store.quads_for_pattern(subject, None, object_, ox.DefaultGraph())

    def _solutions(
        self, question: Question, seeds: Sequence[Sequence[Term]], as_given: Mapping[Term, Term], known: set[Term]
    ) -> Iterator[Row]:
        self._seed(question.variables, seeds)
        try:
            found = self.store.query(question.text)
            if not isinstance(found, ox.QuerySolutions):
                raise Unsupported("A query without solutions")
            for solution in found:
                yield tuple(
                    None
                    if solution[name] is None
                    else _given(Term(str(solution[name])), {} if name in question.own else as_given, known)
                    for name in question.columns
                )
        except (SyntaxError, ValueError, OSError, RuntimeError) as problem:
            raise Unsupported(f"The embedded store cannot answer: {problem}") from problem

    def _seed(self, variables: tuple[str, ...], seeds: Sequence[Sequence[Term]]) -> None:
        self.store.remove_graph(_GRAPH)
        places = [ox.NamedNode(f"{SEEDS}#{name}") for name in variables]
        for number, row in enumerate(seeds):
            node = ox.NamedNode(f"{SEEDS}/{number}")
            self.store.extend(
                ox.Quad(node, place, as_node(term), _GRAPH) for place, term in zip(places, row, strict=True)
            )


def _given(term: Term, as_given: Mapping[Term, Term], known: set[Term]) -> Term:
    """The term as the data have it. Raises `Unsupported` for a computed literal that could be written in several ways."""
    found = as_given.get(term, term)
    if terms.is_literal(found) and found not in known and tags.tag_of(found) not in _GIVEN:
        raise Unsupported(f"The computed value {found} in a result of the embedded store")
    return found


def _parts(rows: Sequence[Sequence[Term]], size: int) -> Iterator[Sequence[Sequence[Term]]]:
    for begin in range(0, len(rows), size):
        yield rows[begin : begin + size]


def seeds(
    connection: duckdb.DuckDBPyConnection, asked: Asked, about: Callable[[str], str] = str
) -> list[tuple[Term, ...]]:
    """The pre-bound values that a question is about, as terms; one row without any where nothing is pre-bound."""
    names = asked.question.variables
    if not names:
        return [()]
    looked_up = " ".join(f"JOIN term AS t{n} ON t{n}.id = asked.{name}" for n, name in enumerate(names))
    picked = ", ".join(f"t{n}.text" for n in range(len(names)))
    query = f"SELECT {picked} FROM ({asked.seeds.sql('duckdb', normalize_functions=False)}) AS asked {looked_up}"
    return [tuple(map(Term, row)) for row in connection.execute(about(query)).fetchall()]
