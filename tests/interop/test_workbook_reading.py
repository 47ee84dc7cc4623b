"""Workbooks as people and programs write them: what stands in a cell is understood, or refused with its place and a remedy."""

from __future__ import annotations

import codecs
import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from interop.workbooks import BASE, SETTINGS, book, inline, package, raw, read
from mcqms_kg.errors import UnreadableInput
from mcqms_kg.graph import terms
from mcqms_kg.interop.workbook.grid import UnreadableCells
from mcqms_kg.model import Taken, Term
from mcqms_kg.namespaces import CODE, MC, RDFS, XSD


def risks(tmp_path: Path, headers: list[Any], *rows: list[Any]) -> Taken:
    return read(book(tmp_path / "book.xlsx", {"Settings": SETTINGS, "Risks": [headers, *rows]}))


def values(taken: Taken, name: str) -> list[str]:
    property_ = terms.iri(name if "://" in name else MC + name)
    return [o for s in taken.stated for _, p, o in [s.triple] if p == property_]


def problems(tmp_path: Path, headers: list[Any], *rows: list[Any]) -> list[str]:
    with pytest.raises(UnreadableCells) as told:
        risks(tmp_path, headers, *rows)
    return [problem.told("en") for problem in told.value.problems]


def test_a_row_is_a_thing_and_each_cell_says_something_of_it(tmp_path: Path) -> None:
    taken = risks(
        tmp_path, ["ID", "Name (en)", "Risk kind", "Likelihood"], ["RISK-1", "Late", "Quality not standardised", 4]
    )
    me = terms.iri(BASE + "RISK-1")
    assert [(s.at, s.triple) for s in taken.stated] == [
        ("Risks!A2", (me, terms.iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), terms.iri(MC + "Risk"))),
        ("Risks!B2", (me, terms.iri(RDFS + "label"), terms.literal("Late", language="en"))),
        ("Risks!C2", (me, terms.iri(MC + "hasRiskKind"), terms.iri(CODE + "risk-quality-not-standardised"))),
        ("Risks!D2", (me, terms.iri(MC + "likelihood"), terms.literal("4", datatype=XSD + "integer"))),
    ]
    assert taken.losses == ()


@pytest.mark.parametrize(
    "written",
    [
        "Quality not standardised",
        " quality NOT\u00a0standardised ",
        "Mutu tidak terstandar",
        "risk-quality-not-standardised",
        "code:risk-quality-not-standardised",
        CODE + "risk-quality-not-standardised",
    ],
    ids=["english", "spaces", "indonesian", "code", "prefixed", "address"],
)
def test_a_choice_may_be_written_in_many_ways(written: str, tmp_path: Path) -> None:
    assert values(risks(tmp_path, ["ID", "Risk kind"], ["R", written]), "hasRiskKind") == [
        terms.iri(CODE + "risk-quality-not-standardised")
    ]


@pytest.mark.parametrize(
    "written",
    [
        dt.date(2026, 6, 5),
        dt.datetime(2026, 6, 5),
        "2026-06-05",
        "2026-6-5",
        "5 June 2026",
        "5 Juni 2026",
        "05-Jun-2026",
        " 2026-06-05 ",
    ],
    ids=["date", "midnight", "iso", "short", "english", "indonesian", "excel", "spaces"],
)
def test_a_date_may_be_written_in_many_ways(written: object, tmp_path: Path) -> None:
    taken = risks(tmp_path, ["ID", "Next review date"], ["R", written])
    assert values(taken, "nextReviewDate") == [terms.literal("2026-06-05", datatype=XSD + "date")]


@pytest.mark.parametrize("written", ["ID", "id", " Indonesia ", "indonesia"])
def test_a_country_may_be_written_by_its_name(written: str, tmp_path: Path) -> None:
    found = read(
        book(tmp_path / "book.xlsx", {"Organisations": [["ID", "Type", "Country"], ["ORG", "Provider", written]]})
    )
    assert values(found, "country") == [terms.literal("ID")]


def test_what_is_no_country_is_told_with_what_is_nearest_in_a_list(tmp_path: Path) -> None:
    rows = [["ID", "Country", "Unit of", "Type"], ["ORG-1", "INDO", "ORG-2", "Provider"]]
    with pytest.raises(UnreadableCells) as refused:
        read(book(tmp_path / "book.xlsx", {"Organisations": rows}))
    told = {problem.at: problem for problem in refused.value.problems}
    assert "is no country" in told["Organisations!B2"].what["en"]
    assert told["Organisations!C2"].remedy["id"].endswith("Mungkin 'ORG-1'.")


def test_a_date_that_can_only_be_one_is_taken(tmp_path: Path) -> None:
    for written in ("30/06/2026", "06/30/2026", "30.6.2026"):
        taken = risks(tmp_path, ["ID", "Next review date"], ["R", written])
        assert values(taken, "nextReviewDate") == [terms.literal("2026-06-30", datatype=XSD + "date")]


def test_all_cells_that_cannot_be_read_are_told_at_once(tmp_path: Path) -> None:
    told = problems(
        tmp_path,
        ["ID", "Risk kind", "Likelihood", "Next review date", "Owned by"],
        ["R-1", "awful", "1,500", "05/06/2026", "ROLE-9"],
        ["R-1", None, 2.5, 46000, None],
        [None, "Other risk", "=1+1", "soon", None],
        ["R-3", "=A1", "=1+1", "31/02/2026", None],
    )
    at = ["A3", "A4", "B2", "B5", "C2", "C3", "C5", "D2", "D3", "D5", "E2"]
    assert sorted({line.split(": ")[0] for line in told}) == [f"Risks!{cell}" for cell in at]
    text = "\n".join(told)
    for expected in (
        "Risks!B2: 'awful' is not in the list of this column. Choose from the list.",
        "Risks!C2: '1,500' can be 1.500 or 1500. Write 1500 without a separator, or 1.5000.",
        "Risks!D2: '05/06/2026' can be two dates. Write it as 2026-06-05 or 2026-05-06.",
        "Risks!E2: No row has the ID 'ROLE-9'. Give an ID of the sheet Roles.",
        "Risks!A3: The ID 'R-1' stands in Risks!A2 already.",
        "Risks!C3: 2.5 is not a whole number.",
        "Risks!D3: '46000' is not a date.",
        "Risks!A4: The row has no ID.",
        "Risks!B5: It holds a formula, and formulas are not evaluated. Copy the cell and paste it as a value.",
    ):
        assert expected in text, text


def test_a_row_without_a_type_is_told_once_and_known_to_others(tmp_path: Path) -> None:
    sheets: dict[str, list[list[Any]]] = {
        "Settings": SETTINGS,
        "People": [["ID", "Type", "Name (en)", "Belongs to"], ["P-1", None, "Head", "ORG-9"]],
        "Roles": [["ID", "Name (en)", "Held by"], ["ROLE-1", "Quality manager", "P-1"]],
    }
    with pytest.raises(UnreadableCells) as told:
        read(book(tmp_path / "book.xlsx", sheets))
    assert [problem.at for problem in told.value.problems] == ["People!B2", "People!D2"]


def test_yes_and_no_are_written_as_people_write_them(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["ID", "Sharing allowed"], ["A", "yes"], ["B", "Tidak"], ["C", True]]
    path = book(tmp_path / "book.xlsx", {"Stacking rules": rows})
    assert [terms.lexical(Term(v)) for v in values(read(path), "isSharingAllowed")] == ["true", "false", "true"]


def test_a_formula_is_refused_though_it_keeps_a_value(tmp_path: Path) -> None:
    head = f'<row r="1">{inline("A1", "ID")}{inline("B1", "Likelihood")}</row>'
    rows = f'{head}<row r="2">{inline("A2", "R")}<c r="B2"><f>1+1</f><v>2</v></c></row>'
    with pytest.raises(UnreadableCells, match="Risks!B2: It holds a formula"):
        read(package(tmp_path / "book.xlsx", raw(rows)))


def test_a_text_that_looks_like_a_formula_is_a_text(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{inline("A1", "ID")}{inline("B1", "Name (en)")}{inline("C1", "Name (id)")}</row>'
        f'<row r="2">{inline("A2", "R")}{inline("B2", "=1+1")}{inline("C2", "&apos;=1+1")}</row>'
    )
    taken = read(package(tmp_path / "book.xlsx", raw(rows)))
    assert values(taken, RDFS + "label") == ['"=1+1"@en', '"=1+1"@id']


def test_errors_and_booleans_are_not_taken_for_values(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{inline("A1", "ID")}{inline("B1", "Likelihood")}{inline("C1", "Impact")}</row>'
        f'<row r="2">{inline("A2", "R")}<c r="B2" t="e"><v>#REF!</v></c><c r="C2" t="b"><v>1</v></c></row>'
    )
    with pytest.raises(UnreadableCells) as told:
        read(package(tmp_path / "book.xlsx", raw(rows)))
    assert [one.told("en") for one in told.value.problems] == [
        "Risks!B2: It holds the error #REF!. Correct it.",
        "Risks!C2: 'TRUE' is not a number. Write digits only, such as 40 or 1.5.",
    ]


def test_numbers_stored_as_text_and_with_a_decimal_comma_are_numbers(tmp_path: Path) -> None:
    path = book(
        tmp_path / "book.xlsx", {"Objectives": [["ID", "Target value"], ["A", "7,5"], ["B", "40 "], ["C", 0.1]]}
    )
    assert [terms.lexical(v) for v in values(read(path), "targetValue")] == ["7.5", "40", "0.1"]


def test_dates_that_count_from_1904(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    sheet = made.worksheets[0]
    sheet.title = "Risks"
    for row in (["ID", "Next review date"], ["R", dt.date(2026, 6, 30)]):
        sheet.append(row)
    made.save(tmp_path / "book.xlsx")
    assert values(read(tmp_path / "book.xlsx"), "nextReviewDate") == [
        terms.literal("2026-06-30", datatype=XSD + "date")
    ]


def test_a_file_without_styles_shared_texts_and_references_is_read(tmp_path: Path) -> None:
    cell = '<c t="inlineStr"><is><r><t>I</t></r><r><t>D</t></r></is></c>'
    rows = (
        f'<row>{cell}{inline("B1", "Name (en)")}</row><row/><row r="9">{inline("A9", "R")}{inline("B9", "Late")}</row>'
    )
    taken = read(package(tmp_path / "book.xlsx", raw(rows)))
    assert [s.at for s in taken.stated] == ["Risks!A9", "Risks!B9"]


def test_empty_rows_hidden_rows_titles_above_and_other_columns(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = " risks "
    for row in (
        ["Our register"],
        [],
        ["Remark", "id", "NAME (EN)", "Likelihood"],
        [],
        ["why", "R-1", "Late", 3],
        [None, None, "\u00a0"],
        [None, 12, "Twelve"],
    ):
        sheet.append(row)
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["C"].hidden = True
    made.create_sheet("Sketches").append(["x"])
    made.create_sheet("Empty")
    made.save(tmp_path / "book.xlsx")
    taken = read(tmp_path / "book.xlsx")
    assert {s.triple[0] for s in taken.stated} == {
        terms.iri(f"https://example.org/workbook/{id_}") for id_ in ("R-1", "12")
    }
    assert [(loss.at, loss.what["en"]) for loss in taken.losses] == [
        ("Settings", "No address of the records is given; they are named below https://example.org/workbook/."),
        (" risks !A1", "It stands above the headers."),
        (" risks !A3", "The sheet Risks has no column of this name."),
        ("Sketches", "The workbook has no sheet of this name."),
    ]


def test_several_values_stand_side_by_side_or_with_semicolons(tmp_path: Path) -> None:
    path = book(
        tmp_path / "book.xlsx",
        {
            "Scope": [
                ["ID", "Covers stage", "Covers stage 2", "Covers stage 9"],
                ["S", "Design; development ;", "Validation", "evaluasi"],
            ]
        },
    )
    stages = [terms.local_name(Term(v)) for v in values(read(path), "coversStage")]
    assert stages == ["stage-design", "stage-development", "stage-validation", "stage-evaluation"]


def test_a_part_names_the_whole_that_has_it(tmp_path: Path) -> None:
    sheets = {
        "Settings": [*SETTINGS, ["Your organisation", "org-01"]],
        "Organisations": [["ID", "Type"], ["ORG-01", "Provider"]],
        "Learning outcomes": [["ID", "Micro-credential"], ["LO-1", "mc-1"]],
        "Micro-credentials": [["ID"], ["MC-1"]],
    }
    taken = read(book(tmp_path / "book.xlsx", sheets))
    me, outcome, owner = (terms.iri(BASE + name) for name in ("MC-1", "LO-1", "ORG-01"))
    assert (me, terms.iri(MC + "hasOutcome"), outcome) in {s.triple for s in taken.stated}
    assert (me, terms.iri(MC + "isOfferedBy"), owner) in {s.triple for s in taken.stated}
    first = next(s for s in taken.stated if s.triple[0] == me)
    assert first.at == "Micro-credentials!A2"


def test_settings_that_cannot_be_used_are_refused(tmp_path: Path) -> None:
    sheets = {"Setelan": [["Alamat catatan", "our address"], ["Organisasi Anda", "ORG-7"]], "Risks": [["ID"], ["R"]]}
    with pytest.raises(UnreadableCells) as told:
        read(book(tmp_path / "book.xlsx", sheets))
    assert [problem.at for problem in told.value.problems] == ["Setelan!B1", "Setelan!B2"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("start", [b"", codecs.BOM_UTF8], ids=["plain", "marked"])
def test_csv_as_spreadsheets_write_it(delimiter: str, start: bytes, tmp_path: Path) -> None:
    number = "7,5" if delimiter == ";" else "7.5"
    rows = [
        ["ID", "Nama (id)", "Nilai target", "Tanggal jatuh tempo"],
        ["OBJ-1", '"Mutu; naik, ""cepat"""', number, "30/06/2026"],
    ]
    content = "\r\n".join(delimiter.join(row) for row in rows)
    (tmp_path / "Sasaran.csv").write_bytes(start + content.encode())
    taken = read(tmp_path)
    assert values(taken, "targetValue") == [terms.literal("7.5", datatype=XSD + "decimal")]
    assert values(taken, "dueDate") == [terms.literal("2026-06-30", datatype=XSD + "date")]
    assert values(taken, RDFS + "label") == [terms.literal('Mutu; naik, "cepat"', language="id")]
    assert [s.at for s in read(tmp_path / "Sasaran.csv").stated] == [s.at for s in taken.stated]


def test_in_a_csv_file_with_semicolons_the_day_comes_first(tmp_path: Path) -> None:
    (tmp_path / "Objectives.csv").write_text("ID;Due date;Target value\nO;05/06/2026;1,500\n", "utf-8")
    taken = read(tmp_path)
    assert values(taken, "dueDate") == [terms.literal("2026-06-05", datatype=XSD + "date")]
    assert values(taken, "targetValue") == [terms.literal("1.500", datatype=XSD + "decimal")]


def test_csv_that_is_none_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "Risks.csv").write_bytes(b"ID\nR\xff1\n")
    with pytest.raises(UnreadableInput, match=r"Risks[.]csv:2: The text is not UTF-8"):
        read(tmp_path)
    (tmp_path / "Risks.csv").write_bytes(b'ID,Name (en)\nR,"a"b\n')
    with pytest.raises(UnreadableInput, match="The row after row 1 is no CSV"):
        read(tmp_path)


def test_no_sheet_of_ours_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="No sheet of this workbook is one of ours"):
        read(book(tmp_path / "book.xlsx", {"Sheet1": [["a", "b"]]}))
