"""What Python says of terms is what SQL says of them; what a change adds to the tables is what loading makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from mcqms_kg.graph import terms
from mcqms_kg.graph.columns.columns import Columns
from mcqms_kg.model import Quad, Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl import columns
from mcqms_kg.shacl.change.incremental import revalidate
from mcqms_kg.shacl.near.known import decided
from mcqms_kg.shacl.near.near import Near
from mcqms_kg.shacl.near.question import Question
from mcqms_kg.shacl.near.said import ASK
from mcqms_kg.shacl.plans.plan import Call, Const, Expression, Var
from shacl.shapes_in_turtle import turtle

LITERALS = {
    "integer": ("1", "01", "-7", "one", "9007199254740993", ""),
    "decimal": ("1.0", "0.5", ".", "123456789012345678.25", "-0.0"),
    "double": ("1.0", "NaN", "INF", "1e3"),
    "float": ("1.0", "0.1"),
    "boolean": ("true", "1", "yes"),
    "date": ("2020-01-01", "2020-01-01Z", "2020-01-01+01:00", "2020-02-30", "2019-12-31"),
    "dateTime": ("2020-01-01T00:00:00", "2020-01-01T00:00:00.5Z", "2020-01-01T24:00:00Z", "now"),
    "dateTimeStamp": ("2020-01-01T00:00:00Z", "2020-01-01T00:00:00"),
    "duration": ("P1M", "P30D", "PT0.5S", "P"),
    "hexBinary": ("ab", "AB", "abc"),
    "string": ("", "a", "a$", "https://example.org/x", "B", "aé😀", 'say "so"', "a\nb", "\u00e9", "\U0001f600"),
    "anyURI": ("a",),
}
TEXTS = [terms.literal(t, datatype="" if d == "string" else XSD + d) for d, all_ in LITERALS.items() for t in all_]
TAGGED = [terms.literal("x", language=tag) for tag in ("en", "en-gb", "de", "eng")]
NODES = [terms.iri("https://example.org/a"), terms.iri("https://example.org/é"), Term("_:b")]
ALL = [*TEXTS, *TAGGED, *NODES, terms.literal("x", datatype="https://example.org/type")]
SHAPES = turtle("ex:shape sh:targetNode ex:nobody ; sh:path ex:p ; sh:maxLength 3 ; sh:minExclusive 1 .")
a, b = Var("a"), Var("b")
EXPRESSIONS: dict[str, Expression] = {
    **{name: Call(name, (a, b)) for name in ("less", "less_or_equal", "greater", "greater_or_equal", "equal")},
    "less than a constant": Call("less", (a, Const(terms.literal("1", datatype=XSD + "integer")))),
    "at least a constant": Call("less_or_equal", (Const(terms.literal("2020-01-01", datatype=XSD + "date")), a)),
    "more than a text": Call("greater", (a, Const(terms.literal("a")))),
    "is a node": Call("equal", (a, Const(NODES[0]))),
    **{f"has datatype {d}": Call("has_datatype", (a, XSD + d)) for d in ("integer", "string", "date")},
    "has another datatype": Call("has_datatype", (a, "https://example.org/type")),
    "is well-formed": Call("is_well_formed", (a, XSD + "integer")),
    **{f"has language {tag}": Call("has_language", (a, tag)) for tag in ("en", "EN-gb", "*")},
    "unequal": Call("unequal", (a, b)),
    "a sum": Call("less", (Call("add", (a, b)), Const(terms.literal("3", datatype=XSD + "decimal")))),
    "a difference": Call("greater_or_equal", (Call("absolute", (Call("subtract", (a, b)),)), b)),
    "a product": Call("equal", (Call("multiply", (a, Const(terms.literal("0.5", datatype=XSD + "decimal")))), b)),
    **{
        f"{word} {days} days": Call("less", (Call(word, (a, Const(terms.literal(days, datatype=XSD + "duration")))), b))
        for word in ("add", "subtract")
        for days in ("P180D", "PT36H")
    },
    **{
        f"matches {pattern}": Call("matches", (a, pattern, ""))
        for pattern in (
            r"^[0-9]+$",
            r"a|b",
            r"\d\d\d\d-0",
            r"^\w$",
            r"\.",
            "^.$",
            "^a..$",
            "^[^0-9]{1,3}$",
            "^a?[^a]{0,2}$",
            "^2.*-01$",
            "^[a-zé]+$",
            "^https?://[^/ ]+/",
            "a$",
            "^$",
            r"^a\$",
            r"^2020\-",
            "^[^a]*?[^b-z]$",
        )
    },
    "matches in any case": Call("matches", (a, "^b", "i")),
    **{f"{word} long": Call(word, (Call("length", (a,)), 3)) for word in ("at_least", "at_most", "exactly")},
}


def quads(values: list[Term]) -> list[Quad]:
    s, p = terms.iri("https://example.org/s"), terms.iri("https://example.org/p")
    return [(s, p, value, None) for value in values]


@pytest.fixture(scope="module")
def near() -> Iterator[tuple[Columns, Near]]:
    with Columns.load(quads(ALL)) as loaded:
        loaded.ensure_literals()
        loaded.ensure_values()
        yield loaded, Near.of(loaded, SHAPES)


@pytest.mark.parametrize("name", EXPRESSIONS)
def test_python_says_what_sql_says(name: str, near: tuple[Columns, Near]) -> None:
    expression = EXPRESSIONS[name]
    assert isinstance(expression, Call)
    names = ("a", "b") if b in sides_of(expression) else ("a",)
    _, opened = near
    numbers = opened.dictionary.numbers(ALL)
    of = decided(expression)
    given = list(product(ALL, repeat=len(names)))
    said = {some: of(sides_in(expression, dict(zip(names, some, strict=True)))) if of else ASK for some in given}
    told = [some for some in given if said[some] is not ASK]
    question = Question(expression, names, is_condition=True)
    question.waiting = dict.fromkeys(tuple(numbers[term] for term in some) for some in told)
    opened.questions.asked = {(expression, True, frozenset()): question}
    opened.questions.ask()
    for some in told:
        assert said[some] == question.answers[tuple(numbers[term] for term in some)], some
    assert told or of is None


def sides_in(call: Call, given: dict[str, Term]) -> tuple[Term, ...]:
    return tuple(side.term if isinstance(side, Const) else given[side.name] for side in sides_of(call))


def sides_of(call: Call) -> list[Var | Const]:
    found: list[Var | Const] = []
    for argument in call.arguments:
        if isinstance(argument, Call):
            found += sides_of(argument)
        elif isinstance(argument, Var | Const):
            found.append(argument)
    return found


def test_a_change_derives_what_loading_derives() -> None:
    plain = [term for term in ALL if not any(d in term for d in ("9007199254740993", "12345678901234", "0.5S", "PT"))]
    with Columns.load(quads(plain)) as whole, Columns.load(quads(NODES)) as changing:
        report = columns.validate(changing, SHAPES)
        for loaded in (whole, changing):
            loaded.ensure_literals()
            loaded.ensure_values()
        revalidate(changing, SHAPES, report, quads(plain), [])
        columns.validate(whole, SHAPES)
        for table in ("literal", "value", "ill_formed"):
            rows = f"SELECT * FROM {table} WHERE id IN (SELECT o FROM triple) ORDER BY ALL"
            assert changing.connection.execute(rows).fetchall() == whole.connection.execute(rows).fetchall(), table


def test_a_new_term_with_the_number_of_another_is_told_apart() -> None:
    shapes = turtle("ex:shape sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:in ( ex:a ) .")
    quick = "(hash(left(t, 22)) >> 8)::BIGINT"
    first, second = ([(*t, None) for t in turtle(f"ex:s ex:p ex:{name} .")] for name in ("a", "ab"))
    with Columns.load(first, digest=quick) as changing:
        report = columns.validate(changing, shapes)
        assert report.conforms
        report = revalidate(changing, shapes, report, second, [])
        assert [result.value for result in report.results] == ["<https://example.org/ab>"]
        assert revalidate(changing, shapes, report, [], second).conforms
        assert set(changing.triples()) == {quad[:3] for quad in first}


def test_what_the_reference_engine_decided_is_asked_whole() -> None:
    shapes = turtle(
        "ex:shape sh:targetSubjectsOf ex:n ; sh:sparql [ sh:select "
        "'SELECT $this ?value WHERE { $this <https://example.org/n> ?value FILTER (?value * 2 > 3) }' ] ."
    )
    data = turtle("ex:s ex:n 1 , 2 , 99999999999999999999999999999999999.5 .")
    beyond = [(*triple, None) for triple in data if "9999" in triple[2]]
    with Columns.load((*triple, None) for triple in data) as changing:
        report = columns.validate(changing, shapes)
        assert set(report.engines.values()) == {"reference"}
        for added, removed in (([], beyond), (beyond, [])):
            report = revalidate(changing, shapes, report, added, removed)
            assert report == columns.validate(changing, shapes)
        assert set(report.engines.values()) == {"reference"}
