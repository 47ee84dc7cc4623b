"""Handing in a version, finding it again, and going back to an earlier one."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mcqms_kg.errors import BadValue, UnknownName
from mcqms_kg.graph.read import FORMATS, Source, source
from mcqms_kg.model import DATASET_NAME, Deed, Original, Triple, Version
from mcqms_kg.settings import Settings
from mcqms_kg.store import provenance
from mcqms_kg.store.audit import AuditLog
from mcqms_kg.store.durable import Staged
from mcqms_kg.store.statements import Reading, kept_source, read
from mcqms_kg.store.workspace import Workspace

OPERATOR = "operator"


@dataclass(frozen=True)
class Submission:
    """Who hands in what: files by the names they are kept under, and what these were `made_from`, which is kept beside them.

    Without `private` a version is as the one before, and the first is public. `role` is the caller's; the command line is its operator's.
    """

    dataset: str
    files: Mapping[str, Path]
    title: str
    by: str
    at: dt.datetime
    private: bool | None = None
    role: str = OPERATOR
    made_from: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True)
class Restoration:
    """Who goes back to which version of a dataset."""

    dataset: str
    number: int
    by: str
    at: dt.datetime
    role: str = OPERATOR


def versions(workspace: Workspace, dataset: str | None = None) -> tuple[Version, ...]:
    """Every version, of one dataset or of all, by dataset and number; raises `UnknownName` for a dataset that is not there."""
    every = _every(workspace)
    found = tuple(version for version in every if dataset in (None, version.dataset))
    if dataset is not None and not found:
        known = ", ".join(sorted({version.dataset for version in every})) or "none yet"
        raise UnknownName(f"No dataset is named {dataset!r}", remedy=f"Known datasets: {known}.")
    return found


def version(workspace: Workspace, dataset: str, number: int | None = None) -> Version:
    """One version, the latest where none is named; raises `UnknownName`."""
    found = {known.number: known for known in versions(workspace, dataset)}
    if number is not None and number not in found:
        raise UnknownName(f"Dataset {dataset!r} has no version {number}", remedy=f"Its versions are 1 to {max(found)}.")
    return found[number or max(found)]


def hand_in(workspace: Workspace, submission: Submission, settings: Settings, reading: Reading = read) -> Version:
    """A new version of a dataset from files. It exists when this returns; if this fails or is killed, nothing of it does.

    Raises `UnreadableInput` or `EmptyInput` for a file that cannot be read or says nothing.
    """
    _refuse_name(submission.dataset)
    deed = Deed(submission.by, submission.role, "import", {"dataset": submission.dataset})
    with AuditLog(workspace.folder).recording(deed) as about:
        made = _hand_in(workspace, submission, settings, reading)
        about |= _told(made)
    return made


def _hand_in(workspace: Workspace, submission: Submission, settings: Settings, reading: Reading) -> Version:
    earlier = [v for v in versions(workspace) if v.dataset == submission.dataset]
    staged: dict[str, Staged] = {}
    for path in submission.files.values():
        source(path)
    try:
        for name, path in {**submission.files, **submission.made_from}.items():
            staged[name] = workspace.originals.receive(path, settings)
        triples = reading([kept_source(staged[name].path, path) for name, path in submission.files.items()], settings)
        workspace.originals.keep(tuple(staged.values()))
    finally:
        for copy in staged.values():
            copy.path.unlink(missing_ok=True)
    made = Version(
        dataset=submission.dataset,
        number=len(earlier) + 1,
        title=submission.title or (earlier[-1].title if earlier else submission.dataset),
        at=submission.at,
        by=submission.by,
        statements=len(triples),
        originals=tuple(Original(name, copy.digest, copy.size) for name, copy in staged.items()),
        private=bool(earlier and earlier[-1].private) if submission.private is None else submission.private,
    )
    return _add(workspace, made, triples)


def roll_back(workspace: Workspace, back: Restoration, settings: Settings, reading: Reading = read) -> Version:
    """A new version that is equal to an earlier one, read from the same bytes; the history stays."""
    old, latest = version(workspace, back.dataset, back.number), version(workspace, back.dataset)
    private = old.private or latest.private  # going back never makes public what was not
    made = replace(old, number=latest.number + 1, by=back.by, at=back.at, restores=back.number, private=private)
    deed = Deed(back.by, back.role, "rollback", {"dataset": back.dataset, "restores": str(back.number)})
    with AuditLog(workspace.folder).recording(deed) as about:
        _add(workspace, made, reading(sources(workspace, old), settings))
        about |= _told(made)
    return made


def _told(made: Version) -> dict[str, str]:
    """What the audit log says of a version: where it is, and the digest of its list of files."""
    files = "".join(f"{original.digest}  {original.name}\n" for original in made.originals)
    digest = hashlib.sha256(files.encode()).hexdigest()
    return {"version": str(made.number), "graph": made.graph, "digest": f"sha256:{digest}"}


def sources(workspace: Workspace, version: Version) -> tuple[Source, ...]:
    """The kept bytes of a version, to be read."""
    return tuple(
        kept_source(workspace.originals.find(original.digest), Path(original.name))
        for original in version.originals
        if is_rdf(original.name)
    )


def is_rdf(name: str) -> bool:
    """Whether a kept file holds statements; others are what these were made from."""
    return Path(name).suffix.lower() in FORMATS


def _add(workspace: Workspace, made: Version, triples: Collection[Triple]) -> Version:
    home, graph = workspace.home, provenance.graph_of(made.dataset, private=made.private)
    if made.private and not any(home.match(provenance.PRIVATE, *provenance.listed(made.dataset))):
        # on its own: a server's other graphs are emptied first
        home.add({provenance.PRIVATE: [provenance.listed(made.dataset)]})
    home.add({made.graph: triples, graph: tuple(provenance.statements(made))})
    return made


def _every(workspace: Workspace) -> tuple[Version, ...]:
    """Every version, the private ones too, by dataset and number."""
    home = workspace.home
    found = [*provenance.versions(home.match(provenance.GRAPH))]
    for graph in provenance.private_graphs(home.match(provenance.PRIVATE)):
        found += provenance.private_versions(graph, home.match(graph))
    return tuple(sorted(found, key=lambda version: (version.dataset, version.number)))


def _refuse_name(dataset: str) -> None:
    if not DATASET_NAME.fullmatch(dataset):
        raise BadValue(
            f"{dataset!r} cannot be the name of a dataset",
            remedy="Use small letters, digits, - and _, at most 64, the first a letter or a digit.",
        )
