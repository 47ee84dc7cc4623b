"""The compiled reader of plain lines (`reader.c`): terms and statements of files, ready to be put into columns.

It is built when the package is, where there is a C compiler. Without it, files are read in SQL (`read`), to the same columns.
A program begins to read before it imports anything else (`early`), so what is seldom or late needed is imported where it is.
"""

from __future__ import annotations

import ctypes
import mmap
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, TypeVar

T = TypeVar("T", ctypes.c_int64, ctypes.c_uint32)
Int64s = ctypes.Array[ctypes.c_int64]
"""Numbers in memory that Python, NumPy and C share."""
SETTING = "MCQMS_READER"
"""The environment variable that forces a way of reading: `compiled` or `sql`."""
LARGEST = 4 * 1024**3
"""Bytes of files in all that are read at once; more of them is read in SQL, which goes on on disk."""
_INTERFACE = 3
_BUDGET = 128 * 1024**2
"""Bytes read at a time, between which a run can be ended. In between Python's lock is free, and to get it back takes a while."""
_DONE, _GO_ON, _NOT_HERE = 0, 1, 2
_LIBRARY = Path(__file__).with_name("_reader.so")
_SIZE, _POINTER, _BYTES = ctypes.c_size_t, ctypes.c_void_p, ctypes.c_char_p
_FUNCTIONS: dict[str, tuple[object, tuple[object, ...]]] = {
    "new": (_POINTER, (ctypes.c_uint64,)),
    "free": (None, (_POINTER,)),
    "begin": (ctypes.c_int, (_POINTER, ctypes.c_int, ctypes.c_int, ctypes.c_int, _BYTES, _SIZE)),
    "read": (ctypes.c_int, (_POINTER, ctypes.c_int, _SIZE)),
    "numbers": (None, (_POINTER, _BYTES, _SIZE, _POINTER)),
    "number_of": (ctypes.c_int64, (_BYTES, _SIZE, _BYTES, _SIZE)),
    "settle": (ctypes.c_int, (_POINTER, _POINTER, _SIZE, *(_POINTER,) * 6)),
    "terms": (_SIZE, (_POINTER,)),
    "rows": (_SIZE, (_POINTER,)),
    "keep": (None, (_POINTER, _SIZE)),
    "texts": (_POINTER, (_POINTER,)),
    "size_of_texts": (_SIZE, (_POINTER,)),
    "odd": (_POINTER, (_POINTER,)),
    "size_of_odd": (_SIZE, (_POINTER,)),
    "settled": (_SIZE, (_POINTER,)),
    "predicates": (_SIZE, (_POINTER,)),
    "ends": (_POINTER, (_POINTER,)),
}


@cache
def _library() -> ctypes.CDLL | None:
    """What was built, unless it is of another version than this file."""
    try:
        library = ctypes.CDLL(str(_LIBRARY))
        if library.reader_interface() != _INTERFACE:
            return None
    except (OSError, AttributeError):
        return None
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, f"reader_{name}")
        function.restype, function.argtypes = result, arguments
    return library


def _built() -> ctypes.CDLL:
    if library := _library():
        return library
    from mcqms_kg.errors import McqmsError

    raise McqmsError("The compiled reader is absent", remedy="Install mcqms-kg where there is a C compiler.")


def is_built() -> bool:
    return _library() is not None


def is_wanted(size: int) -> bool:
    """Whether files of so many bytes are to be read by it. Raises `BadValue` for a setting that names no way."""
    way = os.environ.get(SETTING)
    if way not in (None, "", "compiled", "sql"):
        from mcqms_kg.errors import BadValue

        raise BadValue(f"{SETTING} is {way!r}", remedy="Known ways: compiled, sql.")
    if way == "compiled":
        _built()
    return is_possible(size)


def is_possible(size: int) -> bool:
    """Whether it can read so many bytes, and no setting is against it."""
    return os.environ.get(SETTING) in (None, "", "compiled") and size <= LARGEST and is_built()


@cache
def _types() -> bytes:
    """For each datatype of XSD that has a tag this tag, its name and a zero."""
    from mcqms_kg.graph.columns.tags import TAGS
    from mcqms_kg.namespaces import XSD

    named = ((tag, iri.removeprefix(XSD).encode()) for iri, tag in TAGS.items() if iri.startswith(XSD))
    return b"".join(b"%c%s\0" % one for one in named)


class Settled(NamedTuple):
    """Statements once each, by predicate and subject, as numbers of terms; and the terms in the order of their numbers."""

    sorted: Int64s
    """The numbers of all terms, in order."""
    order: ctypes.Array[ctypes.c_uint32]
    """Which term each of these is the number of, in the order in which terms were found."""
    predicates: Int64s
    """In order; there is some room behind them, as there is behind statements."""
    begins: Int64s
    """Where the statements of each predicate begin."""
    s: Int64s
    o: Int64s
    different_predicates: int
    statements: int
    are_apart: bool
    """Whether every term has a number of its own."""


class Reader:
    """Files read so far; `close` it. No column or text may be used after that."""

    def __init__(self) -> None:
        self._call = _built()
        self._it: int | None = self._call.reader_new(int.from_bytes(os.urandom(8), "little"))
        if not self._it:
            raise MemoryError

    def read(
        self,
        path: Path,
        prefix: str,
        check: Callable[[], object] = bool,
        *,
        graphs: bool = False,
        known: bool = False,
        numbered: bool = False,
    ) -> list[str] | None:
        """The lines of a file that are not plain; none at all where another must read it, and then no statement of it is kept.

        `known` lines were written by a parser: they are plain, whatever their terms look like. `numbered` blank nodes are named by their
        first appearance. `check` is called now and then.
        """
        before, name = self._call.reader_rows(self._it), prefix.encode()
        status = self._call.reader_begin(self._it, graphs, known, numbered, name, len(name)) or _GO_ON
        with path.open("rb", buffering=0) as file:
            while status == _GO_ON:
                check()
                status = self._call.reader_read(self._it, file.fileno(), _BUDGET)
        if status == _DONE:
            return self._lines("odd")
        self._call.reader_keep(self._it, before)
        return None

    def texts(self) -> list[str]:
        """Every different term, in the order in which they were found."""
        return self._lines("texts")

    def texts_as_bytes(self) -> bytes:
        """The same, with a line end behind each."""
        return self._bytes("texts")

    def _lines(self, name: str) -> list[str]:
        found = self._bytes(name)
        if not found:
            return []
        found = found[:-1]
        return found.decode().split("\n") if found.isascii() else [line.decode() for line in found.split(b"\n")]

    def _bytes(self, name: str) -> bytes:
        size = getattr(self._call, f"reader_size_of_{name}")(self._it)
        return ctypes.string_at(getattr(self._call, f"reader_{name}")(self._it), size) if size else b""

    @property
    def terms(self) -> int:
        """How many different terms were found."""
        return int(self._call.reader_terms(self._it))

    @property
    def statements(self) -> int:
        """How many statements were read; some perhaps more than once."""
        return int(self._call.reader_rows(self._it))

    @property
    def ends(self) -> bytes:
        """Where each of `texts_as_bytes` ends, as 64 bits."""
        return ctypes.string_at(self._call.reader_ends(self._it), 8 * self.terms) if self.terms else b""

    def numbers(self) -> Int64s:
        """The numbers of `texts`, as `numbers.QUICK` makes them."""
        found = _room(ctypes.c_int64, self.terms)
        self._call.reader_numbers(self._it, _types(), len(_types()), found)
        return found

    def settle(self, numbers: Int64s) -> Settled:
        """All that was read, by the numbers given for `texts`."""
        terms, rows = self.terms, self.statements
        ordered, order = _room(ctypes.c_int64, terms), _room(ctypes.c_uint32, terms)
        predicates, begins = _room(ctypes.c_int64, terms), _room(ctypes.c_int64, terms)
        s, o = _room(ctypes.c_int64, rows), _room(ctypes.c_int64, rows)
        status = self._call.reader_settle(self._it, numbers, len(numbers), ordered, order, predicates, begins, s, o)
        if status not in (_DONE, _NOT_HERE):
            raise MemoryError
        different, statements = (int(getattr(self._call, f"reader_{of}")(self._it)) for of in ("predicates", "settled"))
        return Settled(ordered, order, predicates, begins, s, o, different, statements, are_apart=status == _DONE)

    def close(self) -> None:
        self._call.reader_free(self._it)
        self._it = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _room(kind: type[T], size: int) -> ctypes.Array[T]:
    """Room for so many numbers, which takes memory only as they are written."""
    found: ctypes.Array[T] = (kind * size).from_buffer(mmap.mmap(-1, max(size * ctypes.sizeof(kind), 1)))
    return found


def number_of(term: str) -> int:
    """The number of a term, as `numbers.QUICK` makes it."""
    text = term.encode()
    return int(_built().reader_number_of(text, len(text), _types(), len(_types())))
