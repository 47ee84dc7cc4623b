-- sh:or ( [ sh:class ex:D ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )
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
), value_1 AS (
  SELECT
    f5.focus AS focus,
    t3.o AS value
  FROM focus AS f5
  JOIN triple AS t3
    ON t3.s = f5.focus AND t3.p = iri('<https://example.org/q>')
)
SELECT
  0 AS place,
  f1.focus AS focus,
  f1.focus AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM focus AS f1
SEMI JOIN (
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
  ON q2.focus = f1.focus
SEMI JOIN (
  SELECT DISTINCT
    f3.focus AS focus
  FROM focus AS f3
  SEMI JOIN (
    SELECT DISTINCT
      f4.focus AS focus
    FROM focus AS f4
    ANTI JOIN value_1 AS v1
      ON v1.focus = f4.focus
  ) AS q3
    ON q3.focus = f3.focus
) AS q4
  ON q4.focus = f1.focus;
