"""A marked workbook is the one that was given: only the cells that findings are about have changed, and every other part is as it was."""

from __future__ import annotations

import io
import re
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook.defined_name import DefinedName

from interop.test_workbook_round_trip import story
from interop.workbooks import BASE, exported, inline, package, parts_of, raw
from mcqms_kg import operations
from mcqms_kg.errors import BadValue, Unsupported
from mcqms_kg.interop.workbook.grid import UnreadableCells
from mcqms_kg.interop.workbook.marked import write_marked
from mcqms_kg.interop.workbook.marked_styles import COLOUR
from mcqms_kg.interop.workbook.marking import Mark

THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


@cache
def decorated() -> bytes:
    """The flawed story with what people put into workbooks: formulas, formats, a chart, comments, names."""
    content = exported(story("flawed-provider")).files["workbook.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    risks: Any = book["Risks"]
    risks["B2"].font = Font(bold=True, color="FF00FF00")
    risks["A2"].comment = Comment("Ask Rina about this one", "Budi")
    risks["AA2"] = "=SUM(C2:D2)"
    high = Rule(type="cellIs", operator="greaterThan", formula=["3"], dxf=DifferentialStyle(font=Font(bold=True)))
    risks.conditional_formatting.add("C2:D9", high)
    chart = BarChart()
    chart.add_data(Reference(risks, min_col=3, min_row=1, max_row=4))
    risks.add_chart(chart, "AC2")
    notes = book.create_sheet("My notes")
    notes["A1"], notes["B1"] = "mine", "=A1"
    notes.merge_cells("C1:D2")
    book.defined_names["mine"] = DefinedName("mine", attr_text="'My notes'!$A$1")
    out = io.BytesIO()
    book.save(out)
    return with_what_openpyxl_does_not_know(out.getvalue())


def with_what_openpyxl_does_not_know(content: bytes) -> bytes:
    """The same with a shape in the drawing, custom XML, and an extension of the sheet."""
    parts = parts_of(content)
    parts["customXml/item1.xml"] = b"<mine>kept</mine>"
    drawing = parts["xl/drawings/drawing1.xml"]
    parts["xl/drawings/drawing1.xml"] = re.sub(
        rb"</(\w*:?)wsDr>", rb"<!-- a shape that somebody drew --></\1wsDr>", drawing
    )
    for name, part in parts.items():
        if name.startswith("xl/worksheets/sheet") and b"legacyDrawing" in part and b"<drawing " in part:
            parts[name] = part.replace(b"</worksheet>", b'<extLst><ext uri="{mine}"><x/></ext></extLst></worksheet>')
    out = io.BytesIO()
    package(out, parts)  # type: ignore[arg-type]  # a stream does as well
    return out.getvalue()


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, int]:
    folder = tmp_path_factory.mktemp("marked")
    (folder / "book.xlsx").write_bytes(decorated())
    report = operations.check([folder / "book.xlsx"], as_of="2026-06-30")
    assert len(report.findings()) > 40
    count, left = operations.annotate(folder / "book.xlsx", folder / "marked.xlsx", report)
    assert left == 0
    return decorated(), (folder / "marked.xlsx").read_bytes(), count


def cells(content: bytes) -> dict[str, Any]:
    """Everything that a reader sees of every cell but its colour and our words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        f"{sheet.title}!{cell.coordinate}": (
            cell.value,
            cell.data_type,
            cell.number_format,
            cell.font.b,
            cell.alignment.wrap_text,
        )
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_parts_that_have_no_marks_are_as_they_were_byte_by_byte(marked: tuple[bytes, bytes, int]) -> None:
    before, after = parts_of(marked[0]), parts_of(marked[1])
    assert set(before) <= set(after)
    changed = {name for name in before if before[name] != after[name]}
    allowed = re.compile(
        r"xl/worksheets/sheet\d+[.]xml|xl/worksheets/_rels/sheet\d+[.]xml[.]rels|xl/styles[.]xml|\[Content_Types\][.]xml|"
        r"xl/comments/comment\d+[.]xml|xl/drawings/commentsDrawing\d+[.]vml"
    )
    assert changed and all(allowed.fullmatch(name) for name in changed), changed
    assert {"xl/workbook.xml", "xl/drawings/drawing1.xml", "xl/charts/chart1.xml", "customXml/item1.xml"} <= set(
        before
    ) - changed


def test_a_sheet_with_marks_differs_by_styles_and_cells_that_were_empty_only(marked: tuple[bytes, bytes, int]) -> None:
    before, after = parts_of(marked[0]), parts_of(marked[1])
    for name in before:
        if name.startswith("xl/worksheets/sheet"):
            bare = re.sub(rb'<c r="[A-Z]+\d+" s="\d+"/>|<legacyDrawing [^>]*/>', b"", after[name])
            as_it_was = re.sub(rb'<c r="[A-Z]+\d+" s="\d+"/>|<legacyDrawing [^>]*/>', b"", before[name])
            assert re.sub(rb' s="\d+"', b"", bare) == re.sub(rb' s="\d+"', b"", as_it_was), name


def test_values_formulas_and_formats_are_as_they_were(marked: tuple[bytes, bytes, int]) -> None:
    assert cells(marked[0]) == cells(marked[1])


def test_marked_cells_are_coloured_and_say_what_to_do(marked: tuple[bytes, bytes, int]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked[1]))
    coloured = [
        c for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.fill.fgColor.rgb == COLOUR
    ]
    assert len(coloured) == marked[2] > 30
    for cell in coloured:
        assert cell.comment and "What to do: " in cell.comment.text, cell
    rise = {cell.coordinate for cell in coloured if cell.parent.title == "Risks"}
    assert rise


def test_the_finding_stands_in_the_cell_of_its_property(marked: tuple[bytes, bytes, int]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked[1]))
    said: dict[tuple[str, str], str] = {}
    for sheet in book.worksheets:
        titles = {cell.column: str(cell.value) for cell in sheet[1]}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and cell.fill.fgColor.rgb == COLOUR and cell.column in titles:
                    at = (sheet.title, titles[cell.column])
                    said[at] = said.get(at, "") + cell.comment.text
    for at, words in {
        ("Processes", "Owned by"): "A process must be owned by a role.",
        ("Processes", "Phase"): "A process must be placed in a phase",
        ("Scope", "Covers stage 6"): "The scope must cover certification.",
        ("Micro-credentials", "Workload hours"): "must not be above the limit",
        ("Micro-credentials", "Public page"): "must have a public web page",
        ("Assessment schemes", "Pass rule (en)"): "must state the rule for passing",
        ("Procedures (SOPs)", "ID"): "A procedure for managing the micro-credential system",
    }.items():
        assert words in said.get(at, ""), (at, said.get(at))


def test_what_others_wrote_beside_a_cell_stays(tmp_path: Path) -> None:
    before = tmp_path / "book.xlsx"
    before.write_bytes(decorated())
    write_marked(
        before, [Mark("Risks", "A2", "Too <late> & bad"), Mark("Risks", "A3", "Second")], tmp_path / "out.xlsx"
    )
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Risks"]
    assert sheet["A2"].comment.text == "Ask Rina about this one\n\nmcqms: Too <late> & bad"
    assert (sheet["A3"].comment.text, sheet["A3"].comment.author) == ("Second", "mcqms")
    assert sheet["C1"].comment  # the help of the header


def test_a_conversation_keeps_its_cell(tmp_path: Path) -> None:
    talk = f'<ThreadedComments xmlns="{THREADS}"><threadedComment ref="A2" id="1"><text>Hello</text></threadedComment></ThreadedComments>'
    more = {
        "xl/threadedComments/threadedComment1.xml": talk,
        "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId7" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" '
        'Target="../threadedComments/threadedComment1.xml"/></Relationships>',
    }
    rows = f'<row r="2">{inline("A2", "R-1")}</row>'
    path = package(tmp_path / "book.xlsx", raw(rows, more=more))
    write_marked(path, [Mark("Risks", "A2", "Why")], tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Risks"]
    assert sheet["A2"].comment is None and sheet["B2"].comment.text == "A2: Why"
    assert parts_of((tmp_path / "out.xlsx").read_bytes())["xl/threadedComments/threadedComment1.xml"] == talk.encode()


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="2">{inline("A2", "R-1")}{inline("D2", "x")}</row>',
        '<row r="2" spans="1:4"/>',
        f'<row r="1">{inline("A1", "ID")}</row><row r="2" s="0" customFormat="1">{inline("A2", "R-1")}</row>',
        '<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="2"><x:c r="A2"><x:v>1</x:v></x:c></x:row>',
    ],
    ids=["between", "empty row", "at the end", "with a prefix"],
)
def test_cells_that_were_empty_are_put_where_they_belong(rows: str, tmp_path: Path) -> None:
    path = package(tmp_path / "book.xlsx", raw(rows))
    write_marked(path, [Mark("Risks", f"{letter}2", letter) for letter in "CBF"], tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Risks"]
    for letter in "BCF":
        assert sheet[f"{letter}2"].fill.fgColor.rgb == COLOUR
        assert sheet[f"{letter}2"].comment.text == letter
    order = re.findall(
        rb'<(?:x:)?c r="([A-Z]+)2"', parts_of((tmp_path / "out.xlsx").read_bytes())["xl/worksheets/sheet1.xml"]
    )
    assert order == sorted(order)


def test_what_openpyxl_would_lose() -> None:
    """The reason why parts are patched: the same workbook through openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(decorated()))
    out = io.BytesIO()
    book.save(out)
    before, after = parts_of(decorated()), parts_of(out.getvalue())
    assert "customXml/item1.xml" not in after
    assert b"somebody drew" not in after["xl/drawings/drawing1.xml"]
    assert any(b'uri="{mine}"' in part for part in before.values()) and not any(
        b'uri="{mine}"' in part for part in after.values()
    )


def test_cells_that_cannot_be_read_are_marked_too(tmp_path: Path) -> None:
    rows = f'<row r="1">{inline("A1", "ID")}{inline("B1", "Likelihood")}</row><row r="2">{inline("A2", "R-1")}{inline("B2", "often")}</row>'
    path = package(tmp_path / "book.xlsx", raw(rows))
    with pytest.raises(UnreadableCells) as told:
        operations.check([path])
    operations.annotate(path, tmp_path / "out.xlsx", told.value, language="id")
    comment = openpyxl.load_workbook(tmp_path / "out.xlsx")["Risks"]["B2"].comment
    assert comment.text == "'often' bukan bilangan. Tuliskan angka saja, misalnya 40 atau 1,5."


def test_the_workbook_itself_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(decorated())
    report = operations.check([path], as_of="2026-06-30")
    with pytest.raises(BadValue, match="replace"):
        operations.annotate(path, path, report)
    with pytest.raises(Unsupported, match="XLSX"):
        operations.annotate(tmp_path, tmp_path / "out.xlsx", report)
    assert path.read_bytes() == decorated()
    assert BASE
