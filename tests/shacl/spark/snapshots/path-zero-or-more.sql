-- sh:path ( ex:p [ sh:zeroOrMorePath ex:q ] ) ; sh:hasValue ex:a
SELECT DISTINCT
  t1.s AS focus
FROM triple AS t1
JOIN subclass AS k1
  ON k1.type = t1.o AND k1.class = iri('<https://example.org/C>')
WHERE
  t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>');

WITH RECURSIVE step_reach_1 AS (
  SELECT
    t2.s AS here,
    t2.o AS there
  FROM triple AS t2
  WHERE
    t2.p = iri('<https://example.org/q>')
), reach_1 AS (
  SELECT
    f2.focus AS focus,
    t1.o AS value
  FROM focus AS f2
  JOIN triple AS t1
    ON t1.s = f2.focus AND t1.p = iri('<https://example.org/p>')
  UNION
  SELECT
    r.focus AS focus,
    s1.there AS value
  FROM reach_1 AS r
  JOIN step_reach_1 AS s1
    ON s1.here = r.value
), value_1 AS (
  SELECT DISTINCT
    r1.focus AS focus,
    r1.value AS value
  FROM reach_1 AS r1
)
SELECT
  0 AS place,
  f1.focus AS focus,
  CAST(NULL AS BIGINT) AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM focus AS f1
ANTI JOIN value_1 AS v1
  ON v1.focus = f1.focus AND iri('<https://example.org/a>') = v1.value;
