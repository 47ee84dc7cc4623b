-- sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMinCount 1
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
  SEMI JOIN (
    SELECT
      t2.s AS value
    FROM triple AS t2
    JOIN subclass AS k1
      ON k1.type = t2.o AND k1.class = iri('<https://example.org/D>')
    WHERE
      t2.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>')
  ) AS q1
    ON q1.value = v1.value
)
SELECT
  0 AS place,
  f1.focus AS focus,
  CAST(NULL AS BIGINT) AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM focus AS f1
ANTI JOIN value_2 AS v2
  ON v2.focus = f1.focus;
