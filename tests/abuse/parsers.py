"""Every parser that takes bytes of a user, by name, and whole inputs that it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import httpx
import pyoxigraph as ox

import mcqms_kg
from interop.archives import pack as esco_archive
from interop.archives import small
from interop.openbadges.badges import AWARD, DAY, STORY, tiny_png
from interop.openbadges.conftest import Issued
from mcqms_kg.errors import UnreadableInput
from mcqms_kg.graph.read import FORMATS, read_triples
from mcqms_kg.interop.esco.reading import Read, statements
from mcqms_kg.interop.openbadges.register import read_register
from mcqms_kg.interop.signing.given_contexts import read_contexts
from mcqms_kg.interop.standards import readable as readable_standards
from mcqms_kg.operations import translating
from mcqms_kg.operations.checking import findings_of
from mcqms_kg.operations.packs import signing_key
from mcqms_kg.operations.trust import trusted_keys
from mcqms_kg.query.guard import judge
from mcqms_kg.query.remote.query import Endpoint, answer
from mcqms_kg.query.request import Request
from mcqms_kg.query.update.parse import parse_update
from mcqms_kg.report import FORMATS as REPORTS
from mcqms_kg.settings import QueryLimits, Settings

CONTEXT = "https://example.org/context.jsonld"
SHAPES = Path(__file__).resolve().parents[2] / "bench" / "shapes" / "rulebook-like.ttl"
DATA = """@prefix mc: <https://w3id.org/mcqms/ns#> . @prefix e: <http://e/> .
e:p a mc:Provider ; e:q "a"@en, "b\\nc", 1.5, true, "d"^^e:t, [ e:r ( 1 _:n ) ] .
"""
LIST = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix e: <http://e/> .
e:list a skos:ConceptScheme ; skos:prefLabel "List"@en, "Daftar"@id .
e:a a skos:Concept ; skos:prefLabel "A"@en ; skos:notation "01" ; skos:topConceptOf e:list .
e:b a skos:Concept ; skos:prefLabel "B"@en ; skos:broader e:a ; skos:inScheme e:list ; skos:exactMatch <http://f/b> .
"""
QUERY = b"""PREFIX e: <http://e/> SELECT DISTINCT ?s (COUNT(?o) AS ?n) FROM <http://e/g> {
  GRAPH ?g { ?s e:p+/^e:q|!(e:r|^a) ?o . OPTIONAL { ?s a [ e:x "a\\u00e9"@en-x, 1.5e3, '''b"c''' ] } }
  FILTER (NOT EXISTS { ?s ?p "\\t" } && regex(str(?o), "^a.*$", "i") || ?o IN (1, 2.0)) BIND (if(?o, 1, 2) AS ?z)
  VALUES (?a ?b) { (UNDEF <x>) (1 "y"^^e:t) } MINUS { ?s ?p ?o }
} GROUP BY ?s HAVING (SUM(?o) > 3) ORDER BY DESC(?n) LIMIT 5 OFFSET 1
"""
UPDATE = b"""PREFIX e: <http://e/> INSERT DATA { GRAPH e:g { e:a e:b "c"@en, [ e:d ( 1 2 ) ] } } ;
WITH e:g DELETE { ?s ?p ?o } INSERT { ?o ?p ?s } USING NAMED <http://e/h> WHERE { ?s ?p ?o FILTER (?o > 1) } ;
COPY SILENT GRAPH e:g TO DEFAULT ; DELETE WHERE { ?s e:p _:b } ; CREATE GRAPH <http://e/i> ; CLEAR ALL
"""
ROWS = b"""<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/></head>
<results><result><binding name="s"><literal xml:lang="en">a</literal></binding></result>
<result><binding name="s"><uri>http://e/a</uri></binding></result></results></sparql>"""


class Parser(NamedTuple):
    """`read` takes a file whose name ends so; `whole` are inputs that it reads."""

    ending: str
    read: Callable[[Path], object]
    whole: Sequence[bytes]


def parsers(issued: Issued, folder: Path) -> dict[str, Parser]:
    """All of them: a standard or a syntax that lands later has to be among them, or `test_nothing_is_missing` fails."""
    pictures = {}
    for ending, plain in ((".png", tiny_png()), (".svg", b'<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')):
        (folder / f"plain{ending}").write_bytes(plain)
        made = mcqms_kg.sign(AWARD, issued.key, [STORY], image=folder / f"plain{ending}")
        pictures[ending] = made.content
    data = folder / "provider.ttl"
    data.write_text(DATA)
    (folder / "context.json").write_bytes(b'{"@context": {"@version": 1.1, "e": "http://e/", "p": {"@id": "e:p"}}}')
    report = mcqms_kg.check([data], as_of=DAY)
    return {
        **{f"{name} files": _of_standard(name, folder) for name in readable_standards()},
        **{f"{ending} files": _of_syntax(ending, data) for ending in FORMATS},
        "badges": Parser(".json", _verify, [issued.badge.read_bytes()]),
        "badges as tokens": Parser(".jwt", _verify, [issued.token.read_bytes()]),
        **{f"badges in {ending} images": Parser(ending, _verify, [picture]) for ending, picture in pictures.items()},
        "status lists": Parser(
            ".json", lambda path: _verify(issued.badge, lists=[path]), [path.read_bytes() for path in issued.lists]
        ),
        "trust lists": Parser(".json", lambda path: trusted_keys([str(path)]), [issued.trust.read_bytes()]),
        "public keys": Parser(".txt", lambda path: trusted_keys([str(path)]), [f"{issued.did}\n".encode()]),
        "private keys": Parser(".pem", _key, [issued.key.read_bytes()]),
        "registers": Parser(".json", lambda path: read_register(path, Settings()), [issued.register.read_bytes()]),
        "contexts": Parser(
            ".json",
            lambda path: read_contexts({CONTEXT: path}, Settings()),
            [(folder / "context.json").read_bytes()],
        ),
        "audit packs": Parser(".zip", _verify, [mcqms_kg.pack([data], issued.key, as_of=DAY)[0]]),
        "ESCO archives": Parser(".zip", _esco, [esco_archive(folder / "esco.zip", small()).read_bytes()]),
        "reports to compare": Parser(".json", findings_of, [REPORTS["json"].write(report, "en")]),
        "shapes": Parser(".ttl", lambda path: mcqms_kg.validate([data], [path]), [SHAPES.read_bytes()]),
        "queries": Parser(".rq", lambda path: judge(_text(path), 100_000), [QUERY]),
        "updates": Parser(".ru", lambda path: parse_update(_text(path), 100_000), [UPDATE]),
        "rows of a server": Parser(".xml", lambda path: _of_server(path, "SELECT * { ?s ?p ?o }", _XML), [ROWS]),
        "statements of a server": Parser(
            ".nt",
            lambda path: _of_server(path, "CONSTRUCT WHERE { ?s ?p ?o }", _LINES),
            [b"<http://e/a> <http://e/b> _:c .\n"],
        ),
    }


_XML, _LINES = "application/sparql-results+xml", "application/n-triples"


def _of_standard(name: str, folder: Path) -> Parser:
    (folder / "list.ttl").write_text(LIST)
    data = folder / "list.ttl" if name == "skos" else STORY
    written = mcqms_kg.export_to(mcqms_kg.ExportRequest(name, [data], as_of=DAY), force=True)
    file, whole = max(written.files.items(), key=lambda file: len(file[1]))

    def read(path: Path) -> object:
        with translating.readable([path], name) as files:
            return read_triples(files)

    return Parser(Path(file).suffix, read, [whole])


def _of_syntax(ending: str, data: Path) -> Parser:
    whole = ox.serialize(ox.parse(path=data), format=FORMATS[ending])
    assert whole
    return Parser(ending, lambda path: read_triples([path]), [whole])


def _verify(path: Path, lists: Sequence[Path] = ()) -> object:
    return mcqms_kg.verify(path, as_of=DAY, lists=lists)


def _key(path: Path) -> object:
    path.chmod(0o600)
    return signing_key(path)


def _esco(path: Path) -> object:
    return list(statements(path, Read(), "any"))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as problem:  # as the protocol does
        raise UnreadableInput("Not UTF-8") from problem


def _of_server(path: Path, query: str, kind: str) -> object:
    sent = httpx.Response(200, content=path.read_bytes(), headers={"content-type": kind})
    with httpx.Client(transport=httpx.MockTransport(lambda _: sent)) as client:
        request = Request(path, query, (), (), ("csv", "nt"), QueryLimits())
        return answer(client, Endpoint("http://e/sparql"), request)
