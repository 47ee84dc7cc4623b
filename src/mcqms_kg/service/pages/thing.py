"""`/thing`: what is stated of a thing and what points at it, by names; and the list from which things are chosen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from mcqms_kg.errors import UnknownName
from mcqms_kg.model.countries import country_name
from mcqms_kg.namespaces import MC, RDF
from mcqms_kg.service.pages.addresses import address
from mcqms_kg.service.pages.page import HEADERS, Asked, Page
from mcqms_kg.service.pages.picking import KINDS, candidates
from mcqms_kg.service.pages.rows import Cell, Row, answered, named_iri, rows, table

router = APIRouter()
MOST = 500
HELD = (*KINDS["holds"], "Award")
"""What somebody may have, of which it can be asked where it leads."""
_COUNTRIES = (f"{MC}country", f"{MC}countryOfOperation")


@router.get("/thing", response_class=Response)
def thing(page: Asked, of: str) -> Response:
    """Everything that the caller sees of a thing; what is nothing but a property leads to where it is used."""
    iri = named_iri(of)
    found = rows(page, "statements_of_a_thing", thing=iri)
    if not found and _is_property(page, iri):
        return page.go(address("query", query=f"SELECT ?thing ?value WHERE {{ ?thing <{iri}> ?value }} LIMIT 100"))
    if not found:
        raise UnknownName(f"Nothing that you see is stated of {iri[:200]!r}", remedy="Look for it by its name.")
    shown = found[:MOST]
    out = _grouped(page, _in_language(page, [row for row in shown if "value" in row]), "value")
    into = _grouped(page, [row for row in shown if "subject" in row], "subject")
    own = table(page, ["thing"], [{"thing": {"type": "uri", "value": iri}}]).rows[0][0]
    kinds = [cell for predicate, cells in out if predicate.iri == f"{RDF}type" for cell in cells]
    onward = _onward(iri, {cell.iri.removeprefix(MC) for cell in kinds})
    shown_parts = {"own": own, "kinds": kinds, "out": out, "into": into, "onward": onward}
    return page.render("thing.html.jinja", iri=iri, **shown_parts, is_cut=len(found) > MOST, most=MOST)


@router.get("/thing/choices", response_class=Response)
def choices(page: Asked, field: str, text: str) -> Response:
    """Those things that may stand in a field and have a text in their name, for the script of the field."""
    found = [
        {
            "iri": one.iri,
            "label": one.label,
            "notation": one.notation,
            "kind": one.kind,
            "kindName": page.words(f"kind-{one.kind}"),
        }
        for one in candidates(page, field, text[:200])
    ]
    return JSONResponse(found, headers=HEADERS)


def _onward(iri: str, kinds: set[str]) -> dict[str, str]:
    """The questions about pathways that can be asked of a thing of these kinds, by the key of their words, with their addresses."""
    asked = {
        "thing-pathway": (HELD, address("pathway", holds=iri)),
        "thing-coverage": (KINDS["occupation"], address("pathway", "coverage", of=iri)),
        "thing-impact": (KINDS["of"], address("pathway", "impact", of=iri)),
    }
    return {key: to for key, (fitting, to) in asked.items() if kinds & {*fitting}}


def _is_property(page: Page, iri: str) -> bool:
    """Whether the caller sees a statement with it."""
    found = answered(page, f"ASK {{ ?thing <{iri}> ?value }}", ("json",))
    return bool(json.loads(found.content)["boolean"])


def _in_language(page: Page, found: Iterable[Row]) -> list[Row]:
    """Without texts in other languages, where there is one in that of the page."""
    told = {row["property"]["value"] for row in found if row["value"].get("xml:lang") == page.words.language}
    return [
        row
        for row in found
        if row["property"]["value"] not in told
        or row["value"].get("xml:lang", page.words.language) == page.words.language
    ]


def _grouped(page: Page, found: Iterable[Row], end: str) -> list[tuple[Cell, list[Cell]]]:
    """The ends of statements under each property."""
    lines = table(page, ["property", end], list(found)).rows
    ordered: Mapping[str, Cell] = {line[0].iri: line[0] for line in lines}
    by = {iri: [line[1] for line in group] for iri, group in groupby(sorted(lines, key=_property), key=_property)}
    return [(ordered[iri], _countries(page, cells) if iri in _COUNTRIES else cells) for iri, cells in by.items()]


def _countries(page: Page, cells: Iterable[Cell]) -> list[Cell]:
    """Those that are letters by the names of countries."""
    return [cell if cell.iri else replace(cell, text=country_name(cell.text, page.words.language)) for cell in cells]


def _property(line: tuple[Cell, ...]) -> str:
    return line[0].iri
