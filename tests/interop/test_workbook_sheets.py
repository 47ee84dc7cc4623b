"""The sheets cover whatever the rulebook looks at, and their words fit together."""

from __future__ import annotations

from collections import Counter

import pytest

from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.interop.workbook import auxiliary, headers, help, lists
from mcqms_kg.interop.workbook.plan import Kind, Sheet
from mcqms_kg.interop.workbook.rows import type_title
from mcqms_kg.interop.workbook.sheets import BY_KEY, SHEETS
from mcqms_kg.model import Term
from mcqms_kg.namespaces import MC, RDF, SH

WITHOUT_COLUMN = {
    TYPE: "the sheet, or its column Type, says it",
    terms.iri(RDF + "nil"): "it ends the lists by which shapes write paths and choices",
    terms.iri(MC + "position"): "it orders stages and phases, which are codes",
    terms.iri(MC + "isLevelOf"): "levels are shared facts",
    terms.iri(MC + "levelNumber"): "levels are shared facts",
    terms.iri(MC + "isMutual"): "how levels refer to each other is a shared fact",
    terms.iri(MC + "exemptionCredit"): "exemptions stand on the sheet of other statements: hardly anybody has them",
}
WITHOUT_SHEET = {"Credential": "micro-credentials, certifications and qualifications are credentials"}


def test_every_property_that_a_shape_reads_has_a_column() -> None:
    enforces = terms.iri(MC + "enforces")
    shapes = [s for s in help.shapes().all_subjects() if help.shapes().objects(s, enforces)]
    read = {p for shape in shapes for p in help.properties_of(shape)} | _targets("targetSubjectsOf", "targetObjectsOf")
    assert len(read) > 140
    columns = {column.property for sheet in SHEETS for column in sheet.columns}
    assert read - columns == set(WITHOUT_COLUMN)


def test_every_class_that_a_shape_speaks_of_has_a_sheet() -> None:
    classes = {terms.local_name(c) for c in _targets("targetClass", "class")}
    assert len(classes) > 50
    assert classes - {name for sheet in SHEETS for name in sheet.classes} == set(WITHOUT_SHEET)


def _targets(*names: str) -> set[Term]:
    index = help.shapes()
    return {o for s in index.all_subjects() for name in names for o in index.objects(s, terms.iri(SH + name))}


def test_no_class_has_two_sheets() -> None:
    assert max(Counter(name for sheet in SHEETS for name in sheet.classes).values()) == 1


@pytest.mark.parametrize("language", ["en", "id"])
def test_titles_are_different_and_not_too_long_for_a_spreadsheet(language: str) -> None:
    own = [
        t[language]
        for t in (auxiliary.READ_ME, auxiliary.SETTINGS, auxiliary.OTHER, auxiliary.COLUMNS, auxiliary.LISTS)
    ]
    titles = [*own, *(sheet.title[language] for sheet in SHEETS)]
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(len(title) <= 31 and not set(title) & set(r":\/?*[]") for title in titles)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_every_header_means_its_column(sheet: Sheet) -> None:
    for language in ("en", "id"):
        for column in sheet.columns:
            tags = ("en", "id", "ms") if column.kind is Kind.TEXT else ("",)
            for tag in tags:
                for number in (1, 2, 12):
                    header = headers.Header(column, tag, number)
                    assert headers.meant(sheet, f"  {header.shown(language).upper()}\u00a0 ") == header


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_everything_is_explained_in_both_languages(sheet: Sheet) -> None:
    assert set(sheet.title) == set(sheet.about) == {"en", "id"}
    for column in sheet.columns:
        for text in (help.definition(column), help.how(column)):
            assert {"en", "id"} <= set(text) and all(text.values())
        assert all(key in BY_KEY for key in column.to)
        assert all(lists.entries(name) for name in column.lists)
    for language in ("en", "id"):
        assert len({type_title(name, language) for name in sheet.classes}) == len(sheet.classes)


def test_a_column_names_the_requirements_that_ask_for_it() -> None:
    credentials = BY_KEY["credentials"]
    by_name = {column.name: help.asked_by(credentials, column) for column in credentials.columns}
    assert "6.2d" in by_name["hasAssessmentScheme"]
    assert {"3a", "X1a"} & set(by_name["workloadHours"])
    risks = {column.name: help.asked_by(BY_KEY["risks"], column) for column in BY_KEY["risks"].columns}
    assert risks["treatment"] == ("6.1c",)


def test_choices_of_a_list_are_told_apart() -> None:
    for name in {name for sheet in SHEETS for column in sheet.columns for name in column.lists}:
        for language in ("en", "id"):
            shown = [entry.shown(language) for entry in lists.entries(name)]
            assert len({text.casefold() for text in shown}) == len(shown), name
