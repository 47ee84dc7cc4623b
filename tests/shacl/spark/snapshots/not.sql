-- sh:not [ sh:class ex:D ]
SELECT DISTINCT
  t1.s AS focus
FROM triple AS t1
JOIN subclass AS k1
  ON k1.type = t1.o AND k1.class = iri('<https://example.org/C>')
WHERE
  t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>');

SELECT
  0 AS place,
  f1.focus AS focus,
  f1.focus AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM focus AS f1
SEMI JOIN (
  SELECT
    f2.focus AS value
  FROM focus AS f2
  SEMI JOIN (
    SELECT
      t1.s AS focus
    FROM triple AS t1
    JOIN subclass AS k1
      ON k1.type = t1.o AND k1.class = iri('<https://example.org/D>')
    WHERE
      t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>')
  ) AS q1
    ON q1.focus = f2.focus
) AS q2
  ON q2.value = f1.focus;
