"""Ways to ask for what one may not see: by name, variable, path, count, description and dataset."""

from __future__ import annotations

from service.tenants import OTHERS, PROVENANCE

PREFIX = "PREFIX ex: <http://e/> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: <http://purl.org/dc/terms/> "
LEAKS = {
    "by value": "SELECT ?s ?o { ?s ex:p ?o }",
    "by any graph": "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?g), 'others') || CONTAINS(STR(?o), 'Quark')) }",
    "by the graph's name": f"SELECT * {{ GRAPH <{OTHERS}> {{ ?s ?p ?o }} }}",
    "by a path": "SELECT ?o { ex:a ex:knows+ ?o }",
    "by a path that may be empty": "SELECT ?o { ex:a (ex:knows|!ex:knows)* ?o }",
    "by a path inside any graph": "SELECT ?g ?o { GRAPH ?g { ex:a ex:knows/ex:p ?o } }",
    "by an inverse path": "SELECT ?s { 7 ^ex:p ?s }",
    "by counting": "SELECT (COUNT(*) AS ?n) (GROUP_CONCAT(STR(?o)) AS ?all) (MAX(STR(?o)) AS ?max) { ?s ex:p|ex:knows ?o }",
    "by counting graphs": "SELECT (COUNT(DISTINCT ?g) AS ?n) (GROUP_CONCAT(DISTINCT STR(?g)) AS ?all) { GRAPH ?g { ?s ?p ?o } }",
    "by graphs without pattern": "SELECT ?g { GRAPH ?g { } }",
    "by an optional part": "SELECT * { ex:a ex:p ?o OPTIONAL { GRAPH ?g { ?x ex:p 7 } } }",
    "by what is not there": f"SELECT ?x {{ VALUES ?x {{ '{'Zeta'}' }} FILTER EXISTS {{ GRAPH ?g {{ ?s a ex:Secret }} }} }}",
    "by a sub-select": "SELECT ?o { { SELECT ?o { GRAPH ?g { ?s a ex:Secret ; ex:p ?o } } } }",
    "by MINUS": "SELECT ?s { ?s ex:p ?o MINUS { GRAPH ?g { ?s ex:knows ex:b } } }",
    "by provenance": f"SELECT * {{ GRAPH <{PROVENANCE}> {{ ?s ?p ?o }} }}",
    "by the other's provenance": f"SELECT * {{ GRAPH <{PROVENANCE}/private/others> {{ ?s ?p ?o }} }}",
    "by the list of private provenance": f"SELECT * {{ GRAPH <{PROVENANCE}/private> {{ ?s ?p ?o }} }}",
    "by who handed in": "SELECT ?g ?who { GRAPH ?g { ?v prov:wasAttributedTo ?who } }",
    "by title": "SELECT ?t { GRAPH ?g { ?v dcterms:title ?t } }",
}
GRAPHS = {
    "DESCRIBE": "DESCRIBE ex:a",
    "DESCRIBE what a pattern finds": "DESCRIBE ?s { GRAPH ?g { ?s ?p 7 } }",
    "CONSTRUCT": "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "CONSTRUCT with graph names": "CONSTRUCT { ?g ex:holds ?o } WHERE { GRAPH ?g { ?s ex:p ?o } }",
}
REFUSED = {
    "FROM": f"SELECT * FROM <{OTHERS}> {{ ?s ?p ?o }}",
    "FROM NAMED": f"SELECT * FROM NAMED <{OTHERS}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "FROM by a prefix": "PREFIX d: <https://w3id.org/mcqms/dataset/> SELECT * FROM <https://w3id.org/mcqms/dataset/others/1> { ?s ?p ?o }",
    "FROM by a base": "BASE <https://w3id.org/mcqms/dataset/> SELECT * FROM <others/1> { ?s ?p ?o }",
    "FROM with code points": "SELECT * FROM <https://w3id.org/mcqms/dataset/\\u006Fthers/1> { ?s ?p ?o }",
}
