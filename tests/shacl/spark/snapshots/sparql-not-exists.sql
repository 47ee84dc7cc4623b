-- sh:sparql [ sh:select 'PREFIX ex: <https://example.org/> SELECT $this ?value WHERE { $this ex:p ?value FILTER NOT EXISTS { ?value ex:q ?x } }' ]
SELECT DISTINCT
  t1.s AS focus
FROM triple AS t1
JOIN subclass AS k1
  ON k1.type = t1.o AND k1.class = iri('<https://example.org/C>')
WHERE
  t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>');

WITH seed_1 AS (
  SELECT
    f1.focus AS this
  FROM focus AS f1
), rows_2 AS (
  SELECT
    t1.s AS this,
    t1.o AS value
  FROM triple AS t1
  WHERE
    t1.p = iri('<https://example.org/p>')
)
SELECT
  0 AS place,
  s1.this AS focus,
  r1.value AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM seed_1 AS s1
JOIN rows_2 AS r1
  ON r1.this = s1.this
ANTI JOIN triple AS t2
  ON t2.s = r1.value AND t2.p = iri('<https://example.org/q>');
