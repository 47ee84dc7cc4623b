"""Which queries may go to the embedded store: those built of nothing but what it does as SPARQL 1.1 has it.

What is not in these lists is not taken. Left out on purpose: division, products and averages (digits), `SAMPLE` and
`GROUP_CONCAT` (any order will do), regular expressions of another dialect, `GRAPH`, durations, `STRDT` and `STRLANG` (normalised),
and what differs from one call to the next (`NOW` does not: SPARQL has it the same in all of a query).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import paths as given
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import BNode, Literal, Node, URIRef, Variable

from mcqms_kg.errors import Unsupported
from mcqms_kg.graph.columns import tags
from mcqms_kg.graph.rdflib_bridge import to_term
from mcqms_kg.model import Term
from mcqms_kg.namespaces import XSD
from mcqms_kg.shacl.embedded.regular import same_pattern, same_replacement
from mcqms_kg.shacl.embedded.seeding import as_select, seeded
from mcqms_kg.shacl.plans.question import Question, Traits
from mcqms_kg.shacl.sparql.queries import parsed, parts

_FORMS = {
    "STR", "DATATYPE", "STRLEN", "SUBSTR", "UCASE", "LCASE", "STRSTARTS", "STRENDS", "CONTAINS", "STRBEFORE", "STRAFTER",
    "CONCAT", "ENCODE_FOR_URI", "IRI", "URI", "sameTerm", "REGEX", "REPLACE",
}  # fmt: skip
_OF_MOMENTS = {"YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "NOW"}
_BUILTINS = _FORMS | _OF_MOMENTS | {
    "BOUND", "IF", "COALESCE", "EXISTS", "NOTEXISTS", "isIRI", "isURI", "isBLANK", "isLITERAL", "isNUMERIC", "LANG", "LANGMATCHES",
}  # fmt: skip
_NODES = {
    "SelectQuery", "AskQuery", "Project", "Distinct", "BGP", "Join", "LeftJoin", "Union", "Filter", "Extend", "ToMultiSet",
    "AggregateJoin", "Group", "OrderBy", "OrderCondition", "TrueFilter", "Aggregate_Count", "Aggregate_Sum", "Aggregate_Min",
    "Aggregate_Max", "Aggregate_Sample", "ConditionalAndExpression", "ConditionalOrExpression", "RelationalExpression",
    "AdditiveExpression", "UnaryNot", "Function",
}  # fmt: skip
_CASTS = {XSD + name for name in ("integer", "decimal", "double", "float", "boolean", "string", "dateTime", "date")}
_ORDERS = {"<", ">", "<=", ">="}


def select_question(text: str, bound: frozenset[str], seeds: tuple[str, ...], wanted: Iterable[str]) -> Question:
    """A SELECT query as a question to the store. Raises `Unsupported` where the store may answer otherwise than SPARQL 1.1."""
    algebra = parsed(text, bound)
    selected = {str(v) for v in algebra.PV}
    if "this" not in selected:
        raise Unsupported("A query that does not select $this")
    columns = tuple(dict.fromkeys(name for name in ("this", *wanted) if name in selected))
    is_cut = any(part.name == "Slice" for part in parts(algebra))
    if is_cut:
        algebra = _whole(algebra, columns if seeds else ())
    found = tuple(parts(algebra))
    computed = {str(part.var) for part in found if part.name == "Extend"} & set(columns) - _grouped_by(found)
    own = computed & _numbers(found)
    traits = _traits(algebra, gives_computed=bool(computed - own))
    return Question(seeded(text, seeds), seeds, columns, traits, is_cut, frozenset(own))


def ask_question(text: str, bound: frozenset[str], seeds: tuple[str, ...]) -> Question:
    """An ASK query as a question for the pre-bound values for which it says yes."""
    algebra = parsed(text, bound)
    if any(part.name in ("AggregateJoin", "Slice") for part in parts(algebra)):
        raise Unsupported("A condition on groups in an ASK query")
    return Question(seeded(as_select(text, seeds), seeds), seeds, seeds, _traits(algebra, gives_computed=False), False)


def _traits(algebra: CompValue, *, gives_computed: bool) -> Traits:
    _refuse_beyond(algebra)
    found = tuple(parts(algebra))
    names = {part.name.removeprefix("Builtin_") for part in found}
    operators = {str(part.op) for part in found if part.name == "RelationalExpression"}
    nodes = set(_constants(algebra))
    patterns = [triple for part in found if part.name == "BGP" for triple in part.triples]
    return Traits(
        predicates=None if _has_empty_paths(patterns) else _predicates(patterns),
        constants=frozenset(to_term(node) for node in nodes),
        literals=frozenset(to_term(node) for node in nodes if isinstance(node, Literal)),
        reads_forms=bool(names & _FORMS) or "Function" in names,
        gives_computed=gives_computed,
        reads_tags=_reads_tags(algebra),
        compares=bool(operators) or "Aggregate_Min" in names or "Aggregate_Max" in names,
        orders=_orders(found) or "Aggregate_Min" in names or "Aggregate_Max" in names,
        sums="Aggregate_Sum" in names or "AdditiveExpression" in names,
        casts="Function" in names,
        reads_moments=bool(names & _OF_MOMENTS),
        asks_now="NOW" in names,
        has_empty_paths=_has_empty_paths(patterns),
    )


def _refuse_beyond(algebra: CompValue) -> None:
    for part in parts(algebra):
        name = part.name
        known = name.removeprefix("Builtin_") in _BUILTINS if name.startswith("Builtin_") else name in _NODES
        if not known:
            raise Unsupported(f"SPARQL's {name.removeprefix('Builtin_')}, which the embedded store is not asked")
        if name == "Function" and (str(part.iri) not in _CASTS or not _is_as_written(part.expr)):
            raise Unsupported(f"The function {part.iri}, which the embedded store is not asked in this way")
        if name == "Aggregate_Sum" and part.distinct:
            raise Unsupported("A sum of what is distinct, which the embedded store is not asked")
        if name in ("Builtin_REGEX", "Builtin_REPLACE") and not _is_same_pattern(part):
            raise Unsupported("A regular expression that may mean something else to the embedded store")
        if name == "AggregateJoin":
            _refuse_samples(part)


def _is_same_pattern(part: CompValue) -> bool:
    flags = str(part.flags or "")
    if not isinstance(part.pattern, Literal) or not isinstance(part.flags, Literal | None):
        return False
    if part.name == "Builtin_REGEX":
        return same_pattern(str(part.pattern), flags)
    return isinstance(part.replacement, Literal) and same_replacement(str(part.pattern), str(part.replacement), flags)


def _is_as_written(arguments: list[object]) -> bool:
    """Whether what is cast is a variable or its text, so that the literals of the data tell whether it can be."""
    (argument,) = arguments
    if isinstance(argument, CompValue) and argument.name == "Builtin_STR":
        argument = argument.arg
    return isinstance(argument, Variable)


def _refuse_samples(join: CompValue) -> None:
    """A sample of what is grouped by is that; any other is any value at all, and groups without $this would mix the nodes."""
    keys = {str(key) for key in join.p.expr or () if isinstance(key, Variable)}
    for aggregate in join.A:
        if aggregate.name == "Aggregate_Sample" and str(aggregate.vars) not in keys:
            raise Unsupported("SPARQL's SAMPLE, which the embedded store is not asked")
    if "this" not in keys:
        raise Unsupported("Groups of many nodes, which the embedded store is not asked")


def _whole(algebra: CompValue, alike: tuple[str, ...]) -> CompValue:
    """The query without its `LIMIT`, which may cut any solutions off: that does no harm where all of a node's are alike."""
    whole = CompValue(algebra.name, **{**algebra, "p": algebra.p.p}) if algebra.p.name == "Slice" else algebra
    if alike != ("this",) or any(part.name == "Slice" for part in parts(whole)):
        raise Unsupported("SPARQL's LIMIT, which the embedded store is not asked")
    return whole


def _predicates(patterns: Iterable[tuple[Node, object, Node]]) -> frozenset[Term] | None:
    found: set[Term] = set()
    for _, predicate, _ in patterns:
        if isinstance(predicate, Variable | BNode):
            return None
        mentioned = set(_iris_of(predicate))
        if None in mentioned:
            return None
        found |= {to_term(iri) for iri in mentioned if iri is not None}
    return frozenset(found)


def _iris_of(path: object) -> Iterator[URIRef | None]:
    """The predicates of a path; nothing among them where it may take any."""
    if isinstance(path, URIRef):
        yield path
    elif isinstance(path, given.NegatedPath):
        yield None
    elif isinstance(path, given.Path):
        for inner in getattr(path, "args", None) or (getattr(path, "arg", None) or getattr(path, "path", None),):
            yield from _iris_of(inner)


def _has_empty_paths(patterns: Iterable[tuple[Node, object, Node]]) -> bool:
    """Whether a path may be of length zero; from a term that stands in the query, it may not exist in the store."""
    found = [(s, p, o) for s, p, o in patterns if _may_be_empty(p)]
    if any(not isinstance(end, Variable | BNode) for s, _, o in found for end in (s, o)):
        raise Unsupported("A path of length zero from a term of the query, which the embedded store is not asked")
    return bool(found)


def _may_be_empty(path: object) -> bool:
    if isinstance(path, given.MulPath):
        return path.mod != "+" or _may_be_empty(path.path)
    if isinstance(path, given.SequencePath):
        return all(map(_may_be_empty, path.args))
    if isinstance(path, given.AlternativePath):
        return any(map(_may_be_empty, path.args))
    return isinstance(path, given.InvPath) and _may_be_empty(path.arg)


def _orders(found: Iterable[CompValue]) -> bool:
    """Whether terms of the data are ordered among themselves: next to a number or moment, the store errs where SPARQL does."""
    found = tuple(found)
    given = _numbers(found)
    relations = (part for part in found if part.name == "RelationalExpression" and str(part.op) in _ORDERS)
    return not all(_is_plain(part.expr, given) or _is_plain(part.other, given) for part in relations)


def _numbers(found: Iterable[CompValue]) -> set[str]:
    """Variables that are certainly computed numbers or moments, if they are bound."""
    found = tuple(found)
    known = {str(a.res) for part in found if part.name == "AggregateJoin" for a in part.A if _counts(a)}
    for _ in range(2):
        known |= {str(part.var) for part in found if part.name == "Extend" and _is_plain(part.expr, known)}
    return known


def _grouped_by(found: Iterable[CompValue]) -> set[str]:
    """Variables of the data that are grouped by: rdflib extends each group by its own."""
    return {str(key) for part in found if part.name == "Group" for key in part.expr or () if isinstance(key, Variable)}


def _counts(aggregate: CompValue) -> bool:
    return aggregate.name in ("Aggregate_Count", "Aggregate_Sum")


def _is_plain(expression: object, given: set[str]) -> bool:
    """Whether it is certainly a number or moment, or an error."""
    if isinstance(expression, Literal):
        return to_term(expression).endswith(">") and tags.tag_of(to_term(expression)) in tags.VALUED
    if isinstance(expression, Variable):
        return str(expression) in given
    if not isinstance(expression, CompValue):
        return False
    cast = expression.name == "Function" and str(expression.iri) not in (XSD + "string", XSD + "boolean")
    computed = ("AdditiveExpression", "Builtin_STRLEN", *(f"Builtin_{name}" for name in _OF_MOMENTS))
    return cast or expression.name in computed


def _reads_tags(algebra: CompValue) -> bool:
    """`LANGMATCHES(LANG(…), …)` takes no notice of case; any other use of a tag may."""
    read = sum(part.name == "Builtin_LANG" for part in parts(algebra))
    matched = [part.arg1 for part in parts(algebra) if part.name == "Builtin_LANGMATCHES"]
    return read > sum(isinstance(arg, CompValue) and arg.name == "Builtin_LANG" for arg in matched)


def _constants(node: object) -> Iterator[URIRef | Literal]:
    for part in parts(node):
        for key in part:
            yield from _leaves(getattr(part, key))


def _leaves(value: object) -> Iterator[URIRef | Literal]:
    if isinstance(value, URIRef | Literal):
        yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)
