"""Versions of datasets, from the bytes that are kept of them."""

from __future__ import annotations

from pathlib import Path

from mcqms_kg.model import Difference, Triple
from mcqms_kg.service.jobs.checker.context import Context
from mcqms_kg.service.jobs.versions import DiffVersions, KeptFiles, WriteVersion
from mcqms_kg.settings import Settings
from mcqms_kg.store.difference import difference
from mcqms_kg.store.export import serialized
from mcqms_kg.store.statements import kept_source, read


def write(work: WriteVersion, _: Context) -> bytes:
    """The version in the syntax, literals as they were written."""
    return serialized(_read(work.files), work.syntax, work.graph)


def diff(work: DiffVersions, _: Context) -> Difference:
    """What was added and removed from one version to the other."""
    old, new = (_read(side) for side in (work.old, work.new))
    return difference(old, new, Settings.from_environment().max_naming_seconds)


def _read(files: KeptFiles) -> tuple[Triple, ...]:
    return read([kept_source(path, Path(name)) for path, name in files], Settings.from_environment())
