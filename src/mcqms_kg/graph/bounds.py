"""What is looked at before and while a file is parsed: how many bytes, how long a line, how deep, and whether XML declares a DTD."""

from __future__ import annotations

import io
import re
import xml.parsers.expat
from codecs import BOM_UTF8
from pathlib import Path

from mcqms_kg.errors import Place, UnreadableInput
from mcqms_kg.settings import MEBIBYTE, Settings


class BoundedReader(io.RawIOBase):
    """Hands bytes on, without a byte order mark before them, and stops at the bound on bytes or on the length of a line."""

    def __init__(self, stream: io.BufferedReader, name: str, settings: Settings) -> None:
        self._stream, self._name, self._settings = stream, name, settings
        self._bytes = self._line_bytes = 0
        self.line = 1
        if stream.peek(len(BOM_UTF8)).startswith(BOM_UTF8):
            stream.read(len(BOM_UTF8))

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(MEBIBYTE if size < 0 else min(size, MEBIBYTE))
        self._bytes += len(chunk)
        is_short = len(chunk) <= self._settings.max_line_bytes  # so is every line that begins and ends in it
        first, *more = chunk.split(b"\n", 1) if is_short else chunk.split(b"\n")
        self._add(first)
        if is_short and more:
            self.line += more[0].count(b"\n")
            more = [more[0].rpartition(b"\n")[2]]
        for part in more:
            self.line += 1
            self._line_bytes = 0
            self._add(part)
        return chunk

    def _add(self, part: bytes) -> None:
        self._line_bytes += len(part)
        self._check()

    def _check(self) -> None:
        if self._line_bytes > self._settings.max_line_bytes:
            raise UnreadableInput(
                f"The line is longer than {self._settings.max_line_bytes} bytes",
                place=Place(self._name, self.line),
                remedy="Break the line, or raise MCQMS_MAX_LINE_BYTES.",
            )
        if self._bytes > self._settings.max_input_bytes:
            raise UnreadableInput(
                f"The file is larger than {self._settings.max_input_bytes} bytes",
                place=Place(self._name),
                remedy="Split the file, or raise MCQMS_MAX_INPUT_BYTES.",
            )


def refuse_doctype(path: Path, name: str) -> None:
    """A document type declaration can hold entity bombs, so RDF/XML with one is refused before it is parsed."""
    parser = xml.parsers.expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise UnreadableInput(
            "The RDF/XML has a document type declaration (DTD), which can hide an attack",
            place=Place(name, parser.CurrentLineNumber),
            remedy="Remove the <!DOCTYPE …> and write entities out.",
        )

    def first_element(*_: object) -> None:
        raise StopIteration

    parser.StartDoctypeDeclHandler, parser.StartElementHandler = doctype, first_element
    try:
        with path.open("rb") as stream:
            parser.ParseFile(stream)
    except StopIteration:
        return
    except xml.parsers.expat.ExpatError as problem:
        raise UnreadableInput(
            f"The XML is not well-formed: {xml.parsers.expat.errors.messages[problem.code]}",
            place=Place(name, problem.lineno, problem.offset + 1),
            remedy="Mend this place and check again.",
        ) from problem
    except (LookupError, ValueError) as problem:
        raise UnreadableInput(
            "The XML says that it is in an encoding that is not read",
            place=Place(name),
            remedy="Save it as UTF-8.",
        ) from problem


def refuse_deep_nesting(path: Path, name: str, most: int) -> None:
    """JSON within JSON without end would end the parser."""
    depth = 0
    in_text = False
    with path.open("rb") as stream:
        for number, line in enumerate(stream, start=1):
            for byte in re.findall(rb'\\.|["\[\]{}]', line, re.DOTALL):
                if byte[:1] == b"\\":
                    continue
                if byte == b'"':
                    in_text = not in_text
                elif not in_text:
                    depth += 1 if byte in b"[{" else -1
                if depth > most:
                    raise UnreadableInput(
                        f"The JSON is nested deeper than {most} levels",
                        place=Place(name, number),
                        remedy="Flatten it, or raise MCQMS_MAX_NESTING.",
                    )
