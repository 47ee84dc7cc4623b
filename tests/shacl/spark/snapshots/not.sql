-- sh:not [ sh:class ex:D ]
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

WITH RECURSIVE step_reach_1 AS (
  SELECT
    t2.o AS here,
    t2.s AS there
  FROM triple AS t2
  WHERE
    t2.p = iri('<http://www.w3.org/2000/01/rdf-schema#subClassOf>')
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
  f1.focus AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM focus AS f1
ANTI JOIN (
  SELECT DISTINCT
    f2.focus AS focus
  FROM focus AS f2
  ANTI JOIN (
    SELECT
      t1.s AS value
    FROM triple AS t1
    JOIN reach_1 AS r1
      ON r1.value = t1.o
    WHERE
      t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>')
  ) AS q1
    ON q1.value = f2.focus
) AS q2
  ON q2.focus = f1.focus;
