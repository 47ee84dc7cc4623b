"""A shapes graph made ready to be asked of some columns, and kept beside them until data or shapes are others.

Kept are the focus nodes (tables `focus__<n>`), the table `subclass`, the compiled queries, and the texts of terms that were reported.
Each holds for one state of the columns: `Columns.version` tells whether it is still that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import duckdb

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Term, Triple
from mcqms_kg.shacl.embedded.asked import Embedded
from mcqms_kg.shacl.execution.compiled import Compiled, beyond_targets, target_query
from mcqms_kg.shacl.execution.outside_sql import find_outside
from mcqms_kg.shacl.execution.preparation import Preparation
from mcqms_kg.shacl.execution.unmet_targets import surely_unmet
from mcqms_kg.shacl.shapes import Shape, Target
from mcqms_kg.shacl.sql.queries import Query, about

KEPT = "ready"
"""The name under which it is kept beside columns."""
_NONE = "focus__none"
_MANY_TEXTS = 200_000
_TEXTS = "SELECT id, text FROM term WHERE id IN (SELECT unnest(?::BIGINT[]))"

Compile = Callable[[Iterable[Term]], tuple[tuple[Compiled, ...], Mapping[Term, Unsupported]]]
"""The named target shapes as SQL, and why those that are not cannot be."""


@dataclass
class Ready:
    """What was made for the target shapes of one shapes graph on one state of some columns."""

    columns: Columns
    shapes: tuple[Triple, ...]
    targeted: tuple[Shape, ...]
    focus_nodes: dict[Term, int] = field(default_factory=dict)
    compiled: tuple[Compiled, ...] = ()
    reasons: Mapping[Term, Unsupported] = field(default_factory=dict)
    version: int = 0
    _focus: dict[tuple[Target, ...], str] = field(default_factory=dict)
    _texts: dict[int, Term] = field(default_factory=dict)

    @cached_property
    def embedded(self) -> Embedded:
        """The store that is asked what SQL cannot tell."""
        return Embedded(self.connection)

    @classmethod
    def of(cls, columns: Columns, shapes: tuple[Triple, ...], targeted: Iterable[Shape], compile_: Compile) -> Ready:
        """What is kept beside the columns, where it is still right; else all is made anew."""
        targeted, kept = tuple(targeted), columns.kept.get(KEPT)
        if isinstance(kept, Ready) and kept._is_right(shapes, targeted):
            return kept
        forget(columns)
        while True:
            numbering, ready = columns.numbering, cls(columns, shapes, targeted)
            ready._make(compile_)
            if numbering == columns.numbering:
                columns.kept[KEPT] = ready
                return ready

    def _is_right(self, shapes: tuple[Triple, ...], targeted: tuple[Shape, ...]) -> bool:
        same = self.shapes is shapes or self.shapes == shapes
        return same and self.version == self.columns.version and self.targeted == targeted

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        return self.columns.connection

    def _make(self, compile_: Compile) -> None:
        standing = Preparation(self.columns, self.shapes)
        standing.begin()
        self._meet(standing)
        self.compiled, self.reasons = compile_(name for name, met in self.focus_nodes.items() if met)
        standing.stand(query for one in self.compiled for query in one.all)
        self.version = self.columns.version

    def _meet(self, standing: Preparation) -> None:
        """Finds the focus nodes of each target shape; shapes often share their targets."""
        by_targets = {shape.targets: shape for shape in self.targeted}
        unmet = surely_unmet(self.connection, set(by_targets))
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {_NONE} (focus BIGINT)")
        self._focus |= dict.fromkeys(unmet, _NONE)
        queries = {targets: target_query(shape) for targets, shape in by_targets.items() if targets not in unmet}
        standing.stand(queries.values())
        met = dict.fromkeys(unmet, 0)
        met |= {t: self._meet_one(n, by_targets[t], query) for n, (t, query) in enumerate(queries.items())}
        self.focus_nodes = {shape.name: met[shape.targets] for shape in self.targeted}

    def _meet_one(self, number: int, shape: Shape, query: Query) -> int:
        name = self._focus[shape.targets] = f"focus__{number}"
        try:
            find_outside(self.columns, self.embedded, query)
        except Unsupported as problem:
            raise beyond_targets(shape, problem.what) from problem
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query.sql}")
        (count,) = self.connection.execute(f"SELECT count(*) FROM {name}").fetchone() or (0,)
        return int(count)

    def about(self, shape: Shape, sql: str) -> str:
        """SQL asked of the focus nodes of a target shape."""
        return about(sql, self._focus[shape.targets])

    def texts(self, wanted: set[int]) -> Mapping[int, Term]:
        """The texts of these terms, and perhaps of more."""
        unknown = wanted - self._texts.keys()
        if unknown:
            rows = self.connection.execute(_TEXTS, [list(unknown)]).fetchall()
            found = {number: Term(text) for number, text in rows}
            if len(found) + len(self._texts) > _MANY_TEXTS:
                return {number: self._texts[number] for number in wanted - unknown} | found
            self._texts |= found
        return self._texts


def forget(columns: Columns) -> None:
    """Lets go what is kept, and what a run that did not end has left."""
    columns.kept.pop(KEPT, None)
    con = columns.connection
    for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE temporary").fetchall():
        if name.startswith("focus__"):
            con.execute(f"DROP TABLE {name}")
