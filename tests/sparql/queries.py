"""Queries made up by hypothesis, of everything that both our reader and rdflib know.

Left out is what rdflib gets wrong: constants that are false to Python it takes for nothing, `+1` for `1`, and labels of blank nodes
it lets stand anywhere.
"""

from __future__ import annotations

from hypothesis import strategies as st

_NAMES = st.sampled_from(["?a", "?b", "$c", "?this"])
_IRIS = st.sampled_from(["<http://e/p>", "ex:q", "ex:r-1", ":s", "<t>", "ex:", "ex:%41b"])
_NUMBERS = st.sampled_from(["1", "01", "1.50", ".5", "1e3", "2.E-1", "-1"])
_TEXTS = st.sampled_from(
    ['"a"', "'b'", "'''c\"\n'd'''", '"\\u0041\\n\\t"@en', "'x'@EN-gb", '"1"^^xsd:integer', "'y'^^<t>", '"\\\\"']
)
_CONSTANTS = st.one_of(_IRIS, _NUMBERS, _TEXTS, st.sampled_from(["true", "TRUE"]))
_ONE_ARGUMENT = "STR str LANG DATATYPE IRI ABS CEIL STRLEN UCASE LCASE YEAR TZ isIRI isLITERAL isNumeric MD5"
_TWO_ARGUMENTS = "LANGMATCHES CONTAINS STRBEFORE STRLANG STRDT sameTerm REGEX SUBSTR"
_ONE, _TWO = (st.sampled_from(names.split()) for names in (_ONE_ARGUMENT, _TWO_ARGUMENTS))
_SPACE = st.sampled_from([" ", "\n", "  # a comment {\n\t"])


def _paths(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("{}/{}".format, inner, inner),
        st.builds("({}|{})".format, inner, inner),
        st.builds("({}){}".format, inner, st.sampled_from("*+?")),
        st.builds("^({})".format, inner),
        st.builds("!({}|{})".format, _IRIS, _IRIS),
    )


_PATHS = st.recursive(st.one_of(_IRIS, st.just("a")), _paths, max_leaves=4)
_NODES = st.one_of(_NAMES, _CONSTANTS, st.just("[]"))
_OBJECTS = st.one_of(_NODES, st.sampled_from(["[ :s ?b ; a 1 ]", "( ?a 1 )", "()", '?a , "o"']))
_VERBS = st.one_of(_PATHS, _NAMES)
_TRIPLES = st.builds("{} {} {}".format, st.one_of(_NAMES, _IRIS), _VERBS, _OBJECTS)
_MORE = st.builds("{} {} {} ; {} {}".format, _NAMES, _VERBS, _OBJECTS, _VERBS, _OBJECTS)
_BLOCKS = st.lists(st.one_of(_TRIPLES, _MORE), min_size=1, max_size=3).map(" . ".join)


def _conditions(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Larger expressions; those without parentheses show how strongly operators bind."""
    signs = st.sampled_from(["+", "-", "*", "/", "&&", "||"])
    relations = st.sampled_from(["=", "!=", "<", ">", "<=", ">="])
    return st.one_of(
        st.builds("{} {} {}".format, inner, signs, inner),
        st.builds("({} {} {})".format, inner, relations, inner),
        st.builds("({}) {} ({})".format, inner, signs, inner),
        st.builds("{}({})".format, st.sampled_from("!-+"), inner),
        st.builds("{}({})".format, _ONE, inner),
        st.builds("{}({}, {})".format, _TWO, inner, inner),
        st.builds("IF({}, {}, {})".format, inner, inner, inner),
        st.builds("{}({}, {})".format, st.sampled_from(["COALESCE", "concat"]), inner, inner),
        st.builds("({} {} ({}, {}))".format, inner, st.sampled_from(["IN", "NOT IN", "not in"]), inner, inner),
        st.builds("xsd:integer({})".format, inner),
        st.builds("BOUND({})".format, _NAMES),
        st.builds("?a{}".format, st.sampled_from(["-1", "+1.5", " -2*3", " - -1", " +4/2 -1"])),
    )


CONDITIONS = st.recursive(st.one_of(_NAMES, _CONSTANTS), _conditions, max_leaves=6)


def _groups(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    parts = st.one_of(
        _BLOCKS.map("{} .".format),
        st.builds("OPTIONAL {}".format, inner),
        st.builds("MINUS {}".format, inner),
        st.builds("{} UNION {}".format, inner, inner),
        inner,
        st.builds("GRAPH {} {}".format, st.one_of(_NAMES, _IRIS), inner),
        st.builds("FILTER ({})".format, CONDITIONS),
        st.builds("FILTER {} {}".format, st.sampled_from(["EXISTS", "NOT EXISTS", "not exists"]), inner),
        st.builds("FILTER (EXISTS {} || {})".format, inner, CONDITIONS),
        st.builds("VALUES (?a ?b) {{ ({} UNDEF) ({} {}) }}".format, _CONSTANTS, _CONSTANTS, _CONSTANTS),
        st.builds("VALUES ?a {{ {} }}".format, _CONSTANTS),
        st.builds("{{ SELECT {} ?a WHERE {} LIMIT 3 }}".format, st.sampled_from(["", "DISTINCT"]), inner),
    )
    return st.builds("{{{}{}}}".format, _SPACE, st.lists(parts, max_size=4).map(" ".join))


GROUPS = st.recursive(_BLOCKS.map("{{ {} }}".format), _groups, max_leaves=5)
_BIND = st.builds("{{ {} BIND ({} AS ?new) FILTER (?new) }}".format, GROUPS, CONDITIONS)
_WHERE = st.one_of(GROUPS, _BIND)
_ORDER = st.sampled_from(["", "ORDER BY ?a", "ORDER BY DESC(?a) ASC(?b)", "ORDER BY STR(?a) (?b + 1)"])
_LIMIT = st.sampled_from(["", "LIMIT 5", "OFFSET 2", "LIMIT 5 OFFSET 2", "offset 1 limit 2"])
_PLAIN = st.builds(
    "SELECT {} ?a ?b {} {} {}".format, st.sampled_from(["", "DISTINCT", "reduced"]), _WHERE, _ORDER, _LIMIT
)
_NAMED = st.builds("SELECT ?a ({} AS ?n1) WHERE {} {}".format, CONDITIONS, _WHERE, _LIMIT)
_ASK = st.builds("ASK {}".format, _WHERE)
_AGGREGATES = st.one_of(
    st.sampled_from(
        ["COUNT(*)", "COUNT(DISTINCT *)", "SAMPLE($c)", "GROUP_CONCAT(?b)", "GROUP_CONCAT(DISTINCT ?b; SEPARATOR=', ')"]
    ),
    st.builds("{}({})".format, st.sampled_from(["COUNT", "SUM", "min", "MAX", "Avg", "COUNT"]), CONDITIONS),
    st.builds("COUNT(DISTINCT {})".format, CONDITIONS),
)
_GROUPED = st.builds(
    "SELECT ?a ({} + 1 AS ?n1) ({} AS ?n2) WHERE {} GROUP BY {} {} {}".format,
    _AGGREGATES,
    _AGGREGATES,
    _WHERE,
    st.sampled_from(["?a", "?b ?a", "?a (STR(?b) AS ?k)", "?a (?b + 1)", "?a STR(?b)"]),
    st.one_of(
        st.just(""), st.builds("HAVING ({} > 1)".format, _AGGREGATES), st.just("HAVING (COUNT(?b) > 1) (?b != 2)")
    ),
    st.sampled_from(["", "ORDER BY ?n1", "ORDER BY DESC(COUNT(?b))"]),
)
_ALL = st.builds("SELECT COUNT_ALL WHERE {}".format, _WHERE).map(
    lambda text: text.replace("COUNT_ALL", "(COUNT(?a) AS ?n1)")
)
_PROLOGUE = "PREFIX : <http://e/> PREFIX ex: <http://e/ns#>\nPREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\nBASE <http://base/x/y>\n"
QUERIES = st.one_of(_PLAIN, _NAMED, _ASK, _GROUPED, _ALL).map(_PROLOGUE.__add__)
