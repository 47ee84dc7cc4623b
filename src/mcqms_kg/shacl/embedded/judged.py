"""Which queries may go to the embedded store: those built of nothing but what it does as SPARQL 1.1 has it.

What is not in these lists is not taken. Left out on purpose: division, products and averages (digits), `SAMPLE` and
`GROUP_CONCAT` (any order will do), regular expressions of another dialect, `GRAPH`, durations, `STRDT` and `STRLANG` (normalised),
and what differs from one call to the next (`NOW` does not: SPARQL has it the same in all of a query).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph import terms
from mcqms_kg.graph.columns import tags
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.embedded.regular import same_pattern, same_replacement
from mcqms_kg.shacl.embedded.seeding import as_select, seeded
from mcqms_kg.shacl.plans.question import Question, Traits
from mcqms_kg.shacl.sparql.queries import parsed
from mcqms_kg.sparql import algebra, paths
from mcqms_kg.sparql.expressions import Aggregate, Call, Expression, FunctionCall, Variable
from mcqms_kg.sparql.paths import TriplePattern
from mcqms_kg.sparql.walk import parts
from mcqms_kg.values import replaced

_FORMS = {
    "STR", "DATATYPE", "STRLEN", "SUBSTR", "UCASE", "LCASE", "STRSTARTS", "STRENDS", "CONTAINS", "STRBEFORE", "STRAFTER",
    "CONCAT", "ENCODE_FOR_URI", "IRI", "URI", "SAMETERM", "REGEX", "REPLACE",
}  # fmt: skip
_OF_MOMENTS = {"YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "NOW"}
_ORDERS = {"<", ">", "<=", ">="}
_RELATIONS = _ORDERS | {"=", "!=", "IN", "NOT IN"}
_SUMS = {"+", "-"}
_FUNCTIONS = _FORMS | _OF_MOMENTS | _RELATIONS | _SUMS | {
    "&&", "||", "!", "BOUND", "IF", "COALESCE", "ISIRI", "ISURI", "ISBLANK", "ISLITERAL", "ISNUMERIC", "LANG", "LANGMATCHES",
}  # fmt: skip
_AGGREGATES = {"COUNT", "SUM", "MIN", "MAX", "SAMPLE"}
_BEYOND = (algebra.Minus, algebra.Graph, algebra.Service, algebra.Values, algebra.Reduced, algebra.Slice)
_CASTS = {XSD + name for name in ("integer", "decimal", "double", "float", "boolean", "string", "dateTime", "date")}


def select_question(text: str, bound: frozenset[str], seeds: tuple[str, ...], wanted: Iterable[str]) -> Question:
    """A SELECT query as a question to the store. Raises `Unsupported` where the store may answer otherwise than SPARQL 1.1."""
    query = parsed(text, bound)
    selected = {variable.name for variable in query.variables}
    if "this" not in selected:
        raise Unsupported("A query that does not select $this")
    columns = tuple(dict.fromkeys(name for name in ("this", *wanted) if name in selected))
    is_cut = any(isinstance(part, algebra.Slice) for part in parts(query))
    if is_cut:
        query = _whole(query, columns if seeds else ())
    found = tuple(parts(query))
    computed = {part.variable.name for part in found if isinstance(part, algebra.Extend)} & set(columns)
    own = computed & _numbers(found)
    traits = _traits(query, gives_computed=bool(computed - own))
    return Question(seeded(text, seeds), seeds, columns, traits, is_cut, frozenset(own))


def ask_question(text: str, bound: frozenset[str], seeds: tuple[str, ...]) -> Question:
    """An ASK query as a question for the pre-bound values for which it says yes."""
    query = parsed(text, bound, "ASK")
    if any(isinstance(part, algebra.AggregateJoin | algebra.Slice) for part in parts(query)):
        raise Unsupported("A condition on groups in an ASK query")
    return Question(seeded(as_select(text, seeds), seeds), seeds, seeds, _traits(query, gives_computed=False), False)


def _traits(query: algebra.Query, *, gives_computed: bool) -> Traits:
    found = tuple(parts(query))
    for part in found:
        _refuse_beyond(part)
    functions = {part.function for part in found if isinstance(part, Call)}
    aggregates = {part.function for part in found if isinstance(part, Aggregate)}
    casts = any(isinstance(part, FunctionCall) for part in found)
    takes_extremes = bool(aggregates & {"MIN", "MAX"})
    constants = frozenset(_constants(found))
    patterns = [part for part in found if isinstance(part, TriplePattern)]
    has_empty_paths = _has_empty_paths(patterns)
    return Traits(
        predicates=None if has_empty_paths else _predicates(patterns),
        constants=constants,
        literals=frozenset(filter(terms.is_literal, constants)),
        reads_forms=bool(functions & _FORMS) or casts,
        gives_computed=gives_computed,
        reads_tags=_reads_tags(found),
        compares=bool(functions & _RELATIONS) or takes_extremes,
        orders=_orders(found) or takes_extremes,
        sums="SUM" in aggregates or bool(functions & _SUMS),
        casts=casts,
        reads_moments=bool(functions & _OF_MOMENTS),
        asks_now="NOW" in functions,
        has_empty_paths=has_empty_paths,
    )


def _refuse_beyond(part: object) -> None:
    match part:
        case Call(function=function, arguments=arguments):
            if function not in _FUNCTIONS or (function in _SUMS and len(arguments) == 1):
                raise Unsupported(f"SPARQL's {function}, which the embedded store is not asked")
            if function in ("REGEX", "REPLACE") and not _is_same_pattern(function, arguments):
                raise Unsupported("A regular expression that may mean something else to the embedded store")
        case FunctionCall(iri=iri, arguments=arguments):
            if terms.iri_text(iri) not in _CASTS or not _is_as_written(arguments):
                raise Unsupported(
                    f"The function {terms.iri_text(iri)}, which the embedded store is not asked in this way"
                )
        case Aggregate(function=function, distinct=distinct):
            if function not in _AGGREGATES:
                raise Unsupported(f"SPARQL's {function}, which the embedded store is not asked")
            if function == "SUM" and distinct:
                raise Unsupported("A sum of what is distinct, which the embedded store is not asked")
        case algebra.AggregateJoin():
            _refuse_samples(part)
        case _ if isinstance(part, _BEYOND):
            raise Unsupported(f"SPARQL's {type(part).__name__}, which the embedded store is not asked")


def _is_same_pattern(function: str, arguments: tuple[Expression, ...]) -> bool:
    texts = [terms.lexical(one) for one in arguments[1:] if isinstance(one, str) and terms.is_literal(one)]
    if len(texts) < len(arguments) - 1:
        return False
    if function == "REGEX":
        return same_pattern(texts[0], "".join(texts[1:]))
    return same_replacement(texts[0], texts[1], "".join(texts[2:]))


def _is_as_written(arguments: tuple[Expression, ...]) -> bool:
    """Whether what is cast is a variable or its text, so that the literals of the data tell whether it can be."""
    match arguments:
        case (Variable(),) | (Call(function="STR", arguments=(Variable(),)),):
            return True
    return False


def _refuse_samples(join: algebra.AggregateJoin) -> None:
    """A sample of what is grouped by is that; any other is any value at all, and groups without $this would mix the nodes."""
    for _, aggregate in join.aggregates:
        if aggregate.function == "SAMPLE" and aggregate.argument not in join.keys:
            raise Unsupported("SPARQL's SAMPLE, which the embedded store is not asked")
    if Variable("this") not in join.keys:
        raise Unsupported("Groups of many nodes, which the embedded store is not asked")


def _whole(query: algebra.Query, alike: tuple[str, ...]) -> algebra.Query:
    """The query without its `LIMIT`, which may cut any solutions off: that does no harm where all of a node's are alike."""
    whole = replaced(query, pattern=query.pattern.pattern) if isinstance(query.pattern, algebra.Slice) else query
    if alike != ("this",) or any(isinstance(part, algebra.Slice) for part in parts(whole)):
        raise Unsupported("SPARQL's LIMIT, which the embedded store is not asked")
    return whole


def _predicates(patterns: Iterable[TriplePattern]) -> frozenset[Term] | None:
    """Those of the patterns; nothing where one may take any."""
    found: set[Term] = set()
    for pattern in patterns:
        if isinstance(pattern.predicate, Variable):
            return None
        mentioned = set(_iris_of(pattern.predicate))
        if None in mentioned:
            return None
        found |= {iri for iri in mentioned if iri is not None}
    return frozenset(found)


def _iris_of(path: paths.Path) -> Iterator[Term | None]:
    """The predicates of a path; nothing among them where it may take any."""
    match path:
        case str():
            yield path
        case paths.Negated():
            yield None
        case paths.Sequence(steps=inner) | paths.Alternative(choices=inner):
            for one in inner:
                yield from _iris_of(one)
        case _:
            yield from _iris_of(path.path)


def _has_empty_paths(patterns: Iterable[TriplePattern]) -> bool:
    """Whether a path may be of length zero; from a term that stands in the query, it may not exist in the store."""
    found = [pattern for pattern in patterns if _may_be_empty(pattern.predicate)]
    ends = (end for pattern in found for end in (pattern.subject, pattern.object))
    if any(isinstance(end, str) and not terms.is_blank(end) for end in ends):
        raise Unsupported("A path of length zero from a term of the query, which the embedded store is not asked")
    return bool(found)


def _may_be_empty(path: paths.Path | Variable) -> bool:
    match path:
        case paths.ZeroOrMore() | paths.ZeroOrOne():
            return True
        case paths.OneOrMore(path=inner) | paths.Inverse(path=inner):
            return _may_be_empty(inner)
        case paths.Sequence(steps=steps):
            return all(map(_may_be_empty, steps))
        case paths.Alternative(choices=choices):
            return any(map(_may_be_empty, choices))
    return False


def _orders(found: Iterable[object]) -> bool:
    """Whether terms of the data are ordered among themselves: next to a number or moment, the store errs where SPARQL does."""
    found = tuple(found)
    given = _numbers(found)
    relations = (part.arguments for part in found if isinstance(part, Call) and part.function in _ORDERS)
    return not all(any(_is_plain(side, given) for side in sides) for sides in relations)


def _numbers(found: Iterable[object]) -> set[str]:
    """Variables that are certainly computed numbers or moments, if they are bound."""
    found = tuple(found)
    joins = (part for part in found if isinstance(part, algebra.AggregateJoin))
    known = {name.name for join in joins for name, one in join.aggregates if one.function in ("COUNT", "SUM")}
    for _ in range(2):
        extended = (part for part in found if isinstance(part, algebra.Extend))
        known |= {part.variable.name for part in extended if _is_plain(part.expression, known)}
    return known


def _is_plain(expression: Expression, given: set[str]) -> bool:
    """Whether it is certainly a number or moment, or an error."""
    match expression:
        case str():
            return expression.endswith(">") and tags.tag_of(expression) in tags.VALUED
        case Variable(name=name):
            return name in given
        case FunctionCall(iri=iri):
            return terms.iri_text(iri) not in (XSD + "string", XSD + "boolean")
        case Call(function=function):
            return function in _SUMS | _OF_MOMENTS | {"STRLEN"}
    return False


def _reads_tags(found: Iterable[object]) -> bool:
    """`LANGMATCHES(LANG(…), …)` takes no notice of case; any other use of a tag may."""
    calls = [part for part in found if isinstance(part, Call)]
    read = sum(call.function == "LANG" for call in calls)
    matched = [call.arguments[0] for call in calls if call.function == "LANGMATCHES"]
    return read > sum(isinstance(one, Call) and one.function == "LANG" for one in matched)


def _constants(found: Iterable[object]) -> Iterator[Term]:
    """The terms that stand in a query, but not in its paths, and not blank nodes."""
    for part in found:
        for one in _within(part):
            if isinstance(one, str) and not terms.is_blank(one):
                yield Term(one)


def _within(part: object) -> tuple[object, ...]:
    """Where terms can stand in a part of a query."""
    match part:
        case TriplePattern(subject=subject, predicate=predicate, object=object_):
            return subject, predicate, object_
        case Call(arguments=arguments):
            return arguments
        case FunctionCall(iri=iri, arguments=arguments):
            return iri, *arguments
        case Aggregate(argument=expression) | algebra.Extend(expression=expression):
            return (expression,)
        case algebra.Filter(condition=condition) | algebra.LeftJoin(condition=condition):
            return (condition,)
    return ()
