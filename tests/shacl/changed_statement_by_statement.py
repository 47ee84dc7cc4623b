"""Small graphs and shapes, one for each construct whose answer a change can turn; every statement of the graph matters to some answer."""

from __future__ import annotations

TARGETS = "ex:a a ex:C . ex:b a ex:D . ex:D rdfs:subClassOf ex:C . ex:a ex:p ex:b . ex:c ex:p ex:a ; a ex:C ."
TREE = """ex:a a ex:C ; ex:p ex:b , ex:c . ex:b ex:p ex:d ; ex:q 1 . ex:c ex:p ex:e ; ex:q 2 . ex:d ex:p ex:b ; ex:q 3 .
    ex:e a ex:C ; ex:p ex:e ."""
VALUES = """ex:a a ex:C ; ex:p ex:b , ex:c ; ex:q ex:b . ex:b a ex:D ; ex:r 1 . ex:c ex:r 2 , 3 . ex:d a ex:C ; ex:p ex:c ;
    ex:q ex:c , ex:b ."""
NUMBERS = """ex:a a ex:C ; ex:p 1 , 3 , "2020-01-01"^^xsd:date ; ex:q 2 , "x" . ex:d a ex:C ; ex:p "one"@en , "eins"@de , "two"@en ;
    ex:q 2.0 , "2021-01-01"^^xsd:date ."""

_CLASS = "ex:shape sh:targetClass ex:C ;"
_ANY = "ex:any sh:path ex:r ; sh:minCount 1 . "
_TWO = "ex:two sh:path ex:r ; sh:minCount 2 . "


def _sparql(query: str) -> str:
    return (
        f"{_CLASS} sh:sparql [ sh:message 'of {{?value}}' ; sh:select 'PREFIX ex: <https://example.org/> {query}' ] ."
    )


def _target(where: str) -> str:
    query = f"PREFIX ex: <https://example.org/> SELECT ?this WHERE {{ {where} }}"
    return f"ex:shape sh:target [ a sh:SPARQLTarget ; sh:select '{query}' ] ; "


def _select(where: str) -> str:
    return _sparql(f"SELECT $this ?value WHERE {{ {where} }}")


CASES: dict[str, tuple[str, str]] = {
    # targets
    "target class": (TARGETS, "ex:shape sh:targetClass ex:C ; sh:path ex:p ; sh:minCount 2 ."),
    "target subjects": (TARGETS, "ex:shape sh:targetSubjectsOf ex:p ; sh:class ex:D ."),
    "target objects": (TARGETS, "ex:shape sh:targetObjectsOf ex:p ; sh:class ex:D ."),
    "target node": (TARGETS, "ex:shape sh:targetNode ex:a , ex:nobody ; sh:path ex:p ; sh:minCount 1 ."),
    "target query": (
        VALUES,
        "ex:shape sh:target [ a sh:SPARQLTarget ; sh:select 'PREFIX ex: <https://example.org/> "
        "SELECT ?this WHERE { ?this ex:p ?o . ?o ex:r ?n FILTER (?n > 1) FILTER NOT EXISTS { ?this ex:q ?o } }' ] ; "
        "sh:path ex:q ; sh:minCount 2 .",
    ),
    "target query with a condition that SQL tells": (
        VALUES,
        _target("?this ex:p ?o FILTER (STRLEN(STR(?o)) > 20) FILTER NOT EXISTS { ?o ex:r 3 }")
        + "sh:path ex:q ; sh:minCount 2 .",
    ),
    "target query and its optional part": (
        VALUES,
        _target("?this ex:q ?o OPTIONAL { ?o ex:r ?n FILTER (?n < 3) } FILTER (!bound(?n))")
        + "sh:path ex:p ; sh:maxCount 0 .",
    ),
    "target query along a path": (
        TREE,
        _target("?o ex:p/ex:p ?this . ?this ex:q ?n FILTER (?n != 2)") + "sh:path ex:p ; sh:maxCount 0 .",
    ),
    "target query that comes by two ways": (
        TREE,
        _target("{ ?this ex:q ?n } UNION { ?x ex:p ?this . ?x a ex:C }")
        + "sh:path ex:q ; sh:minCount 1 ; sh:maxInclusive 2 .",
    ),
    "target query beside a class": (
        VALUES,
        _target("?x ex:q ?this . ?x ex:p ?this") + "sh:targetClass ex:D ; sh:path ex:r ; sh:minCount 3 .",
    ),
    "two targets": (
        TARGETS,
        "ex:shape sh:targetClass ex:D ; sh:targetSubjectsOf ex:p ; sh:path ex:p ; sh:maxCount 0 .",
    ),
    "a target and nothing else": (TARGETS, "ex:shape sh:targetObjectsOf ex:p ; sh:nodeKind sh:Literal ."),
    "a target of a nested shape": (
        TARGETS,
        "ex:shape sh:targetSubjectsOf ex:p ; sh:property ex:inner . ex:inner sh:path ex:p ; sh:class ex:D .",
    ),
    "two shapes that share a nested one": (
        TREE,
        "ex:one sh:targetClass ex:C ; sh:property ex:inner . ex:two sh:targetSubjectsOf ex:q ; sh:property ex:inner ."
        "ex:inner sh:path ex:p ; sh:maxCount 0 .",
    ),
    # paths
    "sequence": (TREE, f"{_CLASS} sh:path ( ex:p ex:q ) ; sh:maxCount 1 ."),
    "inverse": (TREE, "ex:shape sh:targetObjectsOf ex:p ; sh:path [ sh:inversePath ex:p ] ; sh:class ex:C ."),
    "alternative": (TREE, f"{_CLASS} sh:path [ sh:alternativePath ( ex:p ( ex:p ex:p ) ) ] ; sh:maxCount 1 ."),
    "zero or more": (TREE, f"{_CLASS} sh:path ( [ sh:zeroOrMorePath ex:p ] ex:q ) ; sh:maxInclusive 2 ."),
    "one or more": (TREE, f"{_CLASS} sh:path [ sh:oneOrMorePath ex:p ] ; sh:class ex:C ."),
    "zero or one": (TREE, f"{_CLASS} sh:path ( [ sh:zeroOrOnePath ex:p ] ex:q ) ; sh:minCount 2 ."),
    "nested below a path": (
        TREE,
        f"{_CLASS} sh:property ex:outer . ex:outer sh:path ex:p ; sh:property ex:inner . ex:inner sh:path ex:q ; sh:maxInclusive 1 .",
    ),
    # components
    "at least two": (VALUES, f"{_CLASS} sh:path ex:p ; sh:minCount 2 ."),
    "at most one": (VALUES, f"{_CLASS} sh:path ex:q ; sh:maxCount 1 ."),
    "class": (VALUES, f"{_CLASS} sh:path ex:p ; sh:class ex:D ."),
    "has value": (VALUES, f"{_CLASS} sh:path ex:q ; sh:hasValue ex:c ."),
    "in": (VALUES, f"{_CLASS} sh:path ex:q ; sh:in ( ex:b ex:d ) ."),
    "equals": (VALUES, f"{_CLASS} sh:path ex:p ; sh:equals ex:q ."),
    "disjoint": (VALUES, f"{_CLASS} sh:path ex:p ; sh:disjoint ex:q ."),
    "closed": (
        VALUES,
        f"{_CLASS} sh:closed true ; sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ex:p ) .",
    ),
    "not": (VALUES, _ANY + f"{_CLASS} sh:path ex:p ; sh:not ex:any ."),
    "not about the node": (
        VALUES,
        "ex:some sh:path ex:q ; sh:minCount 2 . ex:shape sh:targetClass ex:C ; sh:not ex:some .",
    ),
    "not not": (VALUES, _TWO + f"{_CLASS} sh:path ex:p ; sh:not [ sh:not ex:two ] ."),
    "node": (VALUES, _TWO + f"{_CLASS} sh:path ex:p ; sh:node ex:two ."),
    "and": (VALUES, _ANY + f"{_CLASS} sh:path ex:p ; sh:and ( ex:any [ sh:class ex:D ] ) ."),
    "or": (VALUES, _TWO + f"{_CLASS} sh:path ex:p ; sh:or ( ex:two [ sh:class ex:D ] ) ."),
    "xone": (VALUES, _ANY + f"{_CLASS} sh:path ex:p ; sh:xone ( ex:any [ sh:class ex:D ] ) ."),
    "qualified at least": (
        VALUES,
        _ANY + f"{_CLASS} sh:path ex:p ; sh:qualifiedValueShape ex:any ; sh:qualifiedMinCount 2 .",
    ),
    "qualified at most": (
        VALUES,
        _ANY + f"{_CLASS} sh:path ex:p ; sh:qualifiedValueShape ex:any ; sh:qualifiedMaxCount 1 .",
    ),
    "qualified and disjoint": (
        VALUES,
        _ANY + _TWO + f"{_CLASS} sh:property ex:first , ex:second ."
        "ex:first sh:path ex:p ; sh:qualifiedValueShape ex:any ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ."
        "ex:second sh:path ex:p ; sh:qualifiedValueShape ex:two ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true .",
    ),
    # values
    "less than": (NUMBERS, f"{_CLASS} sh:path ex:p ; sh:lessThan ex:q ."),
    "datatype": (NUMBERS, f"{_CLASS} sh:path ex:p ; sh:datatype xsd:integer ."),
    "range": (NUMBERS, f"{_CLASS} sh:path ex:p ; sh:minExclusive 1 ; sh:maxInclusive 2 ."),
    "unique languages": (NUMBERS, f"{_CLASS} sh:path ex:p ; sh:uniqueLang true ; sh:languageIn ( 'en' ) ."),
    "texts": (NUMBERS, f"{_CLASS} sh:path ex:p ; sh:minLength 4 ; sh:pattern '^[^e]*$' ."),
    "a pattern beyond RE2": (NUMBERS, f"{_CLASS} sh:path ex:p ; sh:pattern '^(?:(o)|e).*[a-z-[n]]$' ."),
    # SPARQL
    "exists": (VALUES, _select("$this ex:p ?value FILTER EXISTS { ?value ex:r ?n . $this ex:q ?value }")),
    "not exists": (VALUES, _select("$this ex:p ?value FILTER NOT EXISTS { ?value ex:r ?n . $this ex:q ?value }")),
    "not exists, twice": (
        VALUES,
        _select("$this ex:p ?value FILTER NOT EXISTS { $this ex:q ?o FILTER NOT EXISTS { ?o ex:r ?n } }"),
    ),
    "conditions that SQL tells, and not exists": (
        VALUES,
        _select("$this ex:p ?value FILTER (STRLEN(STR(?value)) > 20) FILTER NOT EXISTS { $this ex:q ?value }"),
    ),
    "exists in a condition": (
        VALUES,
        _select("$this ex:p ?value FILTER (?value = ex:b || NOT EXISTS { $this ex:q ?value })"),
    ),
    "optional first": (VALUES, _select("OPTIONAL { $this ex:q ?value } $this ex:p ?o . ?o ex:r ?n")),
    "optional, then the same": (VALUES, _select("$this ex:p ?o OPTIONAL { ?o ex:r ?n } ?value ex:r ?n")),
    "optional": (VALUES, _select("$this ex:p ?value OPTIONAL { ?value ex:r ?n } FILTER (!bound(?n))")),
    "optional, then more": (
        VALUES + " ex:a ex:p ex:e . ex:e a ex:D .",
        _select("{ $this ex:p ?value OPTIONAL { ?value ex:r ?n } } ?value a ex:D FILTER (!bound(?n))"),
    ),
    "not exists, then more": (
        VALUES,
        _select("{ $this ex:p ?value FILTER NOT EXISTS { ?value ex:r ?n } } $this ex:q ?o"),
    ),
    "optional values": (VALUES, _select("$this ex:q ?o OPTIONAL { ?o ex:r ?value }")),
    "union": (VALUES, _select("{ $this ex:p ?value } UNION { $this ex:q ?value } ?value ex:r ?n")),
    "path in a query": (TREE, _select("$this ex:p+ ?value . ?value ex:q ?n FILTER (?n > 1)")),
    "star in a query": (TREE, _select("$this ex:p*/ex:q ?value")),
    "bind": (VALUES, _select("$this ex:p ?o . BIND (?o AS ?value) ?value ex:r ?n")),
    "count": (
        VALUES,
        _sparql("SELECT $this WHERE { $this ex:p ?o . ?o ex:r ?n } GROUP BY $this HAVING (COUNT(?n) > 2)"),
    ),
    "sum": (
        VALUES,
        _sparql("SELECT $this WHERE { $this ex:p ?o . ?o ex:r ?n } GROUP BY $this HAVING (SUM(?n) > 5)"),
    ),
    "a term in a query": (VALUES, _select("$this ex:q ex:c ; ex:p ?value")),
    "any predicate": (VALUES, _select("$this ?p ?value . ?value a ex:D")),
    "comparison": (NUMBERS, _select("$this ex:p ?value ; ex:q ?other FILTER (?value < ?other || ?value = 3)")),
}
