-- sh:path ex:p ; sh:maxCount 1
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
  q1.focus AS focus,
  CAST(NULL AS BIGINT) AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM (
  SELECT
    v1.focus AS focus,
    COUNT(*) AS count
  FROM value_1 AS v1
  GROUP BY
    v1.focus
) AS q1
WHERE
  q1.count >= 2;
