"""Random graphs and shapes: every Core component, nested and combined, on blank nodes, ill-typed literals and several languages."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from hypothesis import strategies as st

from mcqms_kg.graph import terms
from mcqms_kg.model import Term, Triple
from mcqms_kg.namespaces import RDF, RDFS, XSD
from mcqms_kg.shacl.vocabulary import TRUE, sh

EX = "https://example.org/"
TYPE, SUBCLASS = terms.iri(RDF + "type"), terms.iri(RDFS + "subClassOf")
FIRST, REST, NIL = (terms.iri(RDF + name) for name in ("first", "rest", "nil"))
NODES = [*(terms.iri(EX + name) for name in "abc"), Term("_:x"), Term("_:y")]
PREDICATES = [terms.iri(EX + name) for name in "pqr"]
CLASSES = [terms.iri(EX + name) for name in ("C", "D", "E")]


def typed(text: str, datatype: str) -> Term:
    return terms.literal(text, datatype=XSD + datatype)


LITERALS = [
    *(typed(text, "integer") for text in ("1", "01", "2", "-3", "many")),
    *(typed(text, "decimal") for text in ("1.0", "2.5", "10")),
    *(typed(text, "date") for text in ("2026-06-30", "2026-07-01", "2026-02-30")),
    *(typed(text, "dateTime") for text in ("2026-06-30T12:00:00", "2026-06-30T12:00:00Z", "2026-06-30T13:00:00+02:00")),
    *(typed(text, "boolean") for text in ("true", "false")),
    *(terms.literal(text) for text in ("", "one", "1", "two\nlines", 'a "quoted" é')),
    *(terms.literal(text, language=tag) for text, tag in (("one", "en"), ("satu", "id"), ("one", "en-gb"))),
    terms.literal("x", datatype=EX + "ownDatatype"),
]
VALUES = NODES + LITERALS
DATATYPES = [
    *(terms.iri(XSD + n) for n in ("integer", "decimal", "date", "dateTime", "string")),
    terms.iri(RDF + "langString"),
]
BOUNDS = [
    typed(text, kind) for text, kind in (("1", "integer"), ("01", "integer"), ("2", "integer"), ("2.5", "decimal"))
]
"""Numbers only: see test_known_differences."""

data_triples = st.one_of(
    st.tuples(st.sampled_from(NODES), st.sampled_from(PREDICATES), st.sampled_from(VALUES)),
    st.tuples(st.sampled_from(NODES), st.just(TYPE), st.sampled_from(CLASSES)),
    st.tuples(st.sampled_from(CLASSES), st.just(SUBCLASS), st.sampled_from(CLASSES)),
)
graphs = st.lists(data_triples, min_size=1, max_size=14, unique=True)


class Drawing:
    """Draws one shapes graph; `triples` grows as shapes are named."""

    def __init__(self, draw: Callable[[st.SearchStrategy[object]], object]) -> None:
        self.draw = draw
        self.triples: list[Triple] = []
        self.numbers = count(1)

    def one_of(self, choices: list[Term]) -> Term:
        found = self.draw(st.sampled_from(choices))
        assert isinstance(found, str)
        return Term(found)

    def whole(self, low: int, high: int) -> int:
        found = self.draw(st.integers(low, high))
        assert isinstance(found, int)
        return found

    def add(self, subject: Term, name: str, value: Term) -> None:
        self.triples.append((subject, sh(name), value))

    def blank(self) -> Term:
        return Term(f"_:s{next(self.numbers)}")

    def list(self, members: list[Term]) -> Term:
        head = NIL
        for member in reversed(members):
            node = self.blank()
            self.triples += [(node, FIRST, member), (node, REST, head)]
            head = node
        return head

    def path(self, depth: int = 2) -> Term:
        kind = self.whole(0, 6) if depth else 0
        if kind in (0, 1):
            return self.one_of(PREDICATES)
        if kind == 2:
            return self.list([self.path(depth - 1), self.path(depth - 1)])
        name = {3: "inversePath", 4: "zeroOrMorePath", 5: "oneOrMorePath", 6: "zeroOrOnePath"}[kind]
        if self.whole(0, 4) == 0:
            name, inner = "alternativePath", self.list([self.path(depth - 1), self.path(depth - 1)])
        else:
            inner = self.path(depth - 1)
        node = self.blank()
        self.add(node, name, inner)
        return node

    def shape(self, depth: int, *, property_shape: bool) -> Term:
        name = terms.iri(f"{EX}shape/{next(self.numbers)}")
        self.triples.append((name, TYPE, sh("PropertyShape" if property_shape else "NodeShape")))
        if property_shape:
            self.add(name, "path", self.path())
        for _ in range(self.whole(1, 3)):
            self.constraint(name, depth, property_shape=property_shape)
        return name

    def constraint(self, shape: Term, depth: int, *, property_shape: bool) -> None:
        simple = [
            "class",
            "datatype",
            "nodeKind",
            "in",
            "hasValue",
            "pattern",
            "length",
            "range",
            "equals",
            "disjoint",
            "languageIn",
        ]
        of_property = ["minCount", "maxCount", "lessThan", "uniqueLang"]
        nested = ["not", "and", "or", "xone", "node", "property"]
        kinds = simple + (of_property if property_shape else ["closed"]) + (nested * 2 if depth else [])
        kinds += ["qualified"] * 2 if depth and property_shape else []
        kind = self.draw(st.sampled_from(kinds))
        getattr(self, f"_{kind}")(shape, depth)

    def _class(self, shape: Term, _: int) -> None:
        self.add(shape, "class", self.one_of(CLASSES))

    def _datatype(self, shape: Term, _: int) -> None:
        if not any(s == shape and p == sh("datatype") for s, p, _o in self.triples):
            self.add(shape, "datatype", self.one_of(DATATYPES))

    def _nodeKind(self, shape: Term, _: int) -> None:
        if not any(s == shape and p == sh("nodeKind") for s, p, _o in self.triples):
            kinds = ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral")
            self.add(shape, "nodeKind", self.one_of([sh(kind) for kind in kinds]))

    def _in(self, shape: Term, _: int) -> None:
        if not any(s == shape and p == sh("in") for s, p, _o in self.triples):
            self.add(shape, "in", self.list([self.one_of(NODES[:3] + LITERALS) for _ in range(self.whole(1, 4))]))

    def _hasValue(self, shape: Term, _: int) -> None:
        self.add(shape, "hasValue", self.one_of(NODES[:3] + LITERALS))

    def _pattern(self, shape: Term, _: int) -> None:
        if not any(s == shape and p == sh("pattern") for s, p, _o in self.triples):
            patterns = ("^one", "e$", "a.*b", "[0-9]+", r"\d", "(?=o)one", "^.$", "l.n", r"^https://")
            self.add(shape, "pattern", self.one_of([terms.literal(p) for p in patterns]))
            if self.whole(0, 2) == 0:
                self.add(shape, "flags", self.one_of([terms.literal(f) for f in ("i", "s", "im")]))

    def _length(self, shape: Term, _: int) -> None:
        name = ("minLength", "maxLength")[self.whole(0, 1)]
        if not any(s == shape and p == sh(name) for s, p, _o in self.triples):
            self.add(shape, name, typed(str(self.whole(1, 5)), "integer"))  # 0 is a known difference

    def _range(self, shape: Term, _: int) -> None:
        name = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")[self.whole(0, 3)]
        if not any(s == shape and p == sh(name) for s, p, _o in self.triples):
            self.add(shape, name, self.one_of(BOUNDS))

    def _equals(self, shape: Term, _: int) -> None:
        self.add(shape, "equals", self.one_of(PREDICATES))

    def _disjoint(self, shape: Term, _: int) -> None:
        self.add(shape, "disjoint", self.one_of(PREDICATES))

    def _languageIn(self, shape: Term, _: int) -> None:
        if not any(s == shape and p == sh("languageIn") for s, p, _o in self.triples):
            self.add(
                shape,
                "languageIn",
                self.list([terms.literal(tag) for tag in (("en",), ("id", "en"), ("de",))[self.whole(0, 2)]]),
            )

    def _minCount(self, shape: Term, _: int) -> None:
        if not any(s == shape and p == sh("minCount") for s, p, _o in self.triples):
            self.add(shape, "minCount", typed(str(self.whole(0, 3)), "integer"))

    def _maxCount(self, shape: Term, _: int) -> None:
        if not any(s == shape and p == sh("maxCount") for s, p, _o in self.triples):
            self.add(shape, "maxCount", typed(str(self.whole(0, 2)), "integer"))

    def _lessThan(self, shape: Term, _: int) -> None:
        self.add(shape, ("lessThan", "lessThanOrEquals")[self.whole(0, 1)], self.one_of(PREDICATES))

    def _uniqueLang(self, shape: Term, _: int) -> None:
        if not any(s == shape and p == sh("uniqueLang") for s, p, _o in self.triples):
            self.add(shape, "uniqueLang", TRUE)

    def _closed(self, shape: Term, _: int) -> None:
        if not any(s == shape and p == sh("closed") for s, p, _o in self.triples):
            self.add(shape, "closed", TRUE)
            self.add(shape, "ignoredProperties", self.list([TYPE, self.one_of(PREDICATES)]))

    def _inner(self, depth: int) -> Term:
        return self.shape(depth - 1, property_shape=self.whole(0, 1) == 1)

    def _not(self, shape: Term, depth: int) -> None:
        self.add(shape, "not", self._inner(depth))

    def _and(self, shape: Term, depth: int) -> None:
        self.add(shape, "and", self.list([self._inner(depth), self._inner(depth)]))

    def _or(self, shape: Term, depth: int) -> None:
        self.add(shape, "or", self.list([self._inner(depth), self._inner(depth)]))

    def _xone(self, shape: Term, depth: int) -> None:
        self.add(shape, "xone", self.list([self._inner(depth), self._inner(depth)]))

    def _node(self, shape: Term, depth: int) -> None:
        self.add(shape, "node", self.shape(depth - 1, property_shape=False))

    def _property(self, shape: Term, depth: int) -> None:
        self.add(shape, "property", self.shape(depth - 1, property_shape=True))

    def _qualified(self, shape: Term, depth: int) -> None:
        if not any(s == shape and p == sh("qualifiedValueShape") for s, p, _o in self.triples):
            self.add(shape, "qualifiedValueShape", self._inner(depth))
            self.add(
                shape,
                ("qualifiedMinCount", "qualifiedMaxCount")[self.whole(0, 1)],
                typed(str(self.whole(0, 2)), "integer"),
            )
            if self.whole(0, 1):
                self.add(shape, "qualifiedValueShapesDisjoint", TRUE)

    def target(self, shape: Term) -> None:
        kind = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")[self.whole(0, 3)]
        choices = {"targetNode": NODES[:3] + LITERALS[:4], "targetClass": CLASSES}.get(kind, PREDICATES)
        self.add(shape, kind, self.one_of(choices))


@st.composite
def shapes_graphs(draw: Callable[[st.SearchStrategy[object]], object]) -> tuple[Triple, ...]:
    """One or two target shapes, with what they need."""
    drawing = Drawing(draw)
    for _ in range(drawing.whole(1, 2)):
        shape = drawing.shape(2, property_shape=drawing.whole(0, 2) == 0)
        for _ in range(drawing.whole(1, 2)):
            drawing.target(shape)
    return tuple(dict.fromkeys(drawing.triples))
