"""What a server is like: whether it keeps to the graphs that it is asked, found out by asking, before anybody else may ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

import httpx

from mcqms_kg.errors import McqmsError, ServerFailed, Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.model import Term
from mcqms_kg.namespaces import HOME, MC, OWL
from mcqms_kg.query.remote.query import Endpoint, answer
from mcqms_kg.query.request import NOWHERE, Request
from mcqms_kg.settings import QueryLimits
from mcqms_kg.store.home import Home

Pair = tuple[tuple[Term, ...], tuple[Term, ...]]
Ask = Callable[[str, tuple[Term, ...], tuple[Term, ...]], bytes]
_ME = "mc:MicroCredential"
_ANY = f"{_ME} a ?o"
_LONG = f"{_ME} (a|rdfs:subClassOf)+ ?o"
IN_DEFAULT = {
    "a pattern": f"SELECT ?o {{ {_ANY} }}",
    "a path": f"SELECT DISTINCT ?o {{ {_LONG} }}",
    "a path of either kind": f"SELECT ?o {{ {_ME} (rdf:type|mc:none) ?o }}",
    "a path without a name": f"SELECT ?o {{ {_ME} !mc:none ?o }}",
    "EXISTS": f"SELECT ?x {{ VALUES ?x {{ 1 }} FILTER EXISTS {{ {_ANY} }} }}",
    "a sub-select": f"SELECT ?o {{ {{ SELECT ?o {{ {_ANY} }} }} }}",
    "OPTIONAL": f"SELECT ?x {{ VALUES ?x {{ 1 }} OPTIONAL {{ {_ANY} }} FILTER(BOUND(?o)) }}",
    "UNION": f"SELECT ?o {{ {{ {_ANY} }} UNION {{ {_ME} mc:none ?o }} }}",
    "counting": f"SELECT ?o (COUNT(*) AS ?n) {{ {_ANY} }} GROUP BY ?o",
    "CONSTRUCT": f"CONSTRUCT {{ {_ANY} }} WHERE {{ {_ANY} }}",
}
"""Questions that have an answer where the shipped graph is asked, and none where it is not."""
IN_ANY = {
    "GRAPH ?g": f"SELECT ?g {{ GRAPH ?g {{ {_ANY} }} }}",
    "a path in GRAPH ?g": f"SELECT DISTINCT ?g ?o {{ GRAPH ?g {{ {_LONG} }} }}",
    "EXISTS with GRAPH ?g": f"SELECT ?x {{ VALUES ?x {{ 1 }} FILTER EXISTS {{ GRAPH ?g {{ {_ANY} }} }} }}",
    "a sub-select with GRAPH ?g": f"SELECT ?o {{ {{ SELECT ?o {{ GRAPH ?g {{ {_ANY} }} }} }} }}",
    "OPTIONAL with GRAPH ?g": f"SELECT ?x {{ VALUES ?x {{ 1 }} OPTIONAL {{ GRAPH ?g {{ {_ANY} }} }} FILTER(BOUND(?o)) }}",
    "counting graphs": f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ {_ANY} }} }} GROUP BY ?g",
    "CONSTRUCT with GRAPH ?g": f"CONSTRUCT {{ {_ANY} }} WHERE {{ GRAPH ?g {{ {_ANY} }} }}",
}
"""The same, where it may be named."""
_SAID = (terms.iri(f"{MC}MicroCredential"), TYPE, terms.iri(f"{OWL}Class"))
TWICE = terms.iri(f"{HOME}twice")
"""The graph with that one statement, for servers to be tried."""
_DESCRIBED = f"DESCRIBE {_ME}"
_FOLLOWED = {
    "SELECT ?o { code:alignment-verified (skos:inScheme|skos:topConceptOf)+ ?o }": ["code:alignment-statuses"],
    "SELECT ?o { code:alignment-verified (skos:inScheme/^skos:inScheme)+ ?o }": [
        "code:alignment-unverified",
        "code:alignment-verified",
    ],
}
"""Paths with several ways to an end, and back to where they began; each end is given once."""


def traits(endpoint: Endpoint, shipped: Term, other: Term, limits: QueryLimits) -> Endpoint:
    """The endpoint with what was found out of its server, by the graph of what is shipped and another that says nothing of it.

    Raises `ServerFailed` where it answers from graphs that it was not asked, or not from those that it was.
    """
    with httpx.Client(follow_redirects=False) as client:
        known = recognised(client, endpoint)

        def ask(text: str, default: tuple[Term, ...], named: tuple[Term, ...]) -> bytes:
            wished = ("csv", "nt")
            return answer(client, known, Request(NOWHERE, text, default, named, wished, limits)).content

        for questions, at in ((IN_DEFAULT, 0), (IN_ANY, 1)):
            for way, text in questions.items():
                _try(ask, way, text, at, shipped, other)
        return replace(
            known,
            describes=_describes(ask, shipped, other),
            follows_paths=follows_paths(client, known, shipped, limits),
        )


def _try(ask: Ask, way: str, text: str, at: int, shipped: Term, other: Term) -> None:
    """With the shipped graph where it is looked for, and with it elsewhere, beside another graph and beside none."""
    there = ((shipped,), (other,))
    elsewhere: tuple[Pair, ...] = (((other,), (shipped,)), ((), (shipped,)), ((), ()))
    with suppress(Unsupported):  # what the server cannot do here it cannot do later
        _compare(ask, way, text, [pair if at == 0 else (pair[1], pair[0]) for pair in (there, *elsewhere)])


def _compare(ask: Ask, way: str, text: str, pairs: Sequence[Pair]) -> None:
    there, *elsewhere = pairs
    if not _found(ask(text, *there)):
        raise _unfit(f"does not find by {way} what is in a graph that it is asked")
    for pair in elsewhere:
        if _found(ask(text, *pair)):
            raise _unfit(f"finds by {way} what is in a graph that it is not asked")


def _found(content: bytes) -> bool:
    """Whether there is a row below the head, or a statement."""
    lines = content.split(b"\n")
    return any(line.strip() for line in (lines if b" ." in lines[0] else lines[1:]))


def _describes(ask: Ask, shipped: Term, other: Term) -> bool:
    try:
        return _found(ask(_DESCRIBED, (shipped,), (other,))) and not any(
            _found(ask(_DESCRIBED, *pair)) for pair in (((other,), (shipped,)), ((other,), (other,)), ((), ()))
        )
    except McqmsError:
        return False


def follows_paths(client: httpx.Client, endpoint: Endpoint, shipped: Term, limits: QueryLimits) -> bool:
    """Whether the server answers paths of any length as SPARQL 1.1 has it."""
    try:
        for text, expected in _FOLLOWED.items():
            found = answer(client, endpoint, Request(NOWHERE, text, (shipped,), (), ("csv",), limits)).content
            if sorted(found.decode().split()[1:]) != [terms.iri_text(str(terms.expand(name))) for name in expected]:
                return False
    except McqmsError:
        return False
    return True


def merges(client: httpx.Client, endpoint: Endpoint, shipped: Term, limits: QueryLimits, home: Home) -> bool:
    """Whether a statement that two default graphs have is there once. A graph of ours says again what the shipped one says."""
    if not any(home.match(TWICE, *_SAID)):
        home.add({TWICE: [_SAID]})
    request = Request(NOWHERE, f"SELECT ?o {{ {_ANY} }}", (shipped, TWICE), (), ("csv",), limits)
    return answer(client, endpoint, request).content.count(b"\n") == 2


def recognised(client: httpx.Client, endpoint: Endpoint) -> Endpoint:
    """The endpoint with what cannot be tried, but is known of servers that give their name."""
    try:
        found = client.post(endpoint.address, data={"query": "ASK { }"}, timeout=60).headers.get("server", "")
    except httpx.HTTPError as problem:
        raise ServerFailed(
            f"The store on the server cannot be reached ({type(problem).__name__})",
            remedy="See that it runs, and MCQMS_STORE.",
        ) from problem
    if not found.startswith("Virtuoso/"):
        return endpoint
    return replace(endpoint, time_limit=endpoint.time_limit or "timeout={ms}", finds_bounds=False)


def _unfit(what: str) -> ServerFailed:
    return ServerFailed(
        f"The store on the server {what}, so what is private could be seen",
        remedy="Keep the graphs in the folder, or use a server that keeps to the dataset of a query.",
    )
