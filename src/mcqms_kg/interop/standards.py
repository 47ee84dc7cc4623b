"""The standards that are read and written: one table, each with the file that does it, which is imported on first use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from mcqms_kg.errors import BadValue, Place, UnknownName, UnreadableInput, Unsupported
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.model import Taken, Texts, Wanted, Written
from mcqms_kg.settings import MEBIBYTE, Settings

_LOOKED_AT = MEBIBYTE
"""How much of a file is looked at to tell what it is."""
_XML = re.compile(rb"https?://data\.europa\.eu/(snb/model/ap/[a-z-]+|europass/model/credentials[A-Za-z0-9/#-]*)")
_OF_CREDENTIALS = (
    "It is a Europass credential as they were issued before the European Learning Model 3 of 2023: "
    "ask who issued it to issue it anew, as a European Digital Credential (JSON-LD), or write it into a workbook."
)
_OF_CATALOGUES = "Ask for the same as RDF or JSON-LD of the European Learning Model 3."
_RDF_XML = re.compile(rb"<([A-Za-z][\w.-]*:)?RDF[\s>]")
_PAGES = (".html", ".htm")
_SURELY_RDF = frozenset(FORMATS) - {".json", ".jsonld"}


@dataclass(frozen=True)
class Standard:
    """A standard of others by its short name. `module` in this room has `read`, `write` or both.

    `read(path, called, settings)` gives what a file says (`Taken`) and raises `UnreadableInput` with the place where it cannot be read;
    `write(graph, wanted)` gives files (`Written`). A file is known by its ending, in small letters, or by `mark`, which is found in the
    first mebibyte of it; `may_end` are endings of such files that many other files have too. Where only a file's name tells (`named`,
    an ending), or the names in a folder, `knows(path)` of the module says whether it is one. `profile` is the rulebook of what the
    standard asks of our data. `unread` and `unwritten` say why it is not read or written, and what to do instead.
    """

    name: str
    title: Texts
    module: str
    reads: bool = False
    writes: bool = False
    endings: tuple[str, ...] = ()
    may_end: tuple[str, ...] = ()
    mark: re.Pattern[bytes] | None = None
    named: str = ""
    profile: str = ""
    unread: str = ""
    unwritten: str = ""

    def read(self, path: Path, called: str, settings: Settings) -> Taken:
        """What the file says in our terms; errors call it as `called`."""
        if not self.reads:
            raise Unsupported(
                f"{self.name} cannot be read", place=Place(called), remedy=self.unread or _one_of(readable())
            )
        taken: Taken = import_module(f"{__package__}.{self.module}").read(path, called, settings)
        return taken

    def write(self, graph: GraphIndex, wanted: Wanted) -> Written:
        """The files of this standard that say what the graph says."""
        written: Written = import_module(f"{__package__}.{self.module}").write(graph, wanted)
        return written

    def not_written(self, known: tuple[str, ...]) -> Unsupported:
        """The refusal where the standard is not written; `known` are the names of what is."""
        remedy = self.unwritten or f"Known: {', '.join(known)}."
        return Unsupported(f"{self.name} cannot be written", remedy=remedy)

    def fits(self, path: Path, head: bytes) -> bool:
        """Whether a file looks like one of this standard."""
        ending = path.suffix.lower()
        if ending in _PAGES and ending not in self.may_end:
            return False  # a page that speaks of a standard is no file of it
        return (
            ending in self.endings
            or bool(self.mark and self.mark.search(head))
            or (ending == self.named and self.knows(path))
        )

    def knows(self, path: Path) -> bool:
        """Whether a folder, or a file whose ending does not tell, is of this standard by its names."""
        return bool(self.named) and bool(import_module(f"{__package__}.{self.module}").knows(path))


_DRAWING = "It is a drawing with names and ties only: give the data that it was drawn from."
_ALL: tuple[Standard, ...] = (
    Standard(
        "ctdl",
        {"en": "CTDL (Credential Registry)", "id": "CTDL (Credential Registry)"},
        "ctdl",
        reads=True,
        writes=True,
        profile="to-ctdl",
        mark=re.compile(rb'credreg\.net/ctdl|"ceterms:ctid"|"envelope_ceterms_ctid"'),
    ),
    Standard(
        "case",
        {"en": "CASE 1.1", "id": "CASE 1.1"},
        "case",
        reads=True,
        writes=True,
        profile="to-case",
        mark=re.compile(rb'"(CF(Document(URI)?|Items|Documents|PackageURI|Associations)|CFItemType)"\s*:'),
    ),
    Standard(
        "schemaorg",
        {"en": "schema.org", "id": "schema.org"},
        "schemaorg",
        reads=True,
        writes=True,
        may_end=(".html", ".htm"),
        profile="to-schemaorg",
        mark=re.compile(rb'"@context"\s*:\s*\[?\s*\{?\s*("@vocab"\s*:\s*)?"https?://(www\.)?schema\.org'),
    ),
    Standard(
        "workbook",
        {"en": "Workbook (XLSX, or a folder of CSV files)", "id": "Buku kerja (XLSX, atau folder berkas CSV)"},
        "workbook",
        reads=True,
        writes=True,
        endings=(".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".fods", ".numbers"),
        named=".csv",
    ),
    Standard(
        "openbadges",
        {"en": "Open Badges 3.0", "id": "Open Badges 3.0"},
        "openbadges",
        reads=True,
        writes=True,
        may_end=(".png", ".svg", ".jwt", ".jws"),
        mark=re.compile(
            rb"purl\.imsglobal\.org/(spec/)?(ob/v3p0|clr/v2p0)|w3id\.org/openbadges/v[12]|openbadgecredential"
            rb"|[it](TXt|EXt)openbadges\0|xmlns:\w+=.http://openbadges\.org."
            rb"|\A\s*eyJ[\w-]*\.[\w-]+\.[\w-]*(~[\w.~-]*)?\s*\Z"
            rb'|\A\s*\{(?s:(?!.*"@context")(?=.*"(?:badge|image)"\s*:)(?=.*"(?:recipient|criteria)"\s*:)(?=.*"(?:issued_?[oO]n|issuer)"\s*:))'
        ),
        profile="to-openbadges",
    ),
    Standard(
        "elm",
        {"en": "European Learning Model 3", "id": "Model Pembelajaran Eropa 3"},
        "elm",
        reads=True,
        writes=True,
        mark=re.compile(
            rb"/snb/model/(context/edc-ap|elm/)"
            rb'|"EuropeanDigitalCredential"|"payload"\s*:\s*"(ey[A-Za-z0-9_-]|\s*\{)|"signatures"\s*:\s*\[\s*\{\s*"protected"'
        ),
        profile="to-elm",
    ),
    Standard("skos", {"en": "SKOS", "id": "SKOS"}, "skos", reads=True, writes=True),
    Standard("graphml", {"en": "GraphML", "id": "GraphML"}, "graphml", writes=True, unread=_DRAWING),
    Standard("gexf", {"en": "GEXF", "id": "GEXF"}, "gexf", writes=True, unread=_DRAWING),
    Standard(
        "esco",
        {"en": "ESCO (archive of CSV tables)", "id": "ESCO (arsip tabel CSV)"},
        "esco",
        unread="ESCO is one archive of many tables: use `mcqms import esco ARCHIVE`.",
        unwritten="ESCO is published by the European Commission alone; ties to it leave as matches in skos, and as skills in elm.",
    ),
    Standard(
        "dcat",
        {"en": "DCAT", "id": "DCAT"},
        "",
        unread="A catalogue of datasets says nothing of credentials: give the files that it lists, or read it as the RDF that it is.",
        unwritten="What is published is described by the service: see `/catalogue` of `mcqms serve`.",
    ),
)
STANDARDS: Mapping[str, Standard] = {standard.name: standard for standard in _ALL}
"""The standards by name."""


def standard_named(name: str) -> Standard:
    """The standard of that name; raises `UnknownName`."""
    if name not in STANDARDS:
        raise UnknownName(f"No standard is named {name!r}", remedy=_one_of(STANDARDS))
    return STANDARDS[name]


def recognised(path: Path) -> Standard | None:
    """The standard that a file looks like one of, or nothing: then it is RDF, or what nobody knows.

    Raises `BadValue` where it looks like more than one.
    """
    found = looks_like(path)
    if len(found) > 1:
        names = " and ".join(standard.name for standard in found)
        raise BadValue(f"The file looks like {names}", place=Place(str(path)), remedy="Say which it is with --as.")
    return found[0] if found else None


def looks_like(path: Path) -> tuple[Standard, ...]:
    """All the standards that a file looks like one of; none where it is RDF, or what nobody knows."""
    if not path.is_file() or (path.suffix.lower() in _SURELY_RDF and path.suffix.lower() != ".xml"):
        return ()
    with path.open("rb") as stream:
        head = stream.read(_LOOKED_AT)
    if path.suffix.lower() == ".xml":
        _refuse_xml(path, head)
        return ()
    return tuple(standard for standard in STANDARDS.values() if standard.reads and standard.fits(path, head))


def expected(path: Path) -> Standard | None:
    """The standard that a file looks like one of; raises `UnreadableInput` where its ending promises one, and it is none."""
    found = recognised(path)
    ending = path.suffix.lower()
    if found is None and ending not in FORMATS and path.is_file():
        for standard in STANDARDS.values():
            if ending and ending in (*standard.may_end, standard.named):
                raise UnreadableInput(
                    f"The file holds nothing of {standard.title['en']}, which is what is read of {ending} files",
                    place=Place(str(path)),
                    remedy="Give another file, or say what it is with --as.",
                )
    return found


def _refuse_xml(path: Path, head: bytes) -> None:
    """XML that is no RDF but of a standard that is read in other forms is refused by name."""
    if _RDF_XML.search(head):
        return
    if match := _XML.search(head):
        remedy = _OF_CREDENTIALS if b"/europass/model/credentials" in match[0] else _OF_CATALOGUES
        raise Unsupported(
            f"The file is of the XML binding {match[0].decode('ascii', 'replace')}, which is not read",
            place=Place(str(path)),
            remedy=remedy,
        )


def recognised_folder(folder: Path) -> Standard | None:
    """The standard that a folder as a whole is of, by the names of its files."""
    return next((standard for standard in STANDARDS.values() if standard.named and standard.knows(folder)), None)


def readable() -> tuple[str, ...]:
    """The names of those that can be read."""
    return tuple(name for name, standard in STANDARDS.items() if standard.reads)


def writable() -> tuple[str, ...]:
    """The names of those that can be written."""
    return tuple(name for name, standard in STANDARDS.items() if standard.writes)


def _one_of(names: Mapping[str, Standard] | tuple[str, ...]) -> str:
    return f"Known: {', '.join(names) or 'none'}."
