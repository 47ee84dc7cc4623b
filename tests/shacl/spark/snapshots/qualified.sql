-- sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMinCount 1
WITH RECURSIVE step_reach_1 AS (
  SELECT
    t2.o AS here,
    t2.s AS there
  FROM triple AS t2
  WHERE
    t2.p = iri('<http://www.w3.org/2000/01/rdf-schema#subClassOf>')
), reach_1 AS (
  SELECT
    iri('<https://example.org/C>') AS focus,
    iri('<https://example.org/C>') AS value
  UNION
  SELECT
    r.focus AS focus,
    s1.there AS value
  FROM reach_1 AS r
  JOIN step_reach_1 AS s1
    ON s1.here = r.value
)
SELECT DISTINCT
  t1.s AS focus
FROM triple AS t1
JOIN reach_1 AS r1
  ON r1.value = t1.o
WHERE
  t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>');

WITH RECURSIVE value_1 AS (
  SELECT
    f2.focus AS focus,
    t1.o AS value
  FROM focus AS f2
  JOIN triple AS t1
    ON t1.s = f2.focus AND t1.p = iri('<https://example.org/p>')
), focus_2 AS (
  SELECT DISTINCT
    v2.value AS focus
  FROM value_1 AS v2
), step_reach_1 AS (
  SELECT
    t3.o AS here,
    t3.s AS there
  FROM triple AS t3
  WHERE
    t3.p = iri('<http://www.w3.org/2000/01/rdf-schema#subClassOf>')
), reach_1 AS (
  SELECT
    iri('<https://example.org/D>') AS focus,
    iri('<https://example.org/D>') AS value
  UNION
  SELECT
    r.focus AS focus,
    s1.there AS value
  FROM reach_1 AS r
  JOIN step_reach_1 AS s1
    ON s1.here = r.value
)
SELECT
  0 AS place,
  f1.focus AS focus,
  CAST(NULL AS BIGINT) AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM focus AS f1
ANTI JOIN (
  SELECT
    v1.focus AS focus
  FROM value_1 AS v1
  ANTI JOIN (
    SELECT DISTINCT
      f3.focus AS focus
    FROM focus_2 AS f3
    ANTI JOIN (
      SELECT
        t2.s AS value
      FROM triple AS t2
      JOIN reach_1 AS r1
        ON r1.value = t2.o
      WHERE
        t2.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>')
    ) AS q2
      ON q2.value = f3.focus
  ) AS q3
    ON q3.focus = v1.value
) AS q4
  ON q4.focus = f1.focus;
