"""What our graph says, in the formats of others: whether they will accept it, what is lost, and the files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import KW_ONLY, dataclass, field, replace
from pathlib import Path

from mcqms_kg.errors import BadValue, EmptyInput, UnknownName, Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import read_quads, source
from mcqms_kg.graph.submitted import Submitted, read_submitted
from mcqms_kg.interop.standards import Standard, standard_named, writable
from mcqms_kg.model import CheckReport, Finding, Grade, Loss, Prechecked, Term, Triple, Wanted, Written
from mcqms_kg.operations.checking import checked
from mcqms_kg.operations.defaults import DEFAULT_BASE
from mcqms_kg.operations.inputs import files_of
from mcqms_kg.operations.rulebooks import as_date, background
from mcqms_kg.operations.workspaces import Where
from mcqms_kg.store.export import ENDINGS, SYNTAXES, serialized

_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+/")
_LANGUAGES = ("en", "id")
_GRAPHS = {
    "en": "The names of graphs are dropped, as in a check.",
    "id": "Nama graf tidak diikutsertakan, seperti dalam pemeriksaan.",
}


@dataclass(frozen=True)
class ExportRequest:
    """What is to leave, and how: files or a dataset of a workspace, as for `check`, in a standard or an RDF syntax.

    `about` are IRIs of what is wanted; without them it is all that the format can carry. `language` is for formats whose texts are in
    one language, `as_of` the day for what changes with time, `base` the address under which the files will stand, `options` are the
    standard's own, `read_as` is the standard that the files are of, `name` what an RDF file is called.
    """

    standard: str
    paths: Sequence[Path | str] = ()
    _: KW_ONLY
    dataset: str | None = None
    version: int | None = None
    workspace: Where = None
    about: Sequence[str] = ()
    language: str = "en"
    as_of: dt.date | str | None = None
    base: str = DEFAULT_BASE
    options: Mapping[str, str] = field(default_factory=dict)
    read_as: str | None = None
    name: str | None = None

    def wanted(self) -> Wanted:
        """What the writer of the standard is asked for; raises `BadValue` for what cannot be wanted."""
        if self.language not in _LANGUAGES:
            raise BadValue(f"{self.language!r} is no language of ours", remedy=f"Known: {', '.join(_LANGUAGES)}.")
        if not _BASE.fullmatch(self.base):
            raise BadValue(f"{self.base!r} is no base", remedy="Give a web address that ends with a slash.")
        return Wanted(
            as_of=as_date(self.as_of),
            about=tuple(map(_iri, self.about)),
            language=self.language,
            base=self.base,
            options=dict(self.options),
        )

    def files(self) -> AbstractContextManager[tuple[Path, ...]]:
        """The files of the data as RDF, for as long as this lasts."""
        return files_of(tuple(self.paths), self.dataset, self.version, self.workspace, self.read_as)


def export_to(request: ExportRequest, *, force: bool = False) -> Written:
    """What the data says as files of a standard, or in an RDF syntax, with everything that is lost on the way.

    Raises `BadValue` where the data has major findings by the standard's own rulebook, because the target would not accept
    the files, unless `force` is set.
    """
    wanted = request.wanted()
    with request.files() as files:
        submitted = read_submitted(files)
        if request.standard in SYNTAXES:
            return _as_rdf(request.standard, request.name or request.dataset or "data", submitted, files, wanted)
        chosen = _writable(request.standard)
        if chosen.profile and not force:
            _refuse(chosen, checked(_within(submitted, wanted), files, chosen.profile, wanted.as_of))
        return _written(chosen, submitted, wanted)


def precheck(request: ExportRequest) -> Prechecked:
    """Whether the target will accept what `export_to` would write, as a check report, and what would be lost; nothing is kept.

    Raises what the export would raise where nothing can be written and no finding says why, and `Unsupported` for a standard that asks
    nothing of the data.
    """
    wanted = request.wanted()
    chosen = _writable(request.standard)
    if not chosen.profile:
        raise Unsupported(
            f"{request.standard} asks nothing of the data that could be checked before",
            remedy="Export it, and see what is lost.",
        )
    with request.files() as files:
        submitted = read_submitted(files)
        report = checked(_within(submitted, wanted), files, chosen.profile, wanted.as_of)
        try:
            return Prechecked(report, _written(chosen, submitted, wanted).losses)
        except EmptyInput:
            if not _major(report):
                raise
            return Prechecked(report, submitted.losses)


def _writable(name: str) -> Standard:
    chosen = standard_named(name)
    if not chosen.writes:
        raise chosen.not_written((*writable(), *SYNTAXES))
    return chosen


def _iri(text: str) -> Term:
    found = terms.expand(text)
    if found is None:
        raise BadValue(f"{text!r} is no IRI", remedy="Write it whole, like https://example.org/credential.")
    return found


def _written(chosen: Standard, submitted: Submitted, wanted: Wanted) -> Written:
    """What the standard's writer makes of it; what was lost when the files were read is told too."""
    graph = GraphIndex(dict.fromkeys((*background(), *submitted.triples)))
    for term in wanted.about:
        if term not in graph:
            raise UnknownName(f"The data says nothing of {term}", remedy="Check the IRI.")
    written = chosen.write(graph, replace(wanted, given=frozenset(s for s, _, _ in submitted.triples)))
    return replace(written, losses=(*submitted.losses, *written.losses))


def _within(submitted: Submitted, wanted: Wanted) -> Submitted:
    """The statements on what is wanted and on all that it leads to; all of them where nothing is named."""
    return replace(submitted, triples=_reached(submitted.triples, wanted.about)) if wanted.about else submitted


def _reached(triples: Sequence[Triple], about: Iterable[Term]) -> tuple[Triple, ...]:
    graph = GraphIndex(triples)
    waiting, seen = list(about), set(about)
    while waiting:
        leads_to = {o for _, o in graph.out(waiting.pop()) if not terms.is_literal(o)} - seen
        seen |= leads_to
        waiting += sorted(leads_to)
    return tuple(triple for triple in triples if triple[0] in seen)


def _major(report: CheckReport) -> list[Finding]:
    return [finding for finding in report.findings() if finding.grade is Grade.MAJOR]


def _refuse(chosen: Standard, report: CheckReport) -> None:
    if major := _major(report):
        raise BadValue(
            f"{chosen.title['en']} would not accept this: {len(major)} major findings, the first: {_told(major[0])}",
            remedy="See all of them with --precheck, or write it nonetheless with --force.",
        )


def _told(finding: Finding) -> str:
    return f"{finding.expected.get('en', '')} ({finding.focus.label.get('en', '')}, {finding.focus.term})"


def _as_rdf(syntax: str, name: str, submitted: Submitted, files: Sequence[Path], wanted: Wanted) -> Written:
    triples = _within(submitted, wanted).triples
    if not triples:
        raise UnknownName("The data says nothing of what is wanted", remedy="Check the IRI.")
    dropped = tuple(Loss(str(path), _GRAPHS) for path in files if _has_graphs(path))
    return Written({f"{name}{ENDINGS[syntax]}": serialized(triples, syntax)}, (*submitted.losses, *dropped))


def _has_graphs(path: Path) -> bool:
    given = source(path)
    return given.format.supports_datasets and any(graph for *_, graph in read_quads(given))
