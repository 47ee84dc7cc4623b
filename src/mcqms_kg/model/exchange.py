"""What passes between our graph and other people's formats: statements with their places, files, and what was lost on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from mcqms_kg.model.rdf import Term, Texts, Triple


@dataclass(frozen=True)
class Loss:
    """Something that a format cannot carry on the way out, or that came in and was not understood.

    `at` is the place: in what came in a cell or a JSON pointer, on the way out the thing in our graph, as a term. `value` is what
    stood there, shortened where it is long.
    """

    at: str
    what: Texts
    value: str = ""


@dataclass(frozen=True)
class Stated:
    """A statement that was read, and the place it was read from: a cell such as `Units!B7`, or a JSON pointer."""

    triple: Triple
    at: str


@dataclass(frozen=True)
class Taken:
    """What a file of another standard says in our terms, in the order of the file, and what was not taken over."""

    stated: tuple[Stated, ...]
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What is to be written: the things `about`, or all that the format can carry where none is named.

    `given` are the subjects of the data itself; whatever else is in the graph is background: terms, codes and framework facts.

    `language` is for formats whose texts are in one language; `base` is the address under which what is exported will stand, and ends
    with a slash; `as_of` is the day for what changes with time; `options` are the format's own.
    """

    as_of: dt.date
    about: tuple[Term, ...] = ()
    given: frozenset[Term] = frozenset()
    language: str = "en"
    base: str = "https://example.org/"
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """Files by name, ready to be handed over, and what the format could not carry."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class Translation:
    """A file of another standard as statements: its name, its SHA-256, the standard, and what was not taken over."""

    file: str
    sha256: str
    standard: str
    losses: tuple[Loss, ...] = ()
