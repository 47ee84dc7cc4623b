-- sh:path ex:p ; sh:pattern '^[a-z]+$' ; sh:flags 'i'
SELECT DISTINCT
  t1.s AS focus
FROM triple AS t1
JOIN subclass AS k1
  ON k1.type = t1.o AND k1.class = iri('<https://example.org/C>')
WHERE
  t1.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>');

WITH value_1 AS (
  SELECT
    f1.focus AS focus,
    t1.o AS value
  FROM focus AS f1
  JOIN triple AS t1
    ON t1.s = f1.focus AND t1.p = iri('<https://example.org/p>')
)
SELECT
  0 AS place,
  v1.focus AS focus,
  v1.value AS value,
  CAST(NULL AS BIGINT) AS path,
  CAST(NULL AS ARRAY<BIGINT>) AS told
FROM value_1 AS v1
LEFT JOIN literal AS l1
  ON l1.id = v1.value
LEFT JOIN term AS n1
  ON n1.id = v1.value
WHERE
  NOT (
    matches_re2(
      (
        CASE
          WHEN tag(v1.value) = 0
          THEN substring(n1.text, 2, length(n1.text) - 2)
          ELSE l1.lexical
        END
      ),
      '(?i)^[a-z]+$'
    )
  ) IS TRUE;
