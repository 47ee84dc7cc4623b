"""Style sheets, scripts and pictures of the pages; what comes from npm is `vendor/`. The digest in an address changes with them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg import resources
from mcqms_kg.errors import Unavailable, UnknownName
from mcqms_kg.service.http.replies import document

FOLDER = Path(__file__).parents[1] / "static"
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".woff2": "font/woff2",
}
_FOREVER = "public, max-age=31536000, immutable"
router = APIRouter()


@dataclass(frozen=True)
class StaticFiles:
    """Every file below the folder by its name there, and one digest of all of them."""

    files: Mapping[str, bytes]
    digest: str

    def address(self, name: str) -> str:
        """Where a file is; raises `KeyError` for one that is not there. Scripts find each other by relative addresses."""
        if name.startswith("vendor/") and name not in self.files:
            resources.web_files()  # says that they were not built, and how to
        _ = self.files[name]
        return f"/static/{self.digest}/{name}"


@cache
def static_files() -> StaticFiles:
    """What is shipped; it does not change while the service runs."""
    paths = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*") if path.is_file()}
    with suppress(
        Unavailable
    ):  # a source tree in which nothing was fetched from npm: its pages say so where it matters
        paths |= {f"vendor/{name}": path for name, path in resources.web_files().items()}
    files = {name: paths[name].read_bytes() for name in sorted(paths) if paths[name].suffix in _KINDS}
    told = hashlib.sha256()
    for name, content in files.items():
        told.update(f"{name} {len(content)} ".encode() + content)
    return StaticFiles(files, told.hexdigest()[:16])


def kind_of(name: str) -> str:
    """The media type of a file of ours."""
    return _KINDS[Path(name).suffix]


@router.get("/static/{digest}/{name:path}", response_class=Response)
def static_file(digest: str, name: str, request: Request) -> Response:
    """A file of ours; under the digest of another time it is sent, and not kept."""
    known = static_files()
    content = known.files.get(name)
    if content is None:
        raise UnknownName(f"There is no file {name[:100]!r}")
    response = document(request, content, kind_of(name))
    response.headers["Cache-Control"] = _FOREVER if digest == known.digest else "no-cache"
    response.headers["Vary"] = "Accept-Encoding"
    return response
