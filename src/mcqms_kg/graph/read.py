"""Bytes to quads: any RDF syntax, strictly and within bounds; nothing remote is ever fetched."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import pyoxigraph as ox

from mcqms_kg.errors import EmptyInput, Place, UnreadableInput
from mcqms_kg.graph.bounds import BoundedReader, refuse_deep_nesting, refuse_doctype
from mcqms_kg.model import Quad, Triple
from mcqms_kg.settings import Settings

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".shacl": ox.RdfFormat.TURTLE,
    ".shapes": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
}
"""File ending to syntax."""
WITHOUT_GRAPHS = (ox.RdfFormat.TURTLE, ox.RdfFormat.RDF_XML)
"""Syntaxes that name no graph, beside the lines."""


@dataclass(frozen=True)
class Source:
    """A file to read: where it is, its syntax, the base IRI for its relative IRIs, and the name errors call it by, if not its path."""

    path: Path
    format: ox.RdfFormat
    base: str | None = None
    called: str = ""

    @property
    def name(self) -> str:
        return self.called or str(self.path)


def source(path: Path | str, *, located: bool = False) -> Source:
    """The source behind a path; raises `UnreadableInput` where there is no file or its ending is unknown.

    `located` lets its relative IRIs start from the file itself, as RFC 3986 (5.1.3) has it; otherwise they are refused.
    """
    path = Path(path)
    if not path.is_file():
        raise UnreadableInput("There is no such file", place=Place(str(path)), remedy="Check the name.")
    known = FORMATS.get(path.suffix.lower())
    if known is None:
        endings = " ".join(FORMATS)
        raise UnreadableInput(
            f"The ending {path.suffix!r} names no RDF syntax",
            place=Place(str(path)),
            remedy=f"Rename it to one of: {endings}.",
        )
    return Source(path, known, path.resolve().as_uri() if located else None)


def read_quads(given: Source, settings: Settings | None = None, *, blank_prefix: str = "b") -> Iterator[Quad]:
    """The quads of one source, in file order; literals keep their lexical form.

    Blank nodes are named `_:<blank_prefix><n>` by first appearance, so that the same bytes always give the same names.
    Raises `UnreadableInput` with line and column where the syntax or a bound is broken.
    """
    settings = settings or Settings.from_environment()
    with _opened(given, settings) as stream:
        yield from _texts(_absolute_quads(given, stream), given, blank_prefix)


def parsed_quads(given: Source, settings: Settings | None = None, *, blank_prefix: str = "b") -> Iterator[ox.Quad]:
    """The same as values of the store library."""
    settings = settings or Settings.from_environment()
    with _opened(given, settings) as stream:
        yield from _renamed(_absolute_quads(given, stream), given, blank_prefix)


def write_lines(given: Source, output: IO[bytes], settings: Settings | None = None) -> None:
    """Writes the statements of a file without named graphs as lines, and its blank nodes as the parser names them.

    Raises `UnreadableInput` as `read_quads` does, but for triple terms, which it writes.
    """
    with _opened(given, settings or Settings.from_environment()) as stream, _told(given, stream):
        ox.serialize(
            ox.parse(input=cast(IO[bytes], stream), format=given.format, base_iri=given.base),
            output=output,
            format=ox.RdfFormat.N_QUADS,
        )


@contextmanager
def _opened(given: Source, settings: Settings) -> Iterator[BoundedReader]:
    """A file to be parsed, after what is looked at before that."""
    try:
        if given.format == ox.RdfFormat.RDF_XML:
            refuse_doctype(given.path, given.name)
        if given.format == ox.RdfFormat.JSON_LD:
            refuse_deep_nesting(given.path, given.name, settings.max_nesting)
        with given.path.open("rb") as raw:
            yield BoundedReader(raw, given.name, settings)
    except OSError as problem:
        raise UnreadableInput(f"The file cannot be read: {problem.strerror}", place=Place(given.name)) from problem


def _absolute_quads(given: Source, stream: BoundedReader) -> Iterator[ox.Quad]:
    """As the parser gives them, but for relative IRIs, which are refused."""
    quads = _parsed(given, stream)
    return _absolute(quads, given) if given.format == ox.RdfFormat.JSON_LD and not given.base else quads


def _texts(quads: Iterable[ox.Quad], given: Source, blank_prefix: str) -> Iterator[Quad]:
    """Quads as text; each term is looked at once, as there are very many."""
    names: dict[str, str] = {}
    blank, default, triple = ox.BlankNode, ox.DefaultGraph, ox.Triple

    def named(node: ox.BlankNode) -> str:
        return names.setdefault(node.value, f"_:{blank_prefix}{len(names)}")

    for subject, predicate, value, graph in quads:
        if type(value) is triple:
            raise _triple_term(given)
        s = named(subject) if type(subject) is blank else str(subject)
        o = named(value) if type(value) is blank else str(value)
        g = None if type(graph) is default else named(graph) if type(graph) is blank else str(graph)
        yield cast(Quad, (s, str(predicate), o, g))


def _triple_term(given: Source) -> UnreadableInput:
    return UnreadableInput(
        "The file holds a triple term (RDF 1.2)",
        place=Place(given.name),
        remedy="Write it as plain RDF 1.1 triples.",
    )


def _renamed(quads: Iterable[ox.Quad], given: Source, blank_prefix: str) -> Iterator[ox.Quad]:
    """Quads whose blank nodes are named by first appearance; most have none, and are handed on as they are."""
    names: dict[str, ox.BlankNode] = {}

    def renamed(node: Any) -> Any:
        if not isinstance(node, ox.BlankNode):
            return node
        return names.setdefault(node.value, ox.BlankNode(f"{blank_prefix}{len(names)}"))

    for quad in quads:
        subject, value, graph = quad.subject, quad.object, quad.graph_name
        if isinstance(value, ox.Triple):
            raise _triple_term(given)
        if ox.BlankNode in (type(subject), type(value), type(graph)):
            yield ox.Quad(renamed(subject), quad.predicate, renamed(value), renamed(graph))
        else:
            yield quad


_NOWHERE = "x-nowhere://base/"
"""What relative IRIs of JSON-LD start from where they may not be: without a base the parser would leave their statements out."""


def _absolute(quads: Iterable[ox.Quad], given: Source) -> Iterator[ox.Quad]:
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            iri = term.datatype if isinstance(term, ox.Literal) else term
            if isinstance(iri, ox.NamedNode) and iri.value.startswith(_NOWHERE):
                raise _relative(given, Place(given.name), iri.value.removeprefix(_NOWHERE))
        yield quad


def _relative(given: Source, place: Place, iri: str = "") -> UnreadableInput:
    where = "@base in its context" if given.format == ox.RdfFormat.JSON_LD else "@base (xml:base in RDF/XML)"
    return UnreadableInput(
        f"The file has a relative IRI {f'<{iri}> ' if iri else ''}and no base that it starts from",
        place=place,
        remedy=f"Write the IRI out, or declare {where}.",
    )


def _parsed(given: Source, stream: BoundedReader) -> Iterator[ox.Quad]:
    base = given.base or (_NOWHERE if given.format == ox.RdfFormat.JSON_LD else None)
    with _told(given, stream):
        yield from ox.parse(input=cast(IO[bytes], stream), format=given.format, base_iri=base)


@contextmanager
def _told(given: Source, stream: BoundedReader) -> Iterator[None]:
    """What the parser says of a file, in our words."""
    try:
        yield
    except SyntaxError as problem:
        raise _syntax_error(given, problem) from problem
    except MemoryError as problem:
        if not str(problem):  # there is none left, whatever the statement
            raise
        raise UnreadableInput(  # the parser's own bound on a statement, 16 MiB
            "A statement or value is too large to be read",
            place=Place(given.name, stream.line),
            remedy="Split it, or remove it.",
        ) from problem
    except ValueError as problem:
        raise UnreadableInput(
            str(problem), place=Place(given.name), remedy="Mend the file and check again."
        ) from problem


_NO_SCHEME = "No scheme found in an absolute IRI"
_LINES = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS)


def _syntax_error(given: Source, problem: SyntaxError) -> UnreadableInput:
    if "LoadDocumentCallback" in str(problem):
        return UnreadableInput(
            "The JSON-LD names a remote context, and nothing remote is fetched",
            place=Place(given.name),
            remedy="Write the context into the file, or convert the file to Turtle first.",
        )
    if _NO_SCHEME in str(problem) and given.format not in _LINES:
        return _relative(given, Place(given.name, problem.lineno, problem.offset))
    what = re.sub(r"^Parser error (at|between) line .*?: ", "", problem.msg or "It is not well-formed")
    return UnreadableInput(
        f"The file is not well-formed: {what}",
        place=Place(given.name, problem.lineno, problem.offset),
        remedy="Mend this place and check again.",
    )


def prefixes(paths: Iterable[Path], *, located: bool = False) -> dict[str, str]:
    """The prefixes that files declare for themselves, with their namespaces; one that stands for two namespaces is left out."""
    found: dict[str, set[str]] = {}
    for path in paths:
        given = source(path, located=located)
        with given.path.open("rb") as raw:
            stream = BoundedReader(raw, given.name, Settings.from_environment())
            parser = ox.parse(input=cast(IO[bytes], stream), format=given.format, base_iri=given.base)
            deque(parser, maxlen=0)
        for prefix, namespace in parser.prefixes.items():
            found.setdefault(prefix, set()).add(namespace)
    return {prefix: namespaces.pop() for prefix, namespaces in found.items() if len(namespaces) == 1}


def read_triples(paths: Iterable[Path], settings: Settings | None = None) -> tuple[Triple, ...]:
    """The triples of several files as one set of statements, graph names dropped; blank nodes of different files stay apart."""
    found: dict[Triple, None] = {}
    for number, path in enumerate(paths):
        for s, p, o, _ in read_quads(source(path), settings, blank_prefix=f"f{number}b"):
            found[(s, p, o)] = None
    return tuple(found)


def no_statement(path: Path, called: str = "") -> EmptyInput:
    """The refusal of a file without any statement; JSON that names no context is none of RDF, whatever it holds."""
    is_json = path.suffix.lower() in (".json", ".jsonld")
    remedy = "JSON says something only with an @context, or as a file of a standard that is read." if is_json else ""
    return EmptyInput(
        "The file holds no statement",
        place=Place(called or str(path)),
        remedy=remedy or "Give a file with data.",
    )
