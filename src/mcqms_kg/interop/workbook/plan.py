"""The words in which the sheets are told: a sheet is about things of some classes, a column about one property of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Texts
from mcqms_kg.namespaces import DCTERMS, MC, RDFS, SKOS

_PREFIXES = {"rdfs": RDFS, "dcterms": DCTERMS, "skos": SKOS}


class Kind(Enum):
    """What the cells of a column hold."""

    TEXT = "text"
    WORD = "word"
    DATE = "date"
    YEAR = "year"
    NUMBER = "number"
    COUNT = "count"
    ADDRESS = "address"
    FLAG = "flag"
    COUNTRY = "country"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    """A column: the property its cells state of the thing of their row.

    A text has a column for each language. A choice is a thing of other sheets (`to`) or of lists that everybody shares (`lists`).
    `columns` is how many the template has for several values. Where `backwards` holds, the thing in the cell has the property, and
    the thing of the row is its value.
    """

    name: str
    kind: Kind
    to: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    columns: int = 1
    backwards: bool = False
    header: Texts | None = field(default=None, hash=False)

    @property
    def property(self) -> Term:
        prefix, colon, local = self.name.partition(":")
        return terms.iri(_PREFIXES[prefix] + local if colon else MC + self.name)


@dataclass(frozen=True)
class Sheet:
    """A sheet: its key in the code, its title, how its IDs begin, the classes that its rows may be of, and its columns.

    `owned` are those of the classes whose things belong to a provider, by the property `owner`.
    """

    key: str
    title: Texts
    prefix: str
    classes: tuple[str, ...]
    columns: tuple[Column, ...]
    about: Texts
    owner: str = "belongsTo"
    owned: tuple[str, ...] = ()

    @property
    def owner_column(self) -> Column | None:
        """The column that says whose the thing is."""
        return next((column for column in self.columns if column.name == self.owner and not column.backwards), None)

    def class_terms(self) -> tuple[Term, ...]:
        return tuple(terms.iri(MC + name) for name in self.classes)


def text(name: str) -> Column:
    return Column(name, Kind.TEXT)


def word(name: str, columns: int = 1) -> Column:
    return Column(name, Kind.WORD, columns=columns)


def date(name: str) -> Column:
    return Column(name, Kind.DATE)


def year(name: str) -> Column:
    return Column(name, Kind.YEAR)


def number(name: str) -> Column:
    return Column(name, Kind.NUMBER)


def count(name: str) -> Column:
    return Column(name, Kind.COUNT)


def country(name: str, columns: int = 1) -> Column:
    return Column(name, Kind.COUNTRY, columns=columns)


def flag(name: str) -> Column:
    """Yes or no."""
    return Column(name, Kind.FLAG)


def address(name: str) -> Column:
    return Column(name, Kind.ADDRESS)


def code(name: str, *lists: str, columns: int = 1) -> Column:
    """A choice from lists that everybody shares."""
    return Column(name, Kind.CHOICE, lists=lists, columns=columns)


def link(name: str, *to: str, lists: tuple[str, ...] = (), columns: int = 1) -> Column:
    """A choice of a thing on another sheet."""
    return Column(name, Kind.CHOICE, to, lists, columns)


def part_of(name: str, to: str, en: str, id: str) -> Column:
    """The thing on another sheet that has the thing of this row by that property."""
    return Column(name, Kind.CHOICE, (to,), backwards=True, header={"en": en, "id": id})


def sheet(
    key: str,
    en: str,
    id: str,
    prefix: str,
    classes: str,
    about: tuple[str, str],
    *columns: Column,
    owned: str | None = None,
) -> Sheet:
    """A sheet with a name for each thing, and with whose it is where things of `owned` classes belong to a provider."""
    names = tuple(classes.split())
    belonging = names if owned is None else tuple(owned.split())
    owner = "isOfferedBy" if "MicroCredential" in names else "belongsTo"
    tail = (link(owner, "organisations"),) if belonging else ()
    title, told = {"en": en, "id": id}, {"en": about[0], "id": about[1]}
    return Sheet(key, title, prefix, names, (text("rdfs:label"), *columns, *tail), told, owner, belonging)
