"""The sheets that explain the workbook: what to do, and what each column is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mcqms_kg.interop.workbook import auxiliary, headers
from mcqms_kg.interop.workbook.help import asked_by, definition, how
from mcqms_kg.interop.workbook.output import Output
from mcqms_kg.model import Texts

_READ_ME: Sequence[Texts] = (
    {"en": "The quality system for micro-credentials: a workbook", "id": "Sistem mutu mikro-kredensial: buku kerja"},
    {
        "en": "Each sheet holds things of one kind, one in a row. The sheets stand in the order in which they are easiest to fill.",
        "id": "Tiap lembar memuat hal sejenis, satu dalam satu baris. Urutan lembar adalah urutan pengisian yang termudah.",
    },
    {
        "en": "1. Begin with the sheet Organisations. Its first row is your own organisation; the sheet Settings names it.",
        "id": "1. Mulailah dari lembar Organisasi. Baris pertamanya organisasi Anda; lembar Setelan menyebutnya.",
    },
    {
        "en": "2. Give every row an ID that people can read, such as MC-01. No two rows of the workbook may have the same.",
        "id": "2. Beri tiap baris ID yang mudah dibaca, misalnya MC-01. ID tidak boleh sama di seluruh buku kerja.",
    },
    {
        "en": "3. Where a column names another thing, give its ID. Where it has a list, choose from the list. "
        "Several stand in columns side by side, or in one cell with ; between.",
        "id": "3. Jika kolom menyebut hal lain, isikan ID-nya. Jika ada daftar, pilih dari daftar. "
        "Beberapa nilai diisi di kolom bersebelahan, atau dalam satu sel dengan ; di antaranya.",
    },
    {
        "en": "4. Texts have a column for each language: (en) English, (id) Indonesian. Fill both.",
        "id": "4. Teks punya kolom untuk tiap bahasa: (en) Inggris, (id) Indonesia. Isi keduanya.",
    },
    {
        "en": "5. Enter values, not formulas. Formulas are not evaluated: paste them as values.",
        "id": "5. Isikan nilai, bukan rumus. Rumus tidak dihitung: tempelkan sebagai nilai.",
    },
    {
        "en": "6. Keep the names of the sheets and of the columns. Sheets and columns of your own are left alone, and not checked.",
        "id": "6. Jangan ubah nama lembar dan kolom. Lembar dan kolom Anda sendiri dibiarkan, dan tidak diperiksa.",
    },
    {
        "en": "7. Hidden rows, columns and sheets count like the others. Delete what should not count.",
        "id": "7. Baris, kolom, dan lembar tersembunyi dihitung seperti yang lain. Hapus yang tidak boleh dihitung.",
    },
    {
        "en": "8. Check it: mcqms check book.xlsx --annotate marked.xlsx. The marked cells say what is missing and what to do.",
        "id": "8. Periksalah: mcqms check buku.xlsx --lang id --annotate ditandai.xlsx. Sel bertanda menyebut apa yang kurang "
        "dan apa yang harus dilakukan.",
    },
    {
        "en": "The sheet Columns says of each column what it means, how it is filled, and which requirements look at it.",
        "id": "Lembar Kolom menjelaskan arti tiap kolom, cara mengisinya, dan persyaratan yang memeriksanya.",
    },
)
COLUMN_HEADERS: Sequence[Texts] = (
    {"en": "Sheet", "id": "Lembar"},
    {"en": "Column", "id": "Kolom"},
    {"en": "What it means", "id": "Artinya"},
    {"en": "How it is filled", "id": "Cara mengisi"},
    {"en": "Asked by", "id": "Diminta oleh"},
)
LIST_TITLES: Mapping[str, Texts] = {
    "levels": {"en": "Levels", "id": "Jenjang"},
    "units": {"en": "Competency units", "id": "Unit kompetensi"},
    "editions": {"en": "Editions of standards", "id": "Edisi standar"},
    "clauses": {"en": "Clauses", "id": "Klausul"},
    "requirements": {"en": "Requirements", "id": "Persyaratan"},
}
_ASKED: Texts = {"en": "Asked by", "id": "Diminta oleh"}
_MOST = 12


def read_me(output: Output) -> Iterator[str]:
    """The lines of the first sheet; the names of all sheets follow."""
    yield from (text[output.language] for text in _READ_ME)
    yield ""
    for one in output.filled:
        yield f"{one.sheet.title[output.language]}: {one.sheet.about[output.language]}"


def column_rows(output: Output) -> list[tuple[str, ...]]:
    """The dictionary of all columns."""
    language = output.language
    rows = [tuple(text[language] for text in COLUMN_HEADERS)]
    for one in output.filled:
        for column in one.sheet.columns:
            told = (definition(column), how(column))
            asked = ", ".join(asked_by(one.sheet, column))
            rows.append(
                (
                    one.sheet.title[language],
                    headers.title(column, language),
                    *(text.get(language, "") for text in told),
                    asked,
                )
            )
    return rows


def comment(output_language: str, row: tuple[str, ...]) -> str:
    """What the header of a column says when it is pointed at."""
    _, _, means, filled, asked = row
    numbers = asked.split(", ") if asked else []
    more = "…" if len(numbers) > _MOST else ""
    tail = f"\n{_ASKED[output_language]}: {', '.join(numbers[:_MOST])}{more}" if numbers else ""
    return f"{means}\n{filled}{tail}"


__all__ = ["LIST_TITLES", "auxiliary", "column_rows", "comment", "read_me"]
