-- sh:path ex:p ; sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]
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
), focus_2 AS (
  SELECT DISTINCT
    v2.value AS focus
  FROM value_1 AS v2
), value_3 AS (
  SELECT
    f4.focus AS focus,
    t2.o AS value
  FROM focus_2 AS f4
  JOIN triple AS t2
    ON t2.s = f4.focus AND t2.p = iri('<https://example.org/q>')
)
SELECT
  0 AS place,
  v1.focus AS focus,
  v1.value AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM value_1 AS v1
SEMI JOIN (
  SELECT DISTINCT
    f2.focus AS focus
  FROM focus_2 AS f2
  SEMI JOIN (
    SELECT DISTINCT
      f3.focus AS focus
    FROM focus_2 AS f3
    ANTI JOIN value_3 AS v3
      ON v3.focus = f3.focus
  ) AS q2
    ON q2.focus = f2.focus
) AS q3
  ON q3.focus = v1.value;
