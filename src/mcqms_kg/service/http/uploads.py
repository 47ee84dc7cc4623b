"""Bodies of requests as files: multipart forms or one RDF document, bounded also after they are decompressed."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from mcqms_kg.errors import BadValue, EmptyInput, Place, UnreadableInput
from mcqms_kg.graph.read import FORMATS
from mcqms_kg.interop.standards import STANDARDS
from mcqms_kg.service.http.problems import RequestTooLarge, UnsupportedMediaType
from mcqms_kg.settings import MEBIBYTE, JobLimits

FORM = "multipart/form-data"
DOCUMENTS: Mapping[str, str] = {
    "text/turtle": ".ttl",
    "application/n-triples": ".nt",
    "application/n-quads": ".nq",
    "application/trig": ".trig",
    "application/rdf+xml": ".rdf",
    "application/ld+json": ".jsonld",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
"""Media type of one document to the ending of the file that it becomes."""
_PART = re.compile(r"[^\x00-\x1f\x7f\\/:*?\"<>|.][^\x00-\x1f\x7f\\/:*?\"<>|]{0,99}")
_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
"""Kinds of characters that nobody sees, or that turn the others round."""
_MOST_FIELDS, _MOST_TEXT = 20, 10_000
_GZIP = 31


@dataclass(frozen=True)
class Upload:
    """What came in: files below a folder by the field they were sent in, in order, and the other fields."""

    folder: Path
    files: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    """Endings of files that may come besides those of formats and standards."""

    def of(self, name: str) -> tuple[str, ...]:
        """The files of a field; raises `EmptyInput` where there is none."""
        if not self.files.get(name):
            raise EmptyInput(f"No file was sent as {name!r}", remedy="Send at least one RDF file in that field.")
        return tuple(self.files[name])

    def paths(self, name: str) -> Mapping[str, Path]:
        """The files of a field by name."""
        return {file: self.folder / name / file for file in self.of(name)}


def known_endings() -> tuple[str, ...]:
    """The endings of files that are read, of any format."""
    of_standards = (e for one in STANDARDS.values() for e in (*one.endings, *one.may_end, one.named) if e)
    return tuple(sorted({*FORMATS, *of_standards}))


async def receive(
    request: Request, folder: Path, limits: JobLimits, *fields: str, also: tuple[str, ...] = ()
) -> Upload:
    """The body as files in `<folder>/<field>/`; those of one document are named after the first field.

    Raises `RequestTooLarge`, `UnsupportedMediaType`, or `BadValue` for a form or a name that cannot be used.
    """
    kind = media_type(request)
    upload = Upload(folder, also=also)
    if kind == FORM:
        await _form(request, upload, limits, fields)
    elif kind in DOCUMENTS:
        await _document(request, upload, limits, f"{fields[0]}{DOCUMENTS[kind]}", fields[0])
    else:
        raise UnsupportedMediaType(
            f"The body is {kind or 'of no kind'}", remedy=f"Send {FORM}, or one of {', '.join(DOCUMENTS)}."
        )
    return upload


async def body(request: Request, limit: int) -> bytes:
    """A whole small body."""
    return b"".join([chunk async for chunk in _bounded(request, limit)])


def media_type(request: Request) -> str:
    """What the body is said to be."""
    return request.headers.get("content-type", "").split(";")[0].strip().lower()


class _Form(MultiPartParser):
    """Knows whether the form was whole."""

    is_whole = False

    def on_end(self) -> None:
        self.is_whole = True


async def _form(request: Request, upload: Upload, limits: JobLimits, fields: tuple[str, ...]) -> None:
    charset = parse_options_header(request.headers.get("content-type", ""))[1].get(b"charset", b"utf-8")
    if charset.lower() not in (b"utf-8", b"us-ascii"):
        raise UnsupportedMediaType("The form is not in UTF-8", remedy="Send it in UTF-8.")
    stream = _bounded(request, limits.upload_max_bytes)
    most = limits.upload_max_files
    parser = _Form(
        Headers(raw=request.headers.raw), stream, max_files=most, max_fields=_MOST_FIELDS, max_part_size=_MOST_TEXT
    )
    try:
        form = await parser.parse()
    except MultiPartException as problem:
        raise BadValue(f"The form cannot be read: {problem.message}") from problem
    try:
        if not parser.is_whole:
            raise BadValue("The form is cut short", remedy="Send it again.")
        for name, given in form.multi_items():
            if isinstance(given, UploadFile):
                await _keep(upload, _known(name, fields), given)
            elif name in upload.values or name in fields:
                raise BadValue(f"The field {name!r} is given twice, or is no file", remedy="Give it once.")
            else:
                upload.values[name] = given
    finally:
        await form.close()


def _known(name: str, fields: tuple[str, ...]) -> str:
    if name not in fields:
        raise BadValue(f"No field of files is named {name!r}", remedy=f"Known: {', '.join(fields)}.")
    return name


async def _keep(upload: Upload, name: str, given: UploadFile) -> None:
    target = _place(upload, name, given.filename or "")

    def copy() -> None:
        with target.open("wb") as out:
            while chunk := given.file.read(MEBIBYTE):
                out.write(chunk)

    await run_in_threadpool(copy)


def _place(upload: Upload, field: str, name: str) -> Path:
    """Where a file of that name goes. Its parts are plain names, so that it lies below the folder."""
    parts = name.split("/")
    hidden = any(unicodedata.category(letter) in _UNSEEN for letter in name)
    if hidden or not all(map(_PART.fullmatch, parts)) or len(parts) > 10 or any(p.endswith((" ", ".")) for p in parts):
        raise BadValue(
            f"{name[:100]!r} cannot be the name of a file",
            remedy="Use plain names, with / between folders and none that begins with a point.",
        )
    endings = (*known_endings(), *upload.also)
    if Path(name).suffix.lower() not in endings:
        raise UnreadableInput(
            f"The ending {Path(name).suffix!r} names no format that can be read",
            place=Place(name),
            remedy=f"Rename it to one of: {' '.join(endings)}.",
        )
    known = upload.files.setdefault(field, [])
    if _as_seen(name) in map(_as_seen, known):
        raise BadValue(f"Two files are named {name!r}", remedy="Give each file a name of its own.")
    known.append(name)
    target = upload.folder / field / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadValue(f"A file and a folder are both named like {name!r}", remedy="Rename one.") from problem
    return target


def _as_seen(name: str) -> str:
    """The name as other systems take it: without the difference of capitals, and of ways to write the same letters."""
    return unicodedata.normalize("NFKC", name).casefold()


async def _document(request: Request, upload: Upload, limits: JobLimits, name: str, field: str) -> None:
    target = _place(upload, field, name)
    with target.open("wb") as out:
        async for chunk in _bounded(request, limits.upload_max_bytes):
            await run_in_threadpool(out.write, chunk)


async def _bounded(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    """The body as it comes, unpacked where it is gzip; raises `RequestTooLarge`."""
    size = 0
    async for chunk in _unpacked(request, limit):
        size += len(chunk)
        if size > limit:
            raise RequestTooLarge(
                f"The body is larger than {limit} bytes", remedy="Send less, or raise MCQMS_UPLOAD_MAX_BYTES."
            )
        yield chunk


async def _unpacked(request: Request, limit: int) -> AsyncIterator[bytes]:
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding == "identity":
        async for chunk in request.stream():
            yield chunk
        return
    if encoding not in ("gzip", "x-gzip"):
        raise UnsupportedMediaType(f"The body is packed by {encoding[:40]!r}", remedy="Send it as it is, or as gzip.")
    unpacker, packed = zlib.decompressobj(_GZIP), 0
    async for chunk in request.stream():
        packed += len(chunk)
        if packed > limit:
            raise RequestTooLarge(f"The body is larger than {limit} bytes", remedy="Send less.")
        while chunk and not unpacker.eof:  # at its end a stream keeps what is left for ever
            try:
                yield unpacker.decompress(chunk, MEBIBYTE)
            except zlib.error as problem:
                raise BadValue("The body is not gzip, though it says so") from problem
            chunk = unpacker.unconsumed_tail
        if unpacker.unused_data or (unpacker.eof and chunk):
            raise BadValue("Something stands behind the gzip stream of the body", remedy="Send one stream.")
    if not unpacker.eof:
        raise BadValue("The gzip stream of the body is cut short", remedy="Send it again.")
