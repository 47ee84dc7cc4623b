"""Attacks that are files and names, handed to the command line."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import NamedTuple

from abuse.books import BOOKS

LOCAL = "http://127.0.0.1:9/x"
_RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
_BOMB = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
_SHAPE = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> . e:S a sh:NodeShape ; sh:targetSubjectsOf e:p ; "


class Handed(NamedTuple):
    """Files to write, the command, and what it says; its exit code is 2, or another where that is given."""

    name: str
    promise: str
    files: dict[str, bytes]
    command: tuple[str, ...]
    says: str
    code: int = 2


def _xml(inside: str) -> bytes:
    return f'<?xml version="1.0"?>{inside}'.encode()


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../a.ttl", " " * 10_000_000)
    return packed.getvalue()


def _file(name: str, file: str, content: bytes, says: str, code: int = 2) -> Handed:
    return Handed(name, "files", {file: content}, ("import", file, "--dataset", "x"), says, code)


def _shape(name: str, text: str, says: str, code: int = 2, data: str = "<http://e/a> <http://e/p> 'a' .") -> Handed:
    files = {"data.ttl": data.encode(), "shapes.ttl": (_SHAPE + text).encode()}
    return Handed(name, "shapes", files, ("validate", "data.ttl", "--shapes", "shapes.ttl"), says, code)


_MC = "@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix e: <http://e/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
_DOUBLING = "e:t mc:isStackedBy e:r0 . " + "".join(
    f"e:r{n} mc:hasOption e:r{n + 1} , e:s{n + 1} . e:s{n} mc:hasOption e:r{n + 1} , e:s{n + 1} . " for n in range(60)
)
_ROUND = "".join(f"e:c{n} a mc:MicroCredential ; mc:requires e:c{(n + 1) % 2000} . " for n in range(2000))


def _path(name: str, text: str, says: str, code: int, *more: str) -> Handed:
    command = ("path", "data.ttl", "--to", "http://e/t", "--as-of", "2026-06-30", *more)
    return Handed(name, "pathways", {"data.ttl": (_MC + text).encode()}, command, says, code)


def _sparql(select: str) -> str:
    return f"sh:sparql [ sh:message 'm' ; sh:select '{select}' ] ."


def _name(name: str, dataset: str, says: str = "cannot be the name of a dataset") -> Handed:
    return Handed(name, "names", {"a.ttl": b"<x:s> <x:p> 1 ."}, ("import", "a.ttl", "--dataset", dataset), says)


DOCTYPE = {
    "a bomb of entities": f"<!DOCTYPE r [<!ENTITY a0 'aaaaaaaaaa'>{_BOMB}]>{_RDF}<e:a>&a12;</e:a></rdf:RDF>",
    "an entity from a file": f"<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>{_RDF}<e:a>&f;</e:a></rdf:RDF>",
    "an entity from the network": f"<!DOCTYPE r SYSTEM '{LOCAL}'>{_RDF}</rdf:RDF>",
}
CONTEXTS = {
    "a context from the network": f'{{"@context": "{LOCAL}", "@id": "x:a", "p": 1}}',
    "a context from a file": '{"@context": "file:///etc/passwd", "@id": "x:a", "p": 1}',
    "a context in a list": f'{{"@context": [{{"p": "x:p"}}, "{LOCAL}"], "@id": "x:a", "p": 1}}',
    "a context of a property": f'{{"@context": {{"p": {{"@id": "x:p", "@context": "{LOCAL}"}}}}, "@id": "x:a", "p": {{"@id": "x:b"}}}}',
    "a context that imports": f'{{"@context": {{"@version": 1.1, "@import": "{LOCAL}"}}, "@id": "x:a", "x:p": 1}}',
}
_LIST = {
    "elsewhere": b'{"format": 1, "store": "x", "originals": ["../../etc/passwd"]}',
    "without its log": b'{"format": 1, "store": "x", "originals": []}',
}
_UTF_16 = "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE r [<!ENTITY a 'b'>]><r/>".encode("utf-16")
SLOW = f"<http://e/a> <http://e/p> '{'a' * 5000}!' ."
RESTORE = ("restore", "b", "--workspace", "new")
PASSWD = ("check", "a.ttl", "--profile", "../../../etc/passwd")

_CASE = '{"CFDocument": {"identifier": "x"}, %s}'


def _foreign(name: str, text: str, says: str) -> Handed:
    """A JSON file of a standard of others, to be checked."""
    return Handed(name, "files of others", {"a.json": text.encode()}, ("check", "a.json", "--as", "case"), says)


HANDED = (
    _foreign("a framework with a key twice", _CASE % '"CFItems": [], "CFItems": [{}]', "'CFItems' twice"),
    _foreign("a framework nested without end", _CASE % ('"CFItems": ' + "[" * 5_000), "nested deeper"),
    _foreign("a framework with a number without end", _CASE % ('"CFItems": 1' + "0" * 5_000), "digits"),
    _foreign("a framework that is no object", '["CFDocument"]', "a.json"),
    _foreign("a framework with half a character", _CASE % '"CFItems": ["\\ud800"]', "half a character"),
    *(
        Handed(name, "workbooks", {"book.xlsx": content}, ("import", "book.xlsx", "--dataset", "x"), says)
        for name, (content, says) in BOOKS.items()
    ),
    *(_file(name, "a.rdf", _xml(text), "document type") for name, text in DOCTYPE.items()),
    _file("a document type in UTF-16", "a.rdf", _UTF_16, ""),
    *(_file(name, "a.jsonld", text.encode(), "context") for name, text in CONTEXTS.items()),
    _file("JSON within JSON", "a.jsonld", b'{"@id": "x:a", "x:p": ' * 5000 + b"1" + b"}" * 5000, "nest"),
    _file("lists within lists", "a.jsonld", b"[" * 100_000 + b"]" * 100_000, "nest"),
    _file(
        "Turtle within Turtle",
        "a.ttl",
        b"<x:s> <x:p> " + b"[ <x:p> " * 50_000 + b"1" + b" ]" * 50_000 + b" .",
        "50001 statements",
        0,
    ),
    _file(
        "lists of Turtle within each other",
        "a.ttl",
        b"<x:s> <x:p> " + b"( " * 20_000 + b") " * 20_000 + b".",
        "statements",
        code=0,
    ),
    _file("a bomb of gzip", "a.ttl.gz", gzip.compress(b"#" * 10_000_000, mtime=0), ""),
    _file("a bomb of gzip that says it is Turtle", "a.ttl", gzip.compress(b"#" * 10_000_000, mtime=0), ""),
    _file("a bomb of zip", "a.zip", _zip(), ""),
    _file("bytes that are no text", "a.ttl", b"<x:s> <x:p> '\xff\xfe' .", ""),
    _file("nothing", "a.ttl", b"", "no statement"),
    _file("a page", "a.ttl", b"<html><script>alert(1)</script></html>", ""),
    _file("an IRI with a command", "a.nt", b"<x:s> <x:p> <x:> <y> .", ""),
    _name("a dataset up the folders", "../../x"),
    _name("a dataset that is a path", "/etc/cron.d/x"),
    _name("a dataset with a null byte", "x\\0y"),
    _name("a dataset with a line break", "x\ny"),
    _name("a dataset with letters that look alike", "ѕchool"),
    _name("a dataset that is an option", "-x", ""),
    _name("a dataset with a quote", "x' OR '1"),
    _name("a dataset that is ours", "shipped", "of the package itself"),
    Handed("a profile up the folders", "names", {"a.ttl": b"<x:s> <x:p> 1 ."}, PASSWD, "No profile"),
    Handed("an anchor with a command", "audit", {}, ("audit", "--expect", "1:$(id)"), "no anchor"),
    Handed("a token for the king", "tokens", {}, ("token", "new", "--name", "x", "--role", "king"), "Known roles"),
    Handed(
        "a token with a line of its own",
        "tokens",
        {},
        ("token", "new", "--name", "x\nadmin", "--role", "admin"),
        "name of a token",
    ),
    Handed("a service for everybody", "door", {}, ("serve", "--host", "0.0.0.0"), "nothing here encrypts"),  # noqa: S104  # it must be refused
    Handed("a service for every name", "door", {}, ("serve", "--name", "*"), "cannot be the name"),
    Handed(
        "a backup with a file elsewhere", "backups", {"b/backup.json": _LIST["elsewhere"]}, RESTORE, "not one of ours"
    ),
    Handed(
        "a backup without a log that it has",
        "backups",
        {"b/backup.json": _LIST["without its log"], "b/audit.jsonl": b"x"},
        RESTORE,
        "does not name all",
    ),
    _shape(
        "a shape that asks the network", _sparql(f"SELECT $this {{ SERVICE <{LOCAL}> {{ $this ?p ?o }} }}"), "SERVICE"
    ),
    _shape("a shape that reads a file", _sparql("SELECT $this FROM <file:///etc/passwd> { $this ?p ?o }"), "FROM"),
    _shape("a shape that runs a script", "<http://www.w3.org/ns/shacl#js> [ <x:functionName> 'f' ] .", ""),
    _shape(
        "shapes from the network",
        f"sh:nodeKind sh:IRI . <x:o> <http://www.w3.org/2002/07/owl#imports> <{LOCAL}> .",
        "true",
        0,
    ),
    _shape("a pattern that backtracks", "sh:property [ sh:path e:p ; sh:pattern '^(a+)+$' ] .", "", 1, SLOW),
    _shape("a shape of itself", "sh:property [ sh:path e:p ; sh:node e:S ] .", "conforms true", 0),
    _shape(
        "a path within paths",
        f"sh:property [ sh:path {'[ sh:inversePath ' * 300}e:p{' ]' * 300} ; sh:minCount 1 ] .",
        "conforms true",
        0,
    ),
    _path("a rule that doubles sixty times", _DOUBLING, "too large or too deep", 2),
    _path("a rule inside itself", "e:t mc:isStackedBy e:r . e:r mc:hasOption e:r .", "stands inside itself", 1),
    _path("a circle of two thousand", "e:t a mc:MicroCredential ; mc:requires e:c0 . " + _ROUND, "circle", 1),
    _path(
        "a name that is a program",
        "e:t a mc:MicroCredential ; rdfs:label '<script>' .",
        "&lt;script&gt;",
        0,
        "-f",
        "svg",
    ),
)
