"""What is said of a column: what it means, how it is filled, and which requirements look at it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from mcqms_kg import resources
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import GraphIndex
from mcqms_kg.graph.read import read_triples
from mcqms_kg.interop.workbook.lists import known
from mcqms_kg.interop.workbook.plan import Column, Kind, Sheet
from mcqms_kg.interop.workbook.sheets import BY_KEY, SHEETS
from mcqms_kg.model import Term, Texts
from mcqms_kg.namespaces import MC, SH, SKOS

_ENFORCES = terms.iri(MC + "enforces")
_PROPERTY, _PATH, _SELECT, _TARGET, _CLASS, _INVERSE = (
    terms.iri(SH + name) for name in ("property", "path", "select", "targetClass", "class", "inversePath")
)
_DEFINITION = terms.iri(SKOS + "definition")
_OURS = re.compile(r"\bmc:([a-z]\w*)")
_OWN: Mapping[str, Texts] = {
    "rdfs:label": {"en": "The name, in each language of your records.", "id": "Nama, dalam tiap bahasa catatan Anda."},
    "dcterms:description": {"en": "What it is, in a sentence or two.", "id": "Penjelasan dalam satu atau dua kalimat."},
    "dcterms:source": {"en": "Where this is known from.", "id": "Asal keterangan ini."},
    "dcterms:issued": {"en": "The year in which it was issued.", "id": "Tahun penerbitannya."},
    "skos:notation": {"en": "The code or number by which it is known.", "id": "Kode atau nomor yang dikenal."},
}
_HOW: Mapping[Kind, Texts] = {
    Kind.TEXT: {"en": "Text.", "id": "Teks."},
    Kind.WORD: {"en": "A short text.", "id": "Teks pendek."},
    Kind.DATE: {"en": "A date, such as 2026-06-30.", "id": "Tanggal, misalnya 2026-06-30."},
    Kind.YEAR: {"en": "A year, such as 2026.", "id": "Tahun, misalnya 2026."},
    Kind.NUMBER: {"en": "A number.", "id": "Bilangan."},
    Kind.COUNT: {"en": "A whole number.", "id": "Bilangan bulat."},
    Kind.FLAG: {"en": "Yes or No.", "id": "Ya atau Tidak."},
    Kind.COUNTRY: {
        "en": "A country by its name, or by its two letters, such as ID.",
        "id": "Negara dengan namanya, atau dengan dua hurufnya, misalnya ID.",
    },
    Kind.ADDRESS: {"en": "A web address, with https://.", "id": "Alamat web, dengan https://."},
}
_SHARES = {"en": "A share between 0 and 1, such as 0.85.", "id": "Bagian antara 0 dan 1, misalnya 0,85."}
_NEEDS_A_SCALE: Mapping[str, Texts] = {
    "completionRate": _SHARES,
    "employmentRate": _SHARES,
    "sha256": {"en": "64 digits and letters a to f.", "id": "64 angka dan huruf a sampai f."},
}


def definition(column: Column) -> Texts:
    """What the column means."""
    return _OWN.get(column.name) or known().texts(column.property, _DEFINITION)


def how(column: Column) -> Texts:
    """How a cell of the column is filled."""
    if column.name in _NEEDS_A_SCALE:
        return _NEEDS_A_SCALE[column.name]
    if column.kind is not Kind.CHOICE:
        return _HOW[column.kind]
    sheets = {language: ", ".join(BY_KEY[key].title[language] for key in column.to) for language in ("en", "id")}
    en = [f"An ID from: {sheets['en']}."] if column.to else []
    id_ = [f"ID dari lembar: {sheets['id']}."] if column.to else []
    en += ["A choice from the list."] if column.lists else []
    id_ += ["Pilihan dari daftar."] if column.lists else []
    return {
        "en": f"{' Or: '.join(en)} Several with ; between.",
        "id": f"{' Atau: '.join(id_)} Beberapa dipisahkan dengan ;.",
    }


def asked_by(sheet: Sheet, column: Column) -> tuple[str, ...]:
    """The numbers of the requirements whose shapes look at the property in things of this sheet."""
    classes = {*sheet.class_terms()}
    return tuple(sorted((r for r, of in _looked_at().get(column.property, {}).items() if of & classes), key=_order))


def _order(number: str) -> tuple[object, ...]:
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in re.findall(r"[0-9]+|[^0-9.]+", number))


@cache
def shapes() -> GraphIndex:
    """The shapes of our rulebook, with its parameters unbound."""
    return GraphIndex(read_triples(resources.shape_files("mcqms")))


@cache
def _looked_at() -> Mapping[Term, Mapping[str, frozenset[Term]]]:
    """Property to the requirements that look at it, each with the classes that its shapes speak of."""
    found: dict[Term, dict[str, set[Term]]] = defaultdict(lambda: defaultdict(set))
    index = shapes()
    for shape in list(index.all_subjects()):
        for requirement in index.objects(shape, _ENFORCES):
            around = (shape, *index.subjects(_PROPERTY, shape))
            classes = {c for node in around for c in index.objects(node, _TARGET)}
            classes |= {c for node in _reached(shape) for c in index.objects(node, _CLASS)}
            home = home_of(shape)
            classes |= set(BY_KEY[home].class_terms()) if home else set()
            for property_ in properties_of(shape):
                found[property_][terms.local_name(requirement)] |= classes
    return {p: {r: frozenset(of) for r, of in requirements.items()} for p, requirements in found.items()}


def properties_of(shape: Term) -> set[Term]:
    """The properties that a shape reads: in its paths and in its queries."""
    return _properties(_reached(shape))


def own_properties(shape: Term) -> set[Term]:
    """The properties that a shape reads itself, without those of the building blocks that it rests on."""
    number = terms.local_name(shape).partition("-")[0]
    return _properties(_reached(shape, lambda node: terms.is_blank(node) or _is_of(node, number)))


_EVERYWHERE = ("belongsTo", "isOfferedBy", "effectiveDate", "expiryDate", "approvalDate", "isApprovedBy", "eventDate")


def home_of(shape: Term) -> str | None:
    """The sheet of the records that a shape asks a provider for: by the class that it speaks of, else by what it reads."""
    index = shapes()
    classes = {c for node in _reached(shape) for c in index.objects(node, _CLASS)}
    homes = {sheet.key for sheet in SHEETS if classes & set(sheet.class_terms()) and sheet.key != "organisations"}
    if len(homes) == 1:
        return homes.pop()
    read = properties_of(shape) - {terms.iri(MC + name) for name in _EVERYWHERE}
    fits = [
        (sum(column.property in read for column in sheet.columns), sheet.key)
        for sheet in SHEETS
        if not homes or sheet.key in homes
    ]
    best = max(fits)[0]
    keys = [key for count, key in fits if count == best]
    return keys[0] if best and len(keys) == 1 else None


def homes_of_targets(shape: Term) -> frozenset[str]:
    """The sheets of the things that a target shape is about."""
    classes = set(shapes().objects(shape, _TARGET))
    return frozenset(sheet.key for sheet in SHEETS if classes & set(sheet.class_terms()))


def _is_of(node: Term, number: str) -> bool:
    """Whether a node is a shape of the same requirement, or no shape."""
    is_shape = terms.iri_text(node).rpartition("/")[0].endswith("/shape")
    return not is_shape or terms.local_name(node).partition("-")[0] == number


def _properties(nodes: Iterable[Term]) -> set[Term]:
    index: GraphIndex = shapes()
    found: set[Term] = set()
    for node in nodes:
        for property_, value in index.out(node):
            if property_ == _PATH:
                found |= {term for term in _reached(value) if terms.is_iri(term)}
            elif property_ == _SELECT:
                found |= {terms.iri(MC + name) for name in _OURS.findall(terms.lexical(value))}
            elif terms.local_name(property_) in ("disjoint", "equals", "lessThan", "lessThanOrEquals"):
                found.add(value)
    return found


def _reached(start: Term, goes_on: Callable[[Term], bool] | None = None) -> Iterator[Term]:
    """The node, and every part and shape that it rests on; where `goes_on` chooses among them, no path backwards is followed."""
    index, seen, waiting = shapes(), {start}, [start]
    while waiting:
        node = waiting.pop()
        yield node
        for property_, value in index.out(node):
            if property_ == _TARGET or value in seen or terms.is_literal(value):
                continue
            if goes_on is None or (property_ != _INVERSE and goes_on(value)):
                seen.add(value)
                waiting.append(value)
