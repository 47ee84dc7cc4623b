"""What a request carries: its media type, and its bytes up to a limit, also after they are decompressed."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Iterator

from starlette.requests import Request

from mcqms_kg.errors import BadQuery


class Refused(Exception):
    """A request that is refused before there is anything to ask or to do."""

    def __init__(self, status: int, title: str, detail: str) -> None:
        self.status, self.title, self.detail = status, title, detail
        super().__init__(detail)


def media_type(request: Request) -> str:
    """The media type of the body, in small letters; raises `Refused` where its text is not UTF-8."""
    kind, *parameters = (part.strip() for part in request.headers.get("content-type", "").split(";"))
    for parameter in parameters:
        name, _, value = parameter.lower().partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "utf8"):
            raise Refused(415, "UnsupportedMediaType", f"The body is in {value}. Send UTF-8.")
    return kind.lower()


async def text(request: Request, limit: int) -> str:
    """The body as text."""
    content = bytearray()
    async for chunk in chunks(request, limit):
        content += chunk
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadQuery("The body is not UTF-8") from error


async def chunks(request: Request, limit: int) -> AsyncIterator[bytes]:
    """The body piece by piece; raises `Refused` beyond the limit, before and after decompression."""
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip"):
        raise Refused(415, "UnsupportedMediaType", f"The body is encoded as {encoding}. Send it plain, or as gzip.")
    unpack = _Unpacking() if encoding == "gzip" else None
    came = given = 0
    async for chunk in request.stream():
        came += len(chunk)
        _refuse_beyond(came, limit)
        for piece in unpack.pieces(chunk) if unpack else (chunk,):
            given += len(piece)
            _refuse_beyond(given, limit)
            yield piece
    if unpack and not unpack.whole:
        raise BadQuery("The gzip body ends too early")


class _Unpacking:
    """gzip, a bounded piece at a time, so that a bomb is noticed before it is large."""

    _PIECE = 64 * 1024

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)

    @property
    def whole(self) -> bool:
        return self._stream.eof

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        try:
            while chunk and not self._stream.eof:
                yield self._stream.decompress(chunk, self._PIECE)
                chunk = self._stream.unconsumed_tail
            if self._stream.unused_data or (self._stream.eof and chunk):
                raise BadQuery("Something stands behind the gzip stream of the body")
        except zlib.error as error:
            raise BadQuery("The body is not gzip") from error


def _refuse_beyond(size: int, limit: int) -> None:
    if size > limit:
        raise Refused(413, "RequestTooLarge", f"The body is larger than {limit} bytes.")
