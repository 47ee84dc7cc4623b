"""Queries that pages ask with the rights of their caller, and the rows of an answer as cells with names instead of IRIs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from mcqms_kg import resources
from mcqms_kg.errors import BadQuery
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import in_language
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.query.library import Question, fill_in, read_questions
from mcqms_kg.query.request import Answer, requested
from mcqms_kg.service.pages.addresses import thing_address
from mcqms_kg.service.pages.page import Page

_LONGEST = 60_000
"""How many characters the IRIs in one query may take, so that it is no longer than a query may be."""
_NUMBERS = tuple(XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger"))
_NAMED: Mapping[str, str] = {
    "rdf": "type",
    "rdfs": "label comment isDefinedBy range domain subClassOf seeAlso",
    "skos": (
        "prefLabel definition notation inScheme topConceptOf broader altLabel scopeNote Concept ConceptScheme "
        "editorialNote"
    ),
    "dcterms": "title description source license issued",
    "sh": (
        "message severity targetClass targetSubjectsOf targetObjectsOf path property or and not node class minCount "
        "maxCount in hasValue datatype inversePath sparql Violation Warning Info NodeShape PropertyShape "
        "qualifiedValueShape qualifiedMinCount qualifiedMaxCount pattern minInclusive maxInclusive minExclusive "
        "maxExclusive alternativePath nodeKind disjoint lessThan lessThanOrEquals select prefixes SPARQLConstraint"
    ),
    "owl": "Class ObjectProperty DatatypeProperty equivalentClass imports disjointWith Ontology",
}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
WELL_KNOWN = (*(f"{prefix}:{name}" for prefix, named in _NAMED.items() for name in named.split()), LICENCE)
"""Names of other vocabularies for which there are words of ours, as `property-…`."""
Row = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Cell:
    """A value as it is shown: a name, and for a thing where its page is."""

    text: str
    iri: str = ""
    to: str = ""
    number: float | None = None
    language: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of cells under the names of variables."""

    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def numbers(self) -> tuple[bool, ...]:
        """Which columns hold numbers."""
        return tuple(any(line[n].number is not None for line in self.rows) for n in range(len(self.names)))


@cache
def page_queries() -> Mapping[str, Question]:
    """The queries that pages ask, by name."""
    return read_questions(resources.page_query_files())


def answered(page: Page, text: str, formats: Sequence[str] = ("json", "turtle")) -> Answer:
    """The answer to a query over what the caller sees."""
    view = page.view
    desk = page.serving.desk
    who = page.request.scope["who"]
    return desk.answer(requested(desk.limits, text, view.default_graphs, view.named_graphs, formats, who=who))


def rows(page: Page, query: str, **given: str) -> list[Row]:
    """The rows that a page's own query gives."""
    question = page_queries()[query]
    known = {parameter.name for parameter in question.parameters}
    values = {name: value for name, value in given.items() if value}
    if "language" in known:
        values["language"] = page.words.language
    return bindings(answered(page, fill_in(question, values), ("json",)))[1]


def about_things(page: Page, query: str, things: Iterable[str]) -> list[Row]:
    """The same of many things, asked in parts; what is no IRI is left out."""
    often = max(1, page_queries()[query].text.count("UNDEF"))
    parts = _parts(sorted({thing for thing in things if as_iri(thing)}), _LONGEST // often)
    return [row for part in parts for row in rows(page, query, thing=" ".join(part))]


def _parts(things: Iterable[str], most: int) -> Iterator[list[str]]:
    """The things in lists whose characters are not too many."""
    part: list[str] = []
    length = 0
    for thing in things:
        if part and length + len(thing) > most:
            yield part
            part, length = [], 0
        part.append(thing)
        length += len(thing) + 3
    if part:
        yield part


def bindings(answer: Answer) -> tuple[list[str], list[Row]]:
    """The variables of an answer in JSON, and its rows."""
    found = json.loads(answer.content)
    return found["head"]["vars"], found["results"]["bindings"]


def as_iri(text: str) -> Term | None:
    """The IRI as a term, if a query may hold it."""
    found = terms.expand(text)
    return found if found and not set('"{}|^`\\') & set(found) else None


def named_iri(text: str) -> str:
    """The IRI that was sent; raises `BadQuery` where it is none."""
    found = as_iri(text)
    if found is None:
        raise BadQuery(f"{text[:200]!r} is no IRI", remedy="Choose from the list, or write it whole.")
    return terms.iri_text(found)


def names(page: Page, things: Iterable[str]) -> Mapping[str, str]:
    """What things are called in the language of the page; those without a name are left out."""
    found: dict[str, dict[str, str]] = {}
    for row in about_things(page, "names_of_things", things):
        if (name := row["name"])["value"].strip():
            found.setdefault(row["thing"]["value"], {}).setdefault(name.get("xml:lang", ""), name["value"])
    return {thing: in_language(texts, page.words.language) for thing, texts in found.items()}


def called(page: Page, iri: str) -> str:
    """What a thing is called; the end of its IRI where nothing names it."""
    return names(page, [iri]).get(iri) or terms.readable(terms.iri(iri))


def well_known(page: Page) -> dict[str, str]:
    """What properties of other vocabularies are called here, which bring no names with them."""
    return {terms.iri_text(terms.expand(name) or terms.iri(name)): page.words.property(name) for name in WELL_KNOWN}


def table(page: Page, columns: Iterable[str], found: Sequence[Row]) -> Table:
    """The rows with names; a column that only repeats the name of a thing beside it is left out."""
    known = {
        **well_known(page),
        **names(page, {v["value"] for row in found for v in row.values() if v["type"] == "uri"}),
    }
    given = tuple(columns)
    cells = [[_cell(row.get(name), known) for name in given] for row in found]
    kept = [n for n, name in enumerate(given) if not (name in ("label", "name") and _is_said(n, cells))]
    return Table(tuple(given[n] for n in kept), tuple(tuple(line[n] for n in kept) for line in cells))


def _is_said(column: int, cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether a thing is called in every row what stands in this column."""
    return bool(cells) and all(any(c.iri and c.text == line[column].text for c in line) for line in cells)


def _cell(value: Mapping[str, str] | None, known: Mapping[str, str]) -> Cell:
    if value is None:
        return Cell("")
    text = value["value"]
    if value["type"] == "uri":
        return Cell(known.get(text) or terms.readable(terms.iri(text)), text, thing_address(text))
    return Cell(text, number=_number(value), language=value.get("xml:lang", ""))


def _number(value: Mapping[str, Any]) -> float | None:
    if value.get("datatype") not in _NUMBERS:
        return None
    try:
        return float(value["value"])
    except ValueError:
        return None


def plain(found: Table) -> Iterator[Sequence[Mapping[str, Any]]]:
    """The rows as plain values, for scripts that draw them."""
    for line in found.rows:
        yield [{"text": c.text, "iri": c.iri, "to": c.to, "number": c.number} for c in line]
