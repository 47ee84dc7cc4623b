-- sh:path ex:p ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 2 ; sh:qualifiedValueShape [ sh:class ex:D ; sh:property [ sh:path ex:q ; sh:minCount 1 ] , [ sh:path ex:r ; sh:hasValue ex:v ] ]
SELECT DISTINCT
  t1.s AS focus
FROM triple AS t1
JOIN subclass AS k1
  ON k1.type = t1.o AND k1.class = iri('<https://example.org/C>')
WHERE
  t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>');

WITH value_1 AS (
  SELECT
    f2.focus AS focus,
    t1.o AS value
  FROM focus AS f2
  JOIN triple AS t1
    ON t1.s = f2.focus AND t1.p = iri('<https://example.org/p>')
), value_2 AS (
  SELECT
    v1.focus AS focus,
    v1.value AS value
  FROM value_1 AS v1
  SEMI JOIN triple AS t2
    ON t2.s = v1.value
    AND t2.p = iri('<https://example.org/r>')
    AND iri('<https://example.org/v>') = t2.o
  SEMI JOIN (
    SELECT
      t3.s AS value
    FROM triple AS t3
    JOIN subclass AS k1
      ON k1.type = t3.o AND k1.class = iri('<https://example.org/D>')
    WHERE
      t3.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>')
  ) AS q1
    ON q1.value = v1.value
), focus_3 AS (
  SELECT DISTINCT
    v3.value AS focus
  FROM value_2 AS v3
), value_4 AS (
  SELECT
    f4.focus AS focus,
    t4.o AS value
  FROM focus_3 AS f4
  JOIN triple AS t4
    ON t4.s = f4.focus AND t4.p = iri('<https://example.org/q>')
), value_5 AS (
  SELECT
    v2.focus AS focus,
    v2.value AS value
  FROM value_2 AS v2
  SEMI JOIN (
    SELECT
      f3.focus AS value
    FROM focus_3 AS f3
    SEMI JOIN value_4 AS v4
      ON v4.focus = f3.focus
  ) AS q3
    ON q3.value = v2.value
)
SELECT
  0 AS place,
  f1.focus AS focus,
  CAST(NULL AS BIGINT) AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM focus AS f1
ANTI JOIN value_5 AS v5
  ON v5.focus = f1.focus
UNION ALL
SELECT
  1 AS place,
  q4.focus AS focus,
  CAST(NULL AS BIGINT) AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM (
  SELECT
    v6.focus AS focus,
    COUNT(*) AS count
  FROM value_5 AS v6
  GROUP BY
    v6.focus
) AS q4
WHERE
  q4.count >= 3;
