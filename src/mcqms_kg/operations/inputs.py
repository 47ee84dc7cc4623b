"""The files that a verb works at: those that are given, or those that were kept of a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from mcqms_kg.errors import BadValue
from mcqms_kg.model import Version
from mcqms_kg.operations.translating import readable

if TYPE_CHECKING:
    from mcqms_kg.operations.workspaces import Where


@contextmanager
def files_of(
    paths: Sequence[Path | str],
    dataset: str | None,
    version: int | None,
    workspace: Where,
    standard: str | None = None,
) -> Iterator[tuple[Path, ...]]:
    """The files to work at, as RDF: those given, or those that were kept of a dataset."""
    with chosen_files(paths, dataset, version, workspace, standard) as (files, _):
        yield files


@contextmanager
def chosen_files(
    paths: Sequence[Path | str], dataset: str | None, version: int | None, workspace: Where, standard: str | None
) -> Iterator[tuple[tuple[Path, ...], Version | None]]:
    """The same, and of which version they are the files."""
    if dataset is None:
        if version is not None:
            raise BadValue("A version was named without a dataset", remedy="Name the dataset too.")
        with readable(paths, standard) as files:
            yield files, None
        return
    if paths:
        raise BadValue("Files and a dataset were given", remedy="Give files, or name a dataset.")
    from mcqms_kg.operations.workspaces import at_hand  # files need no workspace
    from mcqms_kg.store import versions
    from mcqms_kg.store.layout import lay_out

    with at_hand(workspace) as opened:
        chosen = versions.version(opened, dataset, version)
        laid = lay_out(opened, chosen)
    yield laid, chosen


@contextmanager
def files_or_datasets(
    paths: Iterable[Path | str], datasets: Iterable[str], workspace: Where
) -> Iterator[tuple[Path, ...]]:
    """The files that are given, as RDF; or else those of the latest versions of datasets, of all where none is named."""
    files, named = tuple(paths), tuple(datasets)
    if files and named:
        raise BadValue("Both files and datasets are given", remedy="Give one of them.")
    if files:
        with readable(files) as found:
            yield found
        return
    from mcqms_kg.operations.workspaces import at_hand  # files need no workspace
    from mcqms_kg.store import versions
    from mcqms_kg.store.layout import lay_out
    from mcqms_kg.store.shipped import SHIPPED

    with at_hand(workspace) as opened:
        latest = {one.dataset: one for one in versions.versions(opened) if one.dataset != SHIPPED}
        asked = [versions.version(opened, name) for name in named] or latest.values()
        laid = tuple(file for one in asked for file in lay_out(opened, one))
    yield laid
