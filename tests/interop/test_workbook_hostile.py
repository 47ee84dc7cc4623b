"""Workbooks that were made to hurt are refused by name, within bounds of time and memory."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from interop.workbooks import MAIN, inline, package, raw, read
from mcqms_kg.errors import UnreadableInput, Unsupported

ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
HEAD = f'<row r="1">{inline("A1", "ID")}{inline("B1", "Name (en)")}</row>'


def with_dtd(part: str, dtd: str) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        parts = raw(HEAD, more={"xl/sharedStrings.xml": f'<?xml version="1.0"?><sst xmlns="{MAIN}"/>'})
        parts[part] = str(parts[part]).replace("?>", f"?>{dtd}", 1)
        return package(path, parts)

    return make


def with_part(name: str, content: bytes) -> Callable[[Path], Path]:
    return lambda path: package(path, raw(HEAD, more={name: content}))


def with_rows(rows: str) -> Callable[[Path], Path]:
    return lambda path: package(path, raw(HEAD + rows))


def far_to_the_right(path: Path) -> Path:
    return package(
        path, raw(HEAD + "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 20_000)))
    )


def many_cells(path: Path) -> Path:
    return package(path, raw("".join(f"<row>{'<c><v>1</v></c>' * 1000}</row>" for _ in range(1_100))))


def many_sheets(path: Path) -> Path:
    return package(
        path, raw(HEAD, more={f"xl/worksheets/extra{n}.xml": f'<worksheet xmlns="{MAIN}"/>' for n in range(300)})
    )


def twice(path: Path) -> Path:
    package(path, raw(HEAD))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning):
        archive.writestr("xl/workbook.xml", "<other/>")
    return path


def encrypted(path: Path) -> Path:
    content = bytearray(package(path, raw(HEAD)).read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    path.write_bytes(content)
    return path


def without_its_sheet(path: Path) -> Path:
    return package(path, {name: part for name, part in raw(HEAD).items() if "sheet1" not in name})


def strict(path: Path) -> Path:
    return package(
        path,
        {
            name: str(part).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
            for name, part in raw(HEAD).items()
        },
    )


def cut_short(path: Path) -> Path:
    content = package(path, raw(HEAD)).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def written(content: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return make


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "entities in a sheet": (with_dtd("xl/worksheets/sheet1.xml", ENTITIES), "document type definition"),
    "entities in shared texts": (with_dtd("xl/sharedStrings.xml", ENTITIES), "document type definition"),
    "external entity": (with_dtd("xl/workbook.xml", EXTERNAL), "document type definition"),
    "external entity in types": (with_dtd("[Content_Types].xml", EXTERNAL), "document type definition"),
    "zip bomb": (with_part("xl/media/x.bin", b"\0" * (65 * 1024 * 1024)), "unpacks to more than 64 MiB"),
    "styles that never end": (with_part("xl/styles.xml", b" " * (9 * 1024 * 1024)), "unpacks to more than 8 MiB"),
    "deep": (with_rows("<row>" * 100 + "</row>" * 100), "nested deeper"),
    "far to the right": (far_to_the_right, "too far to the right"),
    "many cells": (many_cells, "more than 1,000,000 cells"),
    "far down": (with_rows("".join(f'<row r="{n}99999"/>' for n in range(1, 30))), "more than 2,000,000 rows"),
    "many sheets": (many_sheets, "more than 256 sheets"),
    "a part twice": (twice, "or one twice"),
    "macros": (with_part("xl/vbaProject.bin", b"x"), "holds macros"),
    "encrypted part": (encrypted, "encrypted"),
    "cut short": (cut_short, "damaged"),
    "old or encrypted": (written(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "protected by a password"),
    "no zip": (written(b"ID,Name\n"), "no Excel workbook"),
    "empty": (written(b""), "no Excel workbook"),
    "another zip": (lambda path: package(path, {"a.txt": "x"}), "no Excel workbook"),
    "strict": (strict, "Strict Open XML"),
    "no xml": (with_part("xl/theme.xml", b"<a><b></a>"), "is not XML"),
    "no sheet": (without_its_sheet, "names the sheet 'Risks', which is not in it"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_by_name_and_soon(name: str, tmp_path: Path) -> None:
    make, why = HOSTILE[name]
    path = make(tmp_path / "book.xlsx")
    before = time.process_time()
    with pytest.raises((UnreadableInput, Unsupported)) as told:
        read(path)
    assert why in str(told.value)
    assert str(told.value).startswith("book.xlsx: ") and told.value.remedy
    assert time.process_time() - before < 15


@pytest.mark.parametrize("ending", [".xlsm", ".xlsb", ".xls", ".ods", ".numbers"])
def test_other_kinds_of_workbooks_are_refused_by_name(ending: str, tmp_path: Path) -> None:
    package(tmp_path / f"book{ending}", raw(HEAD))
    with pytest.raises(Unsupported, match=f"A workbook that ends with [.]{ending[1:]} cannot be read"):
        read(tmp_path / f"book{ending}")


def test_what_a_sheet_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    parts = raw(HEAD + f'<row r="1048576">{inline("A1048576", "R")}</row>')
    parts["xl/worksheets/sheet1.xml"] = str(parts["xl/worksheets/sheet1.xml"]).replace(
        "<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'
    )
    taken = read(package(tmp_path / "book.xlsx", parts))
    assert [stated.at for stated in taken.stated] == ["Risks!A1048576"]


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    link = f'<externalLink xmlns="{MAIN}"/>'
    rows = HEAD + f'<row r="2">{inline("A2", "R")}</row>'
    taken = read(package(tmp_path / "book.xlsx", raw(rows, more={"xl/externalLinks/externalLink1.xml": link})))
    assert any("not followed" in loss.what["en"] for loss in taken.losses)


LARGEST = """
import sys
from pathlib import Path
from mcqms_kg.interop import workbook
from mcqms_kg.settings import Settings
try:
    workbook.read(Path(sys.argv[1]), "book.xlsx", Settings())
except Exception as problem:
    print(type(problem).__name__)
told = Path("/proc/self/status").read_text().split("VmHWM:")[1]  # ru_maxrss would begin with what the parent holds
print(int(told.split()[0]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read where Linux tells it")
def test_the_largest_that_is_let_in_stays_within_memory(tmp_path: Path) -> None:
    texts = "".join(f"<si><t>{n} {'x' * 40}</t></si>" for n in range(900_000))
    shared = f'<?xml version="1.0"?><sst xmlns="{MAIN}">{texts}</sst>'
    path = package(tmp_path / "book.xlsx", raw(HEAD, more={"xl/sharedStrings.xml": shared}))
    done = subprocess.run(
        [sys.executable, "-c", LARGEST, str(path)], capture_output=True, text=True, check=True, timeout=300
    )
    assert int(done.stdout.split()[-1]) < 1500, done.stdout


def test_text_in_cells_and_names_does_nothing(tmp_path: Path) -> None:
    rows = HEAD + f'<row r="2">{inline("A2", "../../etc/passwd")}{inline("B2", "=cmd|&apos;/c calc&apos;!A1")}</row>'
    taken = read(package(tmp_path / "book.xlsx", raw(rows)))
    assert all("\n" not in term for stated in taken.stated for term in stated.triple)
