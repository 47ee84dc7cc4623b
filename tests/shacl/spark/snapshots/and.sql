-- sh:and ( [ sh:class ex:D ] [ sh:class ex:E ] )
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
), step_reach_2 AS (
  SELECT
    t4.o AS here,
    t4.s AS there
  FROM triple AS t4
  WHERE
    t4.p = iri('<http://www.w3.org/2000/01/rdf-schema#subClassOf>')
), reach_2 AS (
  SELECT
    iri('<https://example.org/E>') AS focus,
    iri('<https://example.org/E>') AS value
  UNION
  SELECT
    r.focus AS focus,
    s2.there AS value
  FROM reach_2 AS r
  JOIN step_reach_2 AS s2
    ON s2.here = r.value
)
SELECT
  0 AS place,
  f1.focus AS focus,
  f1.focus AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM focus AS f1
SEMI JOIN (
  SELECT
    q2.focus AS focus
  FROM (
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
  UNION ALL
  SELECT
    q4.focus AS focus
  FROM (
    SELECT DISTINCT
      f3.focus AS focus
    FROM focus AS f3
    ANTI JOIN (
      SELECT
        t3.s AS value
      FROM triple AS t3
      JOIN reach_2 AS r2
        ON r2.value = t3.o
      WHERE
        t3.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>')
    ) AS q3
      ON q3.value = f3.focus
  ) AS q4
) AS q5
  ON q5.focus = f1.focus;
