"""Queries read once: pySHACL gives rdflib the same text for every focus node, and reading it takes longer than answering it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import rdflib.plugin
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Processor


@lru_cache(maxsize=256)
def _prepared(text: str, base: str | None, prefixes: tuple[tuple[str, Any], ...]) -> Query:
    return translateQuery(parseQuery(text), base, dict(prefixes))


class _Processor(SPARQLProcessor):
    def query(  # type: ignore[override]  # rdflib's own does not fit its base class either
        self,
        query: str | Query,
        bindings: Any = None,
        prefixes: Any = None,
        base: str | None = None,
        DEBUG: bool = False,  # noqa: N803  # its name in rdflib
    ) -> Any:
        if isinstance(query, str):
            query = _prepared(query, base, tuple((prefixes or {}).items()))
        return super().query(query, bindings, prefixes, base, DEBUG)


def read_queries_once() -> None:
    """From now on, in this process."""
    rdflib.plugin.register("sparql", Processor, __name__, _Processor.__name__)
