"""Ours to a standard and back: what came back, what was told as lost, and what is neither."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import mcqms_kg
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import TYPE
from mcqms_kg.graph.read import read_triples
from mcqms_kg.graph.vocabulary import mc
from mcqms_kg.interop.carried import decimal
from mcqms_kg.model import Loss, Term, Triple, Written

DAY = "2026-06-30"


def written_to(path: Path, triples: Iterable[Triple]) -> Path:
    """The statements in a file of N-Triples."""
    path.write_text("".join(f"{s} {p} {o} .\n" for s, p, o in triples), "utf-8")
    return path


def exported(standard: str, given: Path, **wanted: str) -> Written:
    """The export, whether the target would accept it or not."""
    return mcqms_kg.export_to(mcqms_kg.ExportRequest(standard, [given], as_of=DAY, **wanted), force=True)  # type: ignore[arg-type]  # texts


def come_back(standard: str, written: Written, folder: Path) -> tuple[Triple, ...]:
    """What is read from the files."""
    folder.mkdir(exist_ok=True)
    for name, content in written.files.items():
        (folder / name).write_bytes(content)
    nt = mcqms_kg.export_to(
        mcqms_kg.ExportRequest("nt", [folder / name for name in written.files], read_as=standard)
    ).files["data.nt"]
    (folder / "back.nt").write_bytes(nt)
    return read_triples([folder / "back.nt"])


def neither_kept_nor_told(given: Iterable[Triple], back: Iterable[Triple], losses: Iterable[Loss]) -> list[Triple]:
    """The statements that are gone, and of which nothing was told."""
    told = {(loss.at, loss.value) for loss in losses}
    kept = _compared(back)
    return [
        triple
        for triple, compared in zip(given, _compared_all(tuple(given)), strict=True)
        if compared not in kept and not {(triple[0], ""), (triple[0], _short(triple[2]))} & told
    ]


def invented(given: Iterable[Triple], back: Iterable[Triple], derived: Iterable[Term] = ()) -> list[Triple]:
    """What came back and was never said, except by predicates whose values follow from what was said."""
    said = tuple(given)
    tagged = tuple((s, p, terms.literal(terms.lexical(o), language="en")) for s, p, o in said if terms.is_literal(o))
    known = _compared((*said, *tagged))  # a text without a language gets one, which is told
    free = {*derived, *ALWAYS}
    return [t for t, c in zip(back, _compared_all(tuple(back)), strict=True) if c not in known and t[1] not in free]


ALWAYS = (TYPE, mc("publicPage"))
"""What lacked its type comes back with it, and an address that was a mere text as an address."""


def _compared(triples: Iterable[Triple]) -> set[tuple[str, str, str]]:
    return set(_compared_all(tuple(triples)))


def _compared_all(triples: tuple[Triple, ...]) -> list[tuple[str, str, str]]:
    """Numbers by their value; a progression by where it comes from and leads to, as formats have no names for it."""
    targets = {s: o for s, p, o in triples if p == mc("leadsTo")}
    sources = {o: s for s, p, o in triples if p == mc("hasProgression")}
    called = {p: f"{sources.get(p)} to {target}" for p, target in targets.items()}
    return [(called.get(s, s), p, called.get(o, _number(o))) for s, p, o in triples]


def _number(value: Term) -> str:
    found = decimal(value) if terms.datatype(value).endswith(("#decimal", "#integer", "#double")) else None
    if found is not None:
        return f"number {Decimal(found).normalize():f}"
    if terms.is_literal(value):  # control characters are spelled in two ways
        return f"{terms.lexical(value)}@{terms.language(value)}^^{terms.datatype(value)}"
    return value


def _short(value: Term) -> str:
    text = terms.short(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
