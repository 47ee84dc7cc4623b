"""Requests that grow where they are worked out, hide what they are in escapes, or bring a token that names its own key."""

from __future__ import annotations

import base64
import gzip
import json
import zlib

from abuse.rest import Rest

_QUERY = {"content-type": "application/sparql-query"}
_UPDATE = {"content-type": "application/sparql-update"}
_CLAIMS = {"sub": "x", "role": "admin", "iss": "http://127.0.0.1", "aud": "mcqms", "exp": 9999999999}
_DATA = "{ <http://e/x> <http://e/p> 1 }"


def _grows(name: str, text: str, status: int = 503) -> Rest:
    return Rest(name, "limits", "POST", "/sparql", status, body=text.encode(), headers=_QUERY)


def _hides(name: str, text: str) -> Rest:
    return Rest(name, "write", "POST", "/sparql", 403, "never changes", body=text.encode(), headers=_UPDATE)


def _packed(name: str, encoding: str, body: bytes, status: int) -> Rest:
    headers = {**_QUERY, "content-encoding": encoding}
    return Rest(name, "requests", "POST", "/sparql", status, body=body, headers=headers)


def _token(name: str, **head: object) -> Rest:
    parts = ({"typ": "JWT", "alg": "HS256", **head}, _CLAIMS)
    text = ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    return Rest(name, "issuers", "GET", "/datasets", 401, headers={"authorization": f"Bearer {text}.AAAA"})


_STARS = f"{'(' * 50}<http://e/p>{'*)' * 50}"
_PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
_REPLACED = ", 'a', 'aaaaaaaaaa')"
_HUNDRED = " ".join(map(str, range(100)))

BOMBS = (
    _grows("values times values", f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?x{n} {{ {_HUNDRED} }}' for n in range(12))} }}"),
    _grows("a separator between everything", f"SELECT (GROUP_CONCAT(?o; separator='{'x' * 5000}') AS ?n) {{ ?s ?p ?o . ?a ?b ?c }}"),
    _grows("digests of everything", f"SELECT (SHA512(CONCAT('{'x' * 5000}', STR(?c))) AS ?n) {{ {_PRODUCT} }} ORDER BY ?n"),
    _grows("stars around stars", f"SELECT (COUNT(*) AS ?n) {{ ?s {_STARS} ?o . ?a {_STARS} ?b . ?c {_STARS} ?d }}"),
    _grows("replacements in replacements", f"SELECT (STRLEN({'REPLACE(' * 14}'a'{_REPLACED * 14}) AS ?n) {{}}"),
    _grows("one of everything by chance", f"SELECT ?a {{ {_PRODUCT} }} ORDER BY RAND() LIMIT 1"),
    _grows("a limit that overflows", "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999", 400),
    _grows("two marks of byte order", "\ufeff\ufeffASK {}", 400),
    _hides("a verb in escapes", f"\\u0049NSERT DATA {{ GRAPH <https://w3id.org/mcqms/provenance> {_DATA} }}"),
    _hides("a graph in long escapes", f"INSERT DATA {{ GRAPH <https://w3id.org/\\U0000006Dcqms/provenance> {_DATA} }}"),
    _hides("a graph in percents", f"INSERT DATA {{ GRAPH <https://w3id.org/%6Dcqms/provenance> {_DATA} }}"),
    _hides("a graph in capitals", f"INSERT DATA {{ GRAPH <https://W3ID.org/mcqms/provenance> {_DATA} }}"),
    _hides("a graph in parts", f"PREFIX o: <https://w3id.org/mcqms/data> INSERT DATA {{ GRAPH o:set\\/others\\/1 {_DATA} }}"),
    _packed("what stands behind a gzip stream", "gzip", gzip.compress(b"ASK {}") + b"ASK {}", 400),
    _packed("two gzip streams as one query", "gzip", gzip.compress(b"ASK ") + gzip.compress(b"{}"), 400),
    _packed("gzip in gzip", "gzip, gzip", gzip.compress(gzip.compress(b"#" * 1_000_000)), 415),
    _packed("another way of packing", "deflate", zlib.compress(b"ASK {}"), 415),
    _token("a key that is a way", kid="../../../../dev/null"),
    _token("a key elsewhere", alg="RS256", jku="http://127.0.0.1:9/keys"),
    _token("a certificate elsewhere", alg="RS256", x5u="http://127.0.0.1:9/key"),
    _token("a key that it brings", alg="RS256", jwk={"kty": "RSA", "n": "AQAB", "e": "AQAB"}),
    _token("a header that must be understood", crit=["exp"]),
    _token("claims that are packed", zip="DEF"),
    _token("no algorithm in other letters", alg="NoNe"),
)  # fmt: skip
