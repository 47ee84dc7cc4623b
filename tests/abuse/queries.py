"""Attacks that are queries: name, the promise of the threat model that they try, the query, the status, and what the answer says."""

from __future__ import annotations

from typing import NamedTuple

from service.tenants import OTHERS, PROVENANCE


class Attack(NamedTuple):
    """A query and what must come of it."""

    name: str
    promise: str
    query: str
    status: int
    says: str = ""


LOCAL = "http://127.0.0.1:9/"
DOUBLING = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(40))
ANY = "(!<x:p>|^!<x:p>)"
GROWING = f"REPLACE(REPLACE('{'a' * 1000}', 'a', '{'b' * 1000}'), 'b', '{'c' * 1000}')"
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"

ATTACKS = (
    # to other machines and files
    Attack("service", "reach", f"SELECT * {{ SERVICE <{LOCAL}> {{ ?s ?p ?o }} }}", 403, "reach outside"),
    Attack("silent service", "reach", f"ASK {{ SERVICE SILENT <{LOCAL}> {{ ?s ?p ?o }} }}", 403, "reach outside"),
    Attack("service in small letters", "reach", f"ASK {{ service <{LOCAL}> {{ }} }}", 403, "reach outside"),
    Attack("service by a variable", "reach", "ASK { ?s ?p ?o SERVICE ?o { } }", 403, "reach outside"),
    Attack(
        "service in a filter", "reach", f"ASK {{ FILTER EXISTS {{ SERVICE <{LOCAL}> {{ }} }} }}", 403, "reach outside"
    ),
    Attack(
        "service in a sub-select",
        "reach",
        f"ASK {{ {{ SELECT * {{ SERVICE <{LOCAL}> {{ }} }} }} }}",
        403,
        "reach outside",
    ),
    Attack("service as code points", "reach", f"ASK {{ \\u0053ERVICE <{LOCAL}> {{ }} }}", 403, "reach outside"),
    Attack(
        "service as long code points", "reach", f"ASK {{ S\\U00000045RVICE <{LOCAL}> {{ }} }}", 403, "reach outside"
    ),
    Attack("service behind a comment", "reach", f"ASK {{ # SERVICE\rSERVICE <{LOCAL}> {{ }} }}", 403, "reach outside"),
    Attack("service behind a comment of code points", "reach", f"ASK {{ \\u0023 x\nSERVICE <{LOCAL}> {{ }} }}", 403),
    Attack("service behind a string", "reach", f"ASK {{ ?s ?p 'a\\'' SERVICE <{LOCAL}> {{ }} }}", 403, "reach outside"),
    Attack("service behind a long string", "reach", f"ASK {{ ?s ?p '''a''\\'''' . SERVICE <{LOCAL}> {{ }} }}", 403),
    Attack("service made by a prefix", "reach", f"PREFIX : <{LOCAL}> ASK {{ SERVICE :x {{ }} }}", 403, "reach outside"),
    Attack("load", "reach", f"LOAD <{LOCAL}>", 403),
    Attack("load of a file", "reach", "LOAD <file:///etc/passwd> INTO GRAPH <http://e/g>", 403),
    Attack("from the network", "reach", f"SELECT * FROM <{LOCAL}> {{ ?s ?p ?o }}", 403, "There is no graph"),
    Attack("from a file", "reach", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", 403, "There is no graph"),
    Attack(
        "from named by a base",
        "reach",
        "BASE <file:///etc/> SELECT * FROM NAMED <passwd> { ?s ?p ?o }",
        403,
        "no graph",
    ),
    # to write
    Attack("insert", "write", "INSERT DATA { <http://e/x> <http://e/p> 1 }", 403),
    Attack("delete", "write", "DELETE WHERE { ?s ?p ?o }", 403),
    Attack("drop", "write", "DROP ALL", 403),
    Attack("create", "write", "CREATE GRAPH <http://e/new>", 403),
    Attack("copy a private graph into sight", "write", f"COPY <{OTHERS}> TO DEFAULT", 403),
    Attack("an update behind a query", "write", "ASK {} ; DROP ALL", 400),
    Attack("an update behind a prologue", "write", "PREFIX e: <http://e/> INSERT DATA { e:a e:p 1 }", 403),
    # to more than may be seen
    Attack("another's graph", "graphs", f"SELECT * FROM <{OTHERS}> {{ ?s ?p ?o }}", 403, "There is no graph"),
    Attack("another's provenance", "graphs", f"SELECT * FROM <{PROVENANCE}/private/others> {{ ?s ?p ?o }}", 403),
    Attack("the list of what is private", "graphs", f"SELECT * FROM <{PROVENANCE}/private> {{ ?s ?p ?o }}", 403),
    # to use the machine up
    Attack("cross product", "limits", f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}", 503, "2 s"),
    Attack("cross product that finds nothing", "limits", f"ASK {{ {PRODUCT} FILTER(?a = ?nothing) }}", 503, "2 s"),
    Attack("sort of everything", "limits", f"SELECT * {{ {PRODUCT} }} ORDER BY ?a LIMIT 1", 503),
    Attack(
        "groups without end", "limits", f"SELECT ?a ?d ?g ?j (COUNT(*) AS ?n) {{ {PRODUCT} }} GROUP BY ?a ?d ?g ?j", 503
    ),
    Attack("different ones without end", "limits", f"SELECT DISTINCT * {{ {PRODUCT} FILTER(?c = ?nothing) }}", 503),
    Attack(
        "paths over paths", "limits", f"ASK {{ ?a {ANY}* ?b . ?b {ANY}* ?c . ?c {ANY}* ?d FILTER(?d = <x:n>) }}", 503
    ),
    Attack(
        "a string that doubles forty times",
        "limits",
        f"SELECT (STRLEN(?s40) AS ?n) {{ BIND('xxxxxxxx' AS ?s0) {DOUBLING} }}",
        503,
    ),
    Attack(
        "one string of everything",
        "limits",
        f"SELECT (GROUP_CONCAT(STR(?c); separator='{'x' * 500}') AS ?all) {{ {PRODUCT} }}",
        503,
    ),
    Attack("too many rows", "limits", "SELECT * { ?s ?p ?o . ?a ?b ?c }", 413, "500 rows"),
    Attack("too many bytes", "limits", f"SELECT ('{'x' * 3000}' AS ?x) {{ ?s ?p ?o }} LIMIT 400", 413, "200000 bytes"),
    Attack("a query that is too long", "limits", "ASK { " + "?s ?p ?o . " * 1000 + "}", 400, "longer than 6000"),
    Attack(
        "parentheses within each other", "limits", f"ASK {{ FILTER{'(' * 500}true{')' * 500} }}", 400, "nested deeper"
    ),
    Attack("groups within each other", "limits", f"ASK {'{' * 500}{'}' * 500}", 400, "nested deeper"),
    Attack("optional within optional", "limits", f"ASK {{ {'OPTIONAL { ' * 200}{'} ' * 200} }}", 400, "nested deeper"),
    Attack("lists within each other", "limits", f"ASK {{ {'(' * 300}1{')' * 300} ?p ?o }}", 400, "nested deeper"),
    Attack(
        "blank nodes within each other",
        "limits",
        f"ASK {{ {'[ ?p ' * 300} 1 {']' * 300} ?p ?o }}",
        400,
        "nested deeper",
    ),
    Attack("paths within each other", "limits", f"ASK {{ ?s {'(' * 300}<x:p>{')' * 300} ?o }}", 400, "nested deeper"),
    Attack("signs before each other", "limits", f"ASK {{ FILTER({'!' * 3000}true) }}", 200, "true"),
    Attack("minus before each other", "limits", f"SELECT ({'-' * 3000}1 AS ?x) {{ }}", 400),
    Attack("a pattern that backtracks", "limits", f"ASK {{ FILTER(REGEX('{'a' * 3000}!', '^(a+)+$')) }}", 200, "false"),
    Attack("a pattern that grows", "limits", "ASK { FILTER(REGEX('a', '((a{1000}){1000}){1000}')) }", 200, "false"),
    Attack(
        "a pattern of classes that grows",
        "limits",
        "ASK { FILTER(REGEX('é', '(\\\\p{L}{500}){500}', 'i')) }",
        200,
        "false",
    ),
    Attack("a replacement that grows", "limits", f"SELECT (STRLEN({GROWING}) AS ?n) {{ }}", 503),
    Attack("numbers without end", "limits", f"ASK {{ FILTER({'9' * 4000} * {'9' * 1000} > 1) }}", 200, "false"),
    Attack(
        "a substring that is far away",
        "limits",
        "ASK { FILTER(SUBSTR('a', 9223372036854775807, 9223372036854775807) = '') }",
        200,
    ),
    Attack(
        "a path that forks at every step",
        "limits",
        f"ASK {{ ?s {'/'.join(['(<x:p>|<x:q>)'] * 40)} ?o }}",
        422,
        "64 ways",
    ),
    Attack(
        "forks that lead to very many",
        "limits",
        f"ASK {{ ?s {'|'.join(['<x:p>'] * 60)} {', '.join(f'?o{n}' for n in range(500))} }}",
        422,
        "too many of them",
    ),
    # to mean something else than they say
    Attack("a null byte", "answers", "ASK { ?s ?p 'a\0b' }", 200, "false"),
    Attack("a null byte between words", "answers", "ASK\0{ }", 400),
    Attack("a null byte as code point", "answers", "ASK \\u0000 { }", 400),
    Attack("half a character", "answers", "ASK { ?s ?p '\\uD800' }", 400),
    Attack("a code point that is none", "answers", "ASK { ?s ?p '\\UFFFFFFFF' }", 400),
    Attack("a code point that ends", "answers", "ASK { ?s ?p '\\u00", 400),
    Attack("an IRI that closes early", "answers", "ASK { <http://e/\\u003E ?s ?p ?o . <x> ?p ?o }", 400),
    Attack("a string that closes early", "answers", "ASK { ?s ?p 'a\\u0027 }", 200, "false"),
    Attack("a mark of byte order", "answers", "\ufeffASK { }", 400),
    Attack("letters that look alike", "answers", "ΑSK { }", 400),
    Attack("nothing", "answers", "", 400),
    Attack("a comment", "answers", "# ASK { }", 400),
    Attack("two queries", "answers", "ASK { } ASK { }", 400),
    Attack("a string without end", "answers", "ASK { ?s ?p '''x }", 400),
    Attack(
        "a path of length zero at what is not there",
        "answers",
        "ASK { <http://e/none> <http://e/p>* ?y }",
        422,
        "not in the data",
    ),
    Attack("a number that the store takes for others", "answers", "ASK { ?s !<x:p> 255 }", 200, "false"),
    Attack("ways that end without a name", "answers", "ASK { [] <x:p>|<x:q> ?o }", 422, "at a blank node"),
    Attack("a label of a blank node", "answers", "SELECT (BNODE('x') AS ?b) { }", 422, "BNODE"),
)
