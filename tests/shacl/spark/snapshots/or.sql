-- sh:or ( [ sh:class ex:D ] [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ] )
SELECT DISTINCT
  t1.s AS focus
FROM triple AS t1
JOIN subclass AS k1
  ON k1.type = t1.o AND k1.class = iri('<https://example.org/C>')
WHERE
  t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>');

WITH value_1 AS (
  SELECT
    f5.focus AS focus,
    t2.o AS value
  FROM focus AS f5
  JOIN triple AS t2
    ON t2.s = f5.focus AND t2.p = iri('<https://example.org/q>')
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
    JOIN subclass AS k1
      ON k1.type = t1.o AND k1.class = iri('<https://example.org/D>')
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
