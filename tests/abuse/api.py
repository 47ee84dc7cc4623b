"""Attacks on the API: what is handed in, names in addresses, shapes that are code, jobs and datasets of others."""

from __future__ import annotations

import gzip

from abuse.asks import Ask
from service.tenants import TRACE

BOMB = gzip.compress(b"#" * 70_000_000, 1, mtime=0)
"""More than is taken, though it is small."""
CUT = "multipart/form-data; boundary=x"
SHAPES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> . e:s sh:targetSubjectsOf e:p ; "
DATA = b"<http://e/a> <http://e/p> 1 ."


def _document(name: str, promise: str, kind: str, body: bytes, status: int, says: str = "", **more: str) -> Ask:
    """One document that an administrator is made to check."""
    headers = {"content-type": kind, **more}
    return Ask(name, promise, "POST", "/checks", status, says, headers, body, who="admin")


def _form(*parts: tuple[str, str, bytes], end: bytes = b"--x--\r\n") -> bytes:
    """A form of files: field, name, content."""
    heads = (
        b'--x\r\nContent-Disposition: form-data; name="%b"; filename="%b"\r\n\r\n%b\r\n'
        % (field.encode(), name.encode(), content)
        for field, name, content in parts
    )
    return b"".join(heads) + end


def _named(name: str, file: str) -> Ask:
    body = _form(("data", file, DATA))
    return Ask(name, "names", "POST", "/datasets/school", 400, "", {"content-type": CUT}, body, who="admin")


def _shaped(name: str, shapes: str, says: str) -> Ask:
    body = _form(("data", "a.ttl", DATA), ("shapes", "s.ttl", (SHAPES + shapes).encode()))
    return Ask(name, "shapes", "POST", "/validations", 422, says, {"content-type": CUT}, body, who="admin")


def _hidden(name: str, path: str, who: str = "provider", promise: str = "private") -> Ask:
    return Ask(name, promise, "GET", path, 404, who=who)


def _may_not(who: str, method: str, path: str, status: int) -> Ask:
    headers = {"content-type": "text/turtle"}
    return Ask(
        f"{who or 'nobody'} who may not {method} {path}", "roles", method, path, status, "", headers, DATA, who=who
    )


API = (
    # what is handed in
    _document("a document packed as a bomb", "uploads", "text/turtle", BOMB, 413, **{"content-encoding": "gzip"}),
    _document(
        "a bomb in a bomb",
        "uploads",
        "text/turtle",
        gzip.compress(BOMB, mtime=0),
        415,
        **{"content-encoding": "gzip, gzip"},
    ),
    _document(
        "a document that is cut short",
        "uploads",
        "text/turtle",
        gzip.compress(DATA, mtime=0)[:-8],
        400,
        **{"content-encoding": "gzip"},
    ),
    _document("a form that is cut short", "uploads", CUT, _form(("data", "a.ttl", DATA), end=b""), 400, "cut short"),
    _document("a form without files", "uploads", CUT, b"--x--\r\n", 400, "No file was sent"),
    _document(
        "a form of a thousand files", "uploads", CUT, _form(*(("data", f"{n}.ttl", DATA) for n in range(1000))), 400
    ),
    _document("a field that nobody knows", "uploads", CUT, _form(("../data", "a.ttl", DATA)), 400, "No field"),
    _document("JSON nested for ever", "uploads", "application/json", b'{"dataset":' * 5_000, 400),
    _document(
        "an option that nobody knows", "uploads", "application/json", b'{"dataset": "school", "workspace": "/etc"}', 400
    ),
    _document(
        "an engine that runs elsewhere", "uploads", "application/json", b'{"dataset": "school", "engine": "spark"}', 400
    ),
    _document(
        "an entity that holds a file",
        "files",
        "application/rdf+xml",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        400,
    ),
    _document(
        "a context elsewhere",
        "files",
        "application/ld+json",
        b'{"@context": "http://127.0.0.1:9/", "a": 1}',
        400,
        "remote context",
    ),
    _document("JSON-LD nested for ever", "files", "application/ld+json", b"[" * 100_000, 400, "nested deeper"),
    # names that would become paths
    _named("a file above its folder", "../../a.ttl"),
    _named("a file of the system", "/etc/cron.d/a.ttl"),
    _named("a file with a drive", "C:a.ttl"),
    _named("a hidden file", ".a.ttl"),
    _named("a file below a hidden folder", "a/.ssh/a.ttl"),
    _named("a file without a name", ""),
    Ask(
        "a file of the workspace",
        "names",
        "GET",
        "/datasets/school/versions/1/files/..%2f..%2ftokens.json",
        404,
        who="admin",
    ),
    Ask(
        "a file of the workspace, spelled twice",
        "names",
        "GET",
        "/datasets/school/versions/1/files/%252e%252e%252ftokens.json",
        404,
    ),
    Ask("a profile that is a path", "names", "GET", "/clauses?profile=../../../etc/passwd", 404),
    Ask("a name of ours that is a path", "names", "GET", "/shape/..%2f..%2fclauses.ttl", 404),
    # shapes that are code
    _shaped(
        "shapes that ask elsewhere",
        "sh:sparql [ sh:select 'SELECT $this { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }' ] .",
        "SERVICE",
    ),
    _shaped(
        "shapes that read a file",
        "sh:sparql [ sh:select 'SELECT $this FROM <file:///etc/passwd> { $this ?p ?o }' ] .",
        "FROM",
    ),
    _shaped("shapes that ask for entailment", "sh:entailment <http://www.w3.org/ns/entailment/RDFS> .", "entailment"),
    # jobs and datasets of others
    _hidden("a path through a dataset of others", "/paths?dataset=others&holds=http://e/a&to=http://e/b"),
    _hidden("recognition by a dataset of others", "/recognitions?dataset=others&of=http://e/a&in=ID"),
    _hidden("what breaks in a dataset of others", "/impacts?dataset=others&of=http://e/a"),
    _hidden("a job by a guess", f"/jobs/{'0' * 32}", promise="jobs"),
    _hidden("the events of a job by a guess", f"/jobs/{'0' * 32}/events", promise="jobs"),
    _hidden("a check by a guess", f"/checks/{'0' * 32}", promise="jobs"),
    _hidden("a check whose name is a path", "/checks/..%2f..%2fetc", promise="jobs"),
    _hidden("another's dataset", "/datasets/others"),
    _hidden("a version of it", "/datasets/others/versions/1"),
    _hidden("a file of it", f"/datasets/others/versions/1/files/{TRACE}.ttl"),
    _hidden("a difference of it", "/datasets/others/differences?old=1&new=1"),
    _hidden("it in another syntax", "/datasets/others/export?to=nt"),
    _hidden("what is lost of it", "/datasets/others/export?to=nt&part=losses"),
    _hidden("it in the catalogue", "/catalogue/others", promise="catalogue"),
    _hidden("it in the catalogue, for nobody", "/catalogue/others", who="", promise="catalogue"),
    _hidden("its checks", "/datasets/others/checks"),
    _hidden("its findings", "/findings?dataset=others", who=""),
    Ask("another's dataset among all", "private", "GET", "/datasets", 200, "school", who="learner"),
    Ask("who handed in what", "private", "GET", "/questions/who_handed_in_what", 200, "school", who="provider"),
    Ask("numbers of what is done", "private", "GET", "/metrics", 200, "mcqms_requests_total"),
    _may_not("", "POST", "/checks", 401),
    _may_not("", "POST", "/datasets/school", 401),
    _may_not("learner", "POST", "/validations", 403),
    _may_not("learner", "POST", "/exports?to=nt", 403),
    _may_not("auditor", "PUT", "/datasets/others", 403),
    _may_not("provider", "PUT", "/datasets/others", 403),
    _may_not("provider", "POST", "/datasets/shipped", 403),
    _may_not("admin", "POST", "/datasets/shipped", 403),
)
