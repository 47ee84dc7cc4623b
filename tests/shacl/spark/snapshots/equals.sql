-- sh:path ex:p ; sh:equals ex:q
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
  q2.focus AS focus,
  q2.value AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM (
  SELECT
    v1.focus AS focus,
    v1.value AS value
  FROM value_1 AS v1
  ANTI JOIN (
    SELECT
      f2.focus AS focus,
      t2.o AS value
    FROM focus AS f2
    JOIN triple AS t2
      ON t2.s = f2.focus AND t2.p = iri('<https://example.org/q>')
  ) AS q1
    ON q1.focus = v1.focus AND q1.value = v1.value
  UNION ALL
  SELECT
    f3.focus AS focus,
    t3.o AS value
  FROM focus AS f3
  JOIN triple AS t3
    ON t3.s = f3.focus AND t3.p = iri('<https://example.org/q>')
  ANTI JOIN value_1 AS v2
    ON v2.focus = f3.focus AND v2.value = t3.o
) AS q2;
