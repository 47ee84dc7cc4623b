-- sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:minCount 1
SELECT DISTINCT
  t1.s AS focus
FROM triple AS t1
JOIN subclass AS k1
  ON k1.type = t1.o AND k1.class = iri('<https://example.org/C>')
WHERE
  t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>');

WITH value_1 AS (
  SELECT DISTINCT
    f2.focus AS focus,
    t2.s AS value
  FROM focus AS f2
  JOIN triple AS t1
    ON t1.s = f2.focus AND t1.p = iri('<https://example.org/p>')
  JOIN triple AS t2
    ON t2.o = t1.o AND t2.p = iri('<https://example.org/q>')
)
SELECT
  0 AS place,
  f1.focus AS focus,
  CAST(NULL AS BIGINT) AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM focus AS f1
ANTI JOIN value_1 AS v1
  ON v1.focus = f1.focus;
