"""`/dataset`: what is kept, version by version; handing in; and a file as it came, at the line that a finding names."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from mcqms_kg import operations
from mcqms_kg.errors import BadValue, Forbidden, McqmsError, UnknownName
from mcqms_kg.model import DATASET_NAME, Version
from mcqms_kg.service.callers.access import Action, permit
from mcqms_kg.service.handing_in import hand_in, received
from mcqms_kg.service.http.problems import described
from mcqms_kg.service.http.uploads import known_endings
from mcqms_kg.service.jobs.versions import DiffVersions, kept_files
from mcqms_kg.service.pages.addresses import address
from mcqms_kg.service.pages.checks import basis_of, checks_of_dataset, latest_by_dataset
from mcqms_kg.service.pages.forms import FIELD, come_from_here, prove
from mcqms_kg.service.pages.labels import Labels
from mcqms_kg.service.pages.page import Asked, Page
from mcqms_kg.service.pages.source import excerpt

router = APIRouter()
MOST = 500
"""Statements that are shown of what changed."""
Name = Annotated[str, InPath(pattern="^[a-z0-9][a-z0-9_-]{0,63}$")]
Number = Annotated[int, InPath(ge=1, le=1_000_000_000)]


@router.get("/dataset", response_class=Response)
def list_datasets(page: Asked) -> Response:
    """Every dataset that the caller sees, with what its latest check came to."""
    return _list(page)


@router.post("/dataset", response_class=Response)
async def hand_in_files(page: Asked) -> Response:
    """Keeps files as a new version of a dataset, and leads to it."""
    come_from_here(page.request)
    if not page.may("import"):
        permit(page.caller, Action.IMPORT)
    try:
        made = await _handed_in(page)
    except Forbidden:
        raise
    except McqmsError as problem:
        told = described(problem)
        return await run_in_threadpool(_list, page, told, int(str(told["status"])))
    return page.go(address("dataset", made.dataset, made.number))


@router.get("/dataset/{name}", response_class=Response)
def read_dataset(name: Name, page: Asked) -> Response:
    """A dataset: its versions and its checks."""
    latest = page.view.version(name)
    versions = page.view.versions_of(name)
    return page.render(
        "dataset.html.jinja",
        latest=latest,
        versions=versions[::-1],
        checks=checks_of_dataset(page, name),
        basis_of=basis_of,
        profiles=operations.profiles(),
        endings=known_endings(),
    )


@router.get("/dataset/{name}/{number}", response_class=Response)
def read_version(
    name: Name, number: Number, page: Asked, since: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0
) -> Response:
    """A version: its files, and what changed since another one where that is asked."""
    version = page.view.version(name, number)
    known = page.view.versions_of(name)
    changed = None
    if since:
        before = page.view.version(name, since)
        found = page.jobs.do(DiffVersions(*(kept_files(page.serving.workspace, one) for one in (before, version))))
        added, removed = (Labels(page.words, side[:MOST]).rows() for side in (found.added, found.removed))
        changed = (added, removed, len(found.added), len(found.removed))
    return page.render("version.html.jinja", version=version, known=known, since=since, changed=changed, most=MOST)


@router.get("/dataset/{name}/{number}/file/{file:path}", response_class=Response)
def read_file(
    name: Name, number: Number, file: str, page: Asked, line: Annotated[int, Query(ge=1, le=10**9)] = 1
) -> Response:
    """A file of a version around a line."""
    version = page.view.version(name, number)
    original = next((one for one in version.originals if one.name == file), None)
    if original is None:
        known = ", ".join(one.name for one in version.originals)
        raise UnknownName(f"The version has no file {file[:100]!r}", remedy=f"Its files: {known[:1000]}.")
    shown = excerpt(page.serving.workspace.originals.find(original.digest), line)
    return page.render("file.html.jinja", version=version, name=file, original=original, shown=shown, line=line)


async def _handed_in(page: Page) -> Version:
    async with received(page.request, page.jobs) as upload:
        prove(page, upload.values)
        del upload.values[FIELD]
        name = upload.values.pop("name", "")
        if not DATASET_NAME.fullmatch(name):
            raise BadValue(
                f"{name[:70]!r} cannot be the name of a dataset",
                remedy="Use small letters, digits, - and _, at most 64, the first a letter or a digit.",
            )
        permit(page.caller, Action.IMPORT, name)
        for field in [field for field, value in upload.values.items() if not value]:
            del upload.values[field]
        return await page.serving.in_turn(partial(hand_in, page.serving, page.caller, name, upload))


def _list(page: Page, problem: dict[str, object] | None = None, status: int = 200) -> Response:
    return page.render(
        "datasets.html.jinja",
        status,
        versions=page.view.handed_in,
        checks=latest_by_dataset(page),
        basis_of=basis_of,
        problem=problem,
        endings=known_endings(),
    )
