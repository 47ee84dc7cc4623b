"""A version on its way out: the bytes as they came, or its statements in another syntax."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.graph.xml_bytes import fit_for_xml
from mcqms_kg.model import Triple, Version
from mcqms_kg.namespaces import PREFIXES
from mcqms_kg.settings import Settings
from mcqms_kg.store.statements import read
from mcqms_kg.store.versions import sources
from mcqms_kg.store.workspace import Workspace

SYNTAXES = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
"""Name to syntax; TriG and N-Quads put the statements into the version's graph."""
ENDINGS = {"turtle": ".ttl", "trig": ".trig", "nt": ".nt", "nq": ".nq", "rdfxml": ".rdf", "jsonld": ".jsonld"}
"""Syntax to the ending of its files."""
_WITH_PREFIXES = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)


def originals(workspace: Workspace, version: Version) -> dict[str, Path]:
    """The kept bytes by the names of their files; raises `WorkspaceError` where some are gone or were changed."""
    return {original.name: workspace.originals.find(original.digest) for original in version.originals}


def converted(workspace: Workspace, version: Version, syntax: str, settings: Settings) -> bytes:
    """The statements in another syntax, read from the kept bytes, literals as written; raises `UnknownName`."""
    if syntax not in SYNTAXES:
        raise UnknownName(f"No syntax is named {syntax!r}", remedy=f"Known: {', '.join(SYNTAXES)}.")
    return serialized(read(sources(workspace, version), settings), syntax, version.graph)


def serialized(triples: Iterable[Triple], syntax: str, graph: str = "") -> bytes:
    """Statements in a syntax; TriG and N-Quads put them into the graph where one is named.

    Raises `Unsupported` for what RDF/XML cannot say.
    """
    chosen = SYNTAXES[syntax]
    named = f" {graph}" if graph and chosen.supports_datasets and syntax != "jsonld" else ""
    text = "".join(f"{s} {p} {o}{named} .\n" for s, p, o in triples)
    prefixes = {prefix: name for prefix, name in PREFIXES.items() if f"<{name}" in text and chosen in _WITH_PREFIXES}
    written = ox.serialize(ox.parse(text, format=FORMATS[".nq"]), format=chosen, prefixes=prefixes)
    if syntax == "rdfxml":
        return fit_for_xml(written or b"")
    assert written is not None  # noqa: S101  # pyoxigraph gives nothing back only where it writes to a file
    lines = written.splitlines(keepends=True)
    return b"".join((*sorted(lines[: len(prefixes)]), *lines[len(prefixes) :]))  # its prefixes come in no order


def below(folder: Path, name: str) -> Path:
    """The file of that name in the folder; a name that would lead out of it is refused."""
    target = folder / name
    if not target.resolve().is_relative_to(folder.resolve()) or target.resolve() == folder.resolve():
        raise BadValue(f"The name {name!r} leads out of the folder", remedy="Have the data handed in anew.")
    return target
