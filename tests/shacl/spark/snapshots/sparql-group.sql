-- sh:sparql [ sh:select 'PREFIX ex: <https://example.org/> SELECT $this WHERE { $this ex:p ?v } GROUP BY $this HAVING (SUM(?v) > 5)' ]
SELECT DISTINCT
  t1.s AS focus
FROM triple AS t1
JOIN subclass AS k1
  ON k1.type = t1.o AND k1.class = iri('<https://example.org/C>')
WHERE
  t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>');

WITH seed_1 AS (
  SELECT
    f1.focus AS this
  FROM focus AS f1
)
SELECT
  0 AS place,
  s1.this AS focus,
  s1.this AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM seed_1 AS s1
JOIN (
  SELECT
    t1.s AS this,
    exact_sum(exact_number(t1.o, v1), (
      CASE WHEN v1.space <= 3 THEN v1.x END
    )) AS aggregate_1
  FROM triple AS t1
  LEFT JOIN value AS v1
    ON v1.id = t1.o
  WHERE
    t1.p = iri('<https://example.org/p>')
  GROUP BY
    t1.s
) AS q1
  ON q1.this = s1.this AND CAST('5' AS DECIMAL(38, 10)) < q1.aggregate_1;
