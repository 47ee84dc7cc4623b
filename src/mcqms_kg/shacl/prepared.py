"""Queries read once: pySHACL gives rdflib the same text for every focus node, and reading it takes longer than answering it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import rdflib.plugin
from rdflib.plugins.sparql import processor as by_rdflib
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Processor


@lru_cache(maxsize=256)
def _prepared(text: str, base: str | None, prefixes: tuple[tuple[str, Any], ...]) -> Query:
    return by_rdflib.translateQuery(by_rdflib.parseQuery(text), base, dict(prefixes))


class _Processor(by_rdflib.SPARQLProcessor):
    def query(
        self,
        strOrQuery: str | Query,  # noqa: N803 - its name in rdflib
        initBindings: Mapping[str, Any] | None = None,  # noqa: N803 - likewise
        initNs: Mapping[str, Any] | None = None,  # noqa: N803 - likewise
        base: str | None = None,
        DEBUG: bool = False,  # noqa: N803 - likewise
    ) -> Mapping[str, Any]:
        if isinstance(strOrQuery, str):
            strOrQuery = _prepared(strOrQuery, base, tuple((initNs or {}).items()))
        return super().query(strOrQuery, initBindings, initNs, base, DEBUG)


def read_queries_once() -> None:
    """From now on, in this process."""
    rdflib.plugin.register("sparql", Processor, __name__, _Processor.__name__)
