"""Attacks that are changes: updates and graphs that are sent, by those who may not, and by those who may and should not everything."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import NamedTuple

from abuse.queries import LOCAL, PRODUCT
from service.tenants import MINE, OTHERS, PROVENANCE, PUBLIC


class Changing(NamedTuple):
    """An update, or for a method other than POST a graph, sent by `who`; nothing of it may be done."""

    name: str
    promise: str
    who: str
    text: bytes
    status: int
    says: str = ""
    graph: str = ""
    method: str = "POST"
    headers: Mapping[str, str] = {}


def _update(name: str, promise: str, text: str, status: int, says: str = "", who: str = "admin") -> Changing:
    return Changing(name, promise, who, text.encode(), status, says)


def _graph(name: str, promise: str, graph: str, status: int, who: str = "admin", method: str = "PUT") -> Changing:
    return Changing(name, promise, who, b"<x:forged> <x:p> 1 .", status, graph=graph, method=method)


EVERYWHERE = "GRAPH <https://w3id.org/mcqms/dataset/shipped/1>"
ENDLESS = f"{EVERYWHERE} {{ {PRODUCT} FILTER(?a = ?nothing) }}"
FORGED = "<x:forged> <x:p> 1"
MANY = " ".join(f"<x:s> <x:p> {number} ." for number in range(1500))

CHANGES = (
    # by those who may not
    *(
        _update(f"an update by the {who}", "roles", f"INSERT DATA {{ {FORGED} }}", 403, who=who)
        for who in ("public", "learner", "provider", "auditor", "regulator")
    ),
    *(
        _graph(f"a graph by the {who}", "roles", "http://e/g", 403, who)
        for who in ("learner", "provider", "auditor", "regulator")
    ),
    _graph("its own version, rewritten", "roles", MINE, 403, "provider"),
    _graph("its own version, deleted", "roles", MINE, 403, "provider", "DELETE"),
    # by those who may
    _update("load from the network", "reach", f"LOAD <{LOCAL}>", 403),
    _update("load of a file, silently", "reach", "LOAD SILENT <file:///etc/passwd> INTO GRAPH <http://e/g>", 403),
    _update(
        "service in the pattern of an update",
        "reach",
        f"INSERT {{ {FORGED} }} WHERE {{ SERVICE <{LOCAL}> {{ }} }}",
        403,
    ),
    _update("a version rewritten", "write", f"INSERT DATA {{ GRAPH <{PUBLIC}> {{ {FORGED} }} }}", 403, "never changes"),
    _update(
        "provenance rewritten", "write", f"INSERT DATA {{ GRAPH <{PROVENANCE}> {{ {FORGED} }} }}", 403, "never changes"
    ),
    _update(
        "a version rewritten by a pattern",
        "write",
        f"WITH <{PUBLIC}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        403,
    ),
    _update("a version dropped", "write", f"DROP GRAPH <{PUBLIC}>", 403, "never changes"),
    _update("a version written over", "write", f"MOVE DEFAULT TO <{PUBLIC}>", 403, "never changes"),
    _update("a version moved away", "write", f"MOVE <{PUBLIC}> TO <http://e/g>", 403, "never changes"),
    _update(
        "a graph named like a version to come",
        "write",
        f"INSERT DATA {{ GRAPH <{OTHERS[:-1]}99> {{ {FORGED} }} }}",
        403,
    ),
    _update(
        "the second of two operations",
        "write",
        f"INSERT DATA {{ {FORGED} }} ; DROP GRAPH <{PUBLIC}>",
        403,
        "never changes",
    ),
    _update("an update that runs away", "limits", f"INSERT {{ {FORGED} }} WHERE {{ {ENDLESS} }}", 503),
    _update("an update of too much", "limits", f"INSERT DATA {{ {MANY} }}", 413),
    _update(
        "an update that makes too much",
        "limits",
        f"INSERT {{ [] <x:p> ?a }} WHERE {{ {EVERYWHERE} {{ ?a ?b ?c }} }}",
        413,
    ),
    _update(
        "groups within each other in an update",
        "limits",
        f"INSERT {{ {FORGED} }} WHERE {'{' * 500}{'}' * 500}",
        400,
        "deeper",
    ),
    _update("a query as an update", "answers", "SELECT * { ?s ?p ?o }", 400),
    _update("nothing as an update with a null byte", "answers", "\0", 400),
    Changing(
        "a bomb of gzip as an update",
        "requests",
        "admin",
        gzip.compress(b"#" * 20_000_000, mtime=0),
        413,
        headers={"content-encoding": "gzip"},
    ),
    Changing(
        "half a gzip",
        "requests",
        "admin",
        gzip.compress(b"DROP ALL", mtime=0)[:-9],
        400,
        headers={"content-encoding": "gzip"},
    ),
    Changing(
        "an encoding that is not known", "requests", "admin", b"DROP ALL", 415, headers={"content-encoding": "br"}
    ),
    Changing("a graph that is no RDF", "files", "admin", b"<html>", 400, graph="http://e/g", method="PUT"),
    Changing(
        "a graph with entities",
        "files",
        "admin",
        b"<!DOCTYPE r [<!ENTITY a 'b'>]><r/>",
        400,
        graph="http://e/g",
        method="PUT",
        headers={"content-type": "application/rdf+xml"},
    ),
    Changing(
        "a graph with a context from the network",
        "files",
        "admin",
        f'{{"@context": "{LOCAL}"}}'.encode(),
        400,
        graph="http://e/g",
        method="PUT",
        headers={"content-type": "application/ld+json"},
    ),
    _graph("a graph in our namespace", "names", "https://w3id.org/mcqms/", 403),
    _graph("a graph with a name that is none", "names", "../../x", 400),
)
