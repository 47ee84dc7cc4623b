-- sh:path ex:p ; sh:lessThan ex:q
SELECT DISTINCT
  t1.s AS focus
FROM triple AS t1
JOIN subclass AS k1
  ON k1.type = t1.o AND k1.class = iri('<https://example.org/C>')
WHERE
  t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>');

WITH value_1 AS (
  SELECT
    f1.focus AS focus,
    t1.o AS value
  FROM focus AS f1
  JOIN triple AS t1
    ON t1.s = f1.focus AND t1.p = iri('<https://example.org/p>')
)
SELECT
  0 AS place,
  v1.focus AS focus,
  v1.value AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM value_1 AS v1
JOIN focus AS f2
  ON f2.focus = v1.focus
JOIN triple AS t2
  ON t2.s = f2.focus AND t2.p = iri('<https://example.org/q>')
LEFT JOIN value AS v2
  ON v2.id = v1.value
LEFT JOIN value AS v3
  ON v3.id = t2.o
LEFT JOIN literal AS l1
  ON l1.id = v1.value
LEFT JOIN literal AS l2
  ON l2.id = t2.o
WHERE
  NOT (
    (
      CASE
        WHEN tag(v1.value) = 2 AND tag(t2.o) = 2
        THEN l1.lexical < l2.lexical
        ELSE less(v2, v3)
      END
    )
  ) IS TRUE;
