"""Requests that are not what they look like: other encodings, names that look alike, contexts within contexts, archives in archives."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping

from abuse.rest import LOCAL, TURTLE, Rest
from service.tenants import OTHERS

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DTD = f'<!DOCTYPE r [<!ENTITY a SYSTEM "{LOCAL}">]>'
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CONTEXTS = {
    "a context that imports one": {"@version": 1.1, "@import": LOCAL},
    "a context within a term": {"p": {"@id": "http://e/p", "@context": LOCAL}},
    "a context within a type": {"T": {"@id": "http://e/T", "@context": LOCAL}},
    "a context that imports and does not spread": {"@propagate": False, "@import": LOCAL},
    "a context in a list": [{"@vocab": "http://e/"}, LOCAL],
    "a context beside a relative one": "passwd",
    "a context of data": "data:application/ld+json,{}",
}


def _xml(name: str, encoding: str, codec: str, mark: str = "", dtd: str = _DTD) -> Rest:
    text = f'{mark}<?xml version="1.0" encoding="{encoding}"?>{dtd}<rdf:RDF xmlns:rdf="{_RDF}"/>'
    return _document(name, "files", "application/rdf+xml", text.encode(codec), 400)


def _document(name: str, promise: str, kind: str, body: bytes, status: int, says: str = "", path: str = "mine") -> Rest:
    headers = {"content-type": kind}
    return Rest(name, promise, "POST", f"/datasets/{path}", status, says, body=body, headers=headers)


def _context(name: str, context: object) -> Rest:
    body = json.dumps({"@context": context, "@id": "http://e/a", "@type": "T", "p": {"q": 1}}).encode()
    return _document(name, "files", "application/ld+json", body, 400)


def _named(name: str, *files: str) -> Rest:
    sent = [("data", file, TURTLE) for file in files]
    return Rest(name, "names", "POST", "/datasets/mine", 400, files=sent)


def _form(name: str, charset: str) -> Rest:
    body = b'--x\r\nContent-Disposition: form-data; name="data"; filename="a.ttl"\r\n\r\n<x:s> <x:p> 1 .\r\n--x--\r\n'
    headers = {"content-type": f"multipart/form-data; charset={charset}; boundary=x"}
    return Rest(name, "requests", "POST", "/checks", 415, "UTF-8", body=body, headers=headers)


def _zipped(*files: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _book(name: str, status: int, content: Callable[[], bytes]) -> Rest:
    headers = {"content-type": _XLSX}
    return Rest(name, "workbooks", "POST", "/annotations", status, body=content(), headers=headers)


def _nested() -> bytes:
    inner = _zipped(("a.txt", b"0" * 5_000_000))
    return _zipped(("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", inner), ("xl/embeddings/a.zip", inner))


def _linked() -> bytes:
    target = f'Target="{LOCAL}" TargetMode="External"'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'<Relationships xmlns="{space}"><Relationship Id="r" Type="{kind}" {target}/></Relationships>'
    return _zipped(("[Content_Types].xml", b"<Types/>"), ("_rels/.rels", relations.encode()))


def _hidden(name: str, headers: Mapping[str, str]) -> Rest:
    return Rest(name, "private", "GET", f"/graphs?graph={OTHERS}", 404, who="provider", headers=headers)


def _keyed(name: str, promise: str, path: str, file: tuple[str, str, bytes]) -> Rest:
    return Rest(name, promise, "POST", path, 400, files=[file], fields={"key": "/etc/passwd"})


DISGUISES = (
    _xml("a document type in UTF-16", "UTF-16", "utf-16"),
    _xml("a document type in UTF-16 without a mark", "UTF-16", "utf-16-be"),
    _xml("a document type in UTF-32", "UTF-32", "utf-32"),
    _xml("a document type in EBCDIC", "cp037", "cp037"),
    _xml("XML in UTF-7", "UTF-7", "utf-8", dtd=""),
    _xml("XML in an encoding that unpacks", "zlib", "utf-8", dtd=""),
    _xml("XML in an encoding that raises", "idna", "utf-8", dtd=""),
    _xml("XML in an encoding that is none", "x", "utf-8", dtd=""),
    *(_context(name, context) for name, context in _CONTEXTS.items()),
    _named("a file whose name turns round", "a\u202eltt.exe.ttl"),
    _named("a file whose name has a letter nobody sees", "a\u200b.ttl"),
    _named("two files that look the same", "\u00e9.ttl", "e\u0301.ttl"),
    _named("two files in letters of two widths", "a.ttl", "\uff41.ttl"),
    _document("a dataset in wide letters", "names", "text/turtle", TURTLE, 400, path="%EF%BD%8Dine"),
    _document("a dataset with a letter nobody sees", "names", "text/turtle", TURTLE, 400, path="mine%E2%80%8B"),
    _document("a dataset with a dot over its letter", "names", "text/turtle", TURTLE, 400, path="M%C4%B0NE"),
    _form("a form in letters that are decoded by name", "punycode"),
    _form("a form in letters that cannot be decoded", "undefined"),
    _form("a form in UTF-16", "utf-16"),
    _book("a workbook that is an archive in an archive", 400, _nested),
    _book("a workbook that is elsewhere", 422, _linked),
    _hidden("a private graph with every tag", {"if-none-match": "*"}),
    _hidden("a part of a private graph", {"range": "bytes=0-9"}),
    Rest("a pack of another's check", "private", "GET", f"/checks/{'0' * 32}/pack", 404, who="provider"),
    Rest("a pack by a learner", "roles", "POST", "/packs", 403, who="learner", files=[("data", "a.ttl", TURTLE)]),
    _keyed("a pack with a key of one's own", "keys", "/packs", ("data", "a.ttl", TURTLE)),
    _keyed("a file of the machine as a key to be trusted", "names", "/verifications", ("file", "p.zip", b"PK")),
)
