-- sh:sparql [ sh:select 'PREFIX ex: <https://example.org/> SELECT $this ?value WHERE { $this ex:p ?value ; ex:q ?x FILTER (?value < ?x) }' ]
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
)
SELECT
  0 AS place,
  s1.this AS focus,
  t1.o AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM seed_1 AS s1
JOIN triple AS t1
  ON t1.s = s1.this AND t1.p = iri('<https://example.org/p>')
JOIN triple AS t2
  ON t2.s = t1.s AND t2.p = iri('<https://example.org/q>')
LEFT JOIN value AS v1
  ON v1.id = t1.o
LEFT JOIN value AS v2
  ON v2.id = t2.o
LEFT JOIN literal AS l1
  ON l1.id = t1.o
LEFT JOIN literal AS l2
  ON l2.id = t2.o
WHERE
  (
    CASE
      WHEN tag(t1.o) = 2 AND tag(t2.o) = 2
      THEN l1.lexical < l2.lexical
      ELSE less(v1, v2)
    END
  );
