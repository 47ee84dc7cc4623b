"""`/vocabulary`: all names of ours; and the page of each, behind the address that gives its RDF too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from mcqms_kg.errors import BadValue
from mcqms_kg.graph import terms
from mcqms_kg.graph.index import in_language
from mcqms_kg.model import Term, Texts
from mcqms_kg.namespaces import DCTERMS, HOME, MC, PREFIXES, RDFS, SH, SKOS
from mcqms_kg.service.pages.addresses import thing_address
from mcqms_kg.service.pages.page import Asked, Page, page_of
from mcqms_kg.service.pages.rows import Cell, well_known
from mcqms_kg.service.pages.vocabulary_uses import KINDS, kind_of, listed, uses
from mcqms_kg.service.routes.vocabulary import described, shipped

router = APIRouter()
ON_A_PAGE, MOST_USERS = 100, 60
_LABELS, _DEFINITIONS = (
    tuple(terms.iri(name) for name in names)
    for names in ((SKOS + "prefLabel", RDFS + "label", DCTERMS + "title"), (SKOS + "definition", RDFS + "comment"))
)
_CLAUSE_OF, _FROM, _TO = (terms.iri(MC + name) for name in ("isClauseOf", "hasSourceClause", "hasTargetClause"))
_NOTATION = terms.iri(SKOS + "notation")
_MESSAGE = terms.iri(SH + "message")
_MOST_DEEP = 4
_SPOKEN = (*_LABELS, *_DEFINITIONS)


@dataclass(frozen=True)
class Entry:
    """A name in a list."""

    cell: Cell
    short: str
    definition: str


@router.get("/vocabulary", response_class=Response)
def vocabulary(page: Asked, kind: str = "class", q: str = "", offset: int = 0) -> Response:
    """The names of a kind, or of all kinds those that hold a text."""
    if kind not in KINDS:
        raise BadValue(f"{kind[:40]!r} is no kind of name", remedy=f"Known: {', '.join(KINDS)}.")
    wanted = q.strip().lower()[:200]
    counts = {one: sum(other == one for other, _ in listed()) for one in KINDS}
    found = [name for other, name in listed() if (wanted and _holds(name, wanted)) or (not wanted and other == kind)]
    shown = found[max(0, offset) : max(0, offset) + ON_A_PAGE]
    return page.render(
        "vocabulary.html.jinja",
        entries=[_entry(page, name) for name in shown],
        counts=counts,
        kind="" if wanted else kind,
        q=q,
        offset=max(0, offset),
        limit=ON_A_PAGE,
        total=len(found),
    )


def term_page(request: Request, name: Term) -> Response:
    """The page of a name: its words in both languages, what is stated of it, and where it is used."""
    page, found = page_of(request), uses(name)
    if name == terms.iri(HOME + "ns"):
        return page.go("/vocabulary")
    statements: dict[Term, list[Term]] = {}
    for predicate, value in shipped().out(name):
        if predicate not in _SPOKEN:
            statements.setdefault(predicate, []).append(value)
    return page.render(
        "term.html.jinja",
        name=name,
        iri=terms.iri_text(name),
        kind=kind_of(name),
        label=_cell(page, name).text,
        labels=_texts(name, _LABELS),
        definitions=_texts(name, _DEFINITIONS),
        statements=[(_cell(page, p), _values(page, values)) for p, values in statements.items()],
        requirements=_cells(page, found.requirements),
        shapes=_cells(page, found.shapes),
        others=[(_cell(page, how), _cells(page, by)) for how, by in found.others],
        most=MOST_USERS,
        turtle=_turtle(name),
    )


def _entry(page: Page, name: Term) -> Entry:
    return Entry(_cell(page, name), terms.short(name), _said(page, name, _DEFINITIONS))


def _holds(name: Term, wanted: str) -> bool:
    told = (terms.short(name), *_texts(name, _LABELS).values(), *_texts(name, _DEFINITIONS).values())
    return any(wanted in text.lower() for text in told)


def _texts(name: Term, predicates: Iterable[Term]) -> Texts:
    return next((found for p in predicates if (found := shipped().texts(name, p))), {})


def _said(page: Page, name: Term, predicates: Iterable[Term]) -> str:
    return in_language(_texts(name, predicates), page.words.language)


def _label(page: Page, name: Term) -> str:
    """What a name is called: a shape by its message, a clause of another framework by that framework, a mapping by both its clauses."""
    said = _said(page, name, _LABELS) or _said(page, name, (_MESSAGE,))
    if said or not (framework := shipped().value(name, _CLAUSE_OF)):
        ends = () if said else shipped().objects(name, _FROM) + shipped().objects(name, _TO)
        return said or " → ".join(_cell(page, end).text for end in ends)
    notation = shipped().value(name, _NOTATION)
    return f"{_label(page, framework)}, {terms.lexical(notation) if notation else terms.readable(name)}"


def _cells(page: Page, names: Iterable[Term]) -> list[Cell]:
    return [_cell(page, name) for name in names]


def _cell(page: Page, term: Term, depth: int = 0) -> Cell:
    """A term as it is shown: a name of ours with its notation, where it has one, before its label."""
    if terms.is_literal(term):
        return Cell(terms.lexical(term), language=terms.language(term))
    if terms.is_blank(term):
        return Cell(_in_words(page, term, depth))
    iri = terms.iri_text(term)
    label = _label(page, term) or well_known(page).get(iri) or terms.readable(term)
    notation = shipped().value(term, _NOTATION)
    shown = f"{terms.lexical(notation)} {label}" if notation and terms.lexical(notation) not in label else label
    return Cell(shown, iri, thing_address(iri) if iri.startswith(HOME) else "")


def _values(page: Page, values: Sequence[Term]) -> list[Cell]:
    """The values of a property; a list by its members, another node without a name by what is stated of it."""
    found: list[Cell] = []
    for value in _in_language(page, values):
        members = shipped().collection(value) if terms.is_blank(value) else ()
        found += [_cell(page, member) for member in members] or [_cell(page, value)]
    return found


def _in_words(page: Page, node: Term, depth: int = 0) -> str:
    """What is stated of a node that has no name."""
    if members := shipped().collection(node):
        return f"({' '.join(_cell(page, member, depth + 1).text for member in members)})"
    stated = {p: [o for other, o in shipped().out(node) if other == p] for p, _ in shipped().out(node)}
    said = (
        f"{_cell(page, p).text} {_cell(page, o, depth + 1).text}"
        for p, values in stated.items()
        for o in _in_language(page, values)
    )
    return f"[{'; '.join(said)}]" if depth < _MOST_DEEP else "[…]"


def _in_language(page: Page, values: Sequence[Term]) -> Sequence[Term]:
    """Without texts in other languages, where there is one in that of the page."""
    own = [value for value in values if terms.language(value) == page.words.language]
    return own if own and all(terms.language(value) for value in values) else values


def _turtle(name: Term) -> str:
    lines = "\n".join(f"{s} {p} {o} ." for s, p, o in described(name))
    used = {prefix: space for prefix, space in PREFIXES.items() if f"<{space}" in lines}
    written = ox.serialize(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES), format=ox.RdfFormat.TURTLE, prefixes=used)
    return (written or b"").decode("utf-8")
