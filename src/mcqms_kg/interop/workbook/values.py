"""Texts, dates and numbers of cells as literals, the way people write them in spreadsheets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from mcqms_kg.graph import terms
from mcqms_kg.interop.workbook.grid import Cell, Form, tidy
from mcqms_kg.interop.workbook.plan import Kind
from mcqms_kg.model import Term, Texts
from mcqms_kg.model.countries import COUNTRIES
from mcqms_kg.namespaces import XSD

MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january januari jan", "february februari feb", "march maret mar", "april apr", "may mei", "june juni jun",
            "july juli jul", "august agustus aug agu agt", "september sep", "october oktober oct okt", "november nov",
            "december desember dec des",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
"""Months as they are written in English and Indonesian, and their numbers."""
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00(?:[.]0+)?)?)?")
_SLASHED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_WORDED = re.compile(r"([0-9]{1,2})[ -]([A-Za-z]{3,9})[., -]+([0-9]{4})")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_COMMA_NUMBER = re.compile(r"[+-]?[0-9]+,[0-9]+")
_EITHER = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_LAST_MONTH = 12
_COUNTRIES = {name.casefold(): code for code, names in COUNTRIES.items() for name in names.values()}


class NotUnderstood(Exception):
    """A value cannot be read: why, and what to do, in each language."""

    def __init__(self, en: str, id: str, do_en: str, do_id: str) -> None:
        self.what: Texts = {"en": en, "id": id}
        self.remedy: Texts = {"en": do_en, "id": do_id}
        super().__init__(en)


def literal(cell: Cell, kind: Kind, language: str, decimal_comma: bool | None) -> Term:
    """The literal that a cell stands for; raises `NotUnderstood`."""
    if kind is Kind.TEXT:
        return terms.literal(_text(cell), language=language)
    return _BY_KIND[kind](cell, decimal_comma)


def unescaped(text: str) -> str:
    """A text without the apostrophe that keeps it from being taken for a formula."""
    return text[1:] if _ESCAPED.match(text) else text


def escaped(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


_LIKE_A_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_ESCAPED = re.compile("'+[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def _text(cell: Cell) -> str:
    return unescaped(cell.text.strip(" \t\n\u00a0\u200b\ufeff"))


def _word(cell: Cell, _: bool | None) -> Term:
    return terms.literal(_text(cell))


def _date(cell: Cell, decimal_comma: bool | None) -> Term:
    text = tidy(cell.text)
    if cell.form is Form.NUMBER:
        raise _no_date(text)
    for pattern, order in ((_ISO, "ymd"), (_SLASHED, "dmy"), (_WORDED, "dmy")):
        if match := pattern.fullmatch(text):
            parts = dict(zip(order, match.groups(), strict=True))
            if pattern is _SLASHED:
                parts = _day_first(parts, text, decimal_comma)
            return _calendar(parts, text)
    raise _no_date(text)


def _day_first(parts: dict[str, str], text: str, decimal_comma: bool | None) -> dict[str, str]:
    """Day before month, unless only the other way round can be meant; refused where both can be and nothing tells."""
    day, month = int(parts["d"]), int(parts["m"])
    if day <= _LAST_MONTH < month:
        return {"d": parts["m"], "m": parts["d"], "y": parts["y"]}
    if day <= _LAST_MONTH and day != month and not decimal_comma:
        year = parts["y"]
        raise NotUnderstood(
            f"{text!r} can be two dates.",
            f"{text!r} dapat berarti dua tanggal.",
            f"Write it as {year}-{month:02}-{day:02} or {year}-{day:02}-{month:02}.",
            f"Tuliskan sebagai {year}-{month:02}-{day:02} atau {year}-{day:02}-{month:02}.",
        )
    return parts


def _calendar(parts: Mapping[str, str], text: str) -> Term:
    month = int(parts["m"]) if parts["m"].isdecimal() else MONTHS.get(parts["m"].lower(), 0)
    try:
        return terms.literal(dt.date(int(parts["y"]), month, int(parts["d"])).isoformat(), datatype=XSD + "date")
    except ValueError as problem:
        raise _no_date(text) from problem


def _no_date(text: str) -> NotUnderstood:
    return NotUnderstood(
        f"{_short(text)} is not a date.",
        f"{_short(text)} bukan tanggal.",
        "Write it as 2026-06-30.",
        "Tuliskan seperti 2026-06-30.",
    )


def number_text(cell: Cell, decimal_comma: bool | None) -> str:
    """The number in a cell with a decimal point; raises `NotUnderstood` for what can be two numbers."""
    text = cell.text if cell.form is Form.NUMBER else tidy(cell.text)
    if cell.form is Form.NUMBER and _PLAIN_NUMBER.fullmatch(text):
        return text
    separator = {True: ",", False: ".", None: ""}[decimal_comma]
    if cell.form is Form.TEXT:
        if _EITHER.fullmatch(text) and (not separator or separator not in text):
            point, plain = text.replace(",", "."), text.replace(",", "").replace(".", "")
            raise NotUnderstood(
                f"{text!r} can be {point} or {plain}.",
                f"{text!r} dapat berarti {point} atau {plain}.",
                f"Write {plain} without a separator, or {point}0.",
                f"Tuliskan {plain} tanpa pemisah, atau {point}0.",
            )
        if _PLAIN_NUMBER.fullmatch(text):
            return text
        if _COMMA_NUMBER.fullmatch(text):
            return text.replace(",", ".")
    raise NotUnderstood(
        f"{_short(text)} is not a number.",
        f"{_short(text)} bukan bilangan.",
        "Write digits only, such as 40 or 1.5.",
        "Tuliskan angka saja, misalnya 40 atau 1,5.",
    )


def _number(cell: Cell, decimal_comma: bool | None) -> Term:
    return terms.literal(number_text(cell, decimal_comma), datatype=XSD + "decimal")


def _count(cell: Cell, decimal_comma: bool | None) -> Term:
    text = number_text(cell, decimal_comma)
    whole, _, rest = text.partition(".")
    if rest.strip("0"):
        raise NotUnderstood(
            f"{text} is not a whole number.",
            f"{text} bukan bilangan bulat.",
            "Write it without a fraction.",
            "Tuliskan tanpa pecahan.",
        )
    return terms.literal(whole, datatype=XSD + "integer")


def _year(cell: Cell, _: bool | None) -> Term:
    text = tidy(cell.text)
    if not re.fullmatch("[0-9]{4}", text):
        raise NotUnderstood(
            f"{_short(text)} is not a year.",
            f"{_short(text)} bukan tahun.",
            "Write four digits.",
            "Tuliskan empat angka.",
        )
    return terms.literal(text, datatype=XSD + "gYear")


def _address(cell: Cell, _: bool | None) -> Term:
    text = tidy(cell.text)
    if not _ADDRESS.fullmatch(text):
        raise NotUnderstood(
            f"{_short(text)} is not a web address.",
            f"{_short(text)} bukan alamat web.",
            "Write it whole, such as https://example.org/page.",
            "Tuliskan lengkap, misalnya https://example.org/laman.",
        )
    return terms.literal(text, datatype=XSD + "anyURI")


FLAGS: Mapping[str, Texts] = {"true": {"en": "Yes", "id": "Ya"}, "false": {"en": "No", "id": "Tidak"}}
"""What stands for true and false in a cell."""


def _flag(cell: Cell, _: bool | None) -> Term:
    text = tidy(cell.text).casefold()
    for value, words in FLAGS.items():
        if text == value or text in {word.casefold() for word in words.values()}:
            return terms.literal(value, datatype=XSD + "boolean")
    raise NotUnderstood(
        f"{_short(text)} is neither yes nor no.",
        f"{_short(text)} bukan ya atau tidak.",
        "Write Yes or No.",
        "Tuliskan Ya atau Tidak.",
    )


def _country(cell: Cell, _: bool | None) -> Term:
    text = tidy(cell.text)
    code = text.upper() if text.upper() in COUNTRIES else _COUNTRIES.get(text.casefold())
    if code is None:
        raise NotUnderstood(
            f"{_short(text)} is no country.",
            f"{_short(text)} bukan negara.",
            "Write its two letters, such as ID.",
            "Tuliskan dua hurufnya, misalnya ID.",
        )
    return terms.literal(code)


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


_BY_KIND: Mapping[Kind, Callable[[Cell, bool | None], Term]] = {
    Kind.WORD: _word,
    Kind.DATE: _date,
    Kind.YEAR: _year,
    Kind.NUMBER: _number,
    Kind.COUNT: _count,
    Kind.ADDRESS: _address,
    Kind.FLAG: _flag,
    Kind.COUNTRY: _country,
}
