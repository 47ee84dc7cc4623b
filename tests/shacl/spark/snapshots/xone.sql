-- sh:xone ( [ sh:class ex:D ] [ sh:class ex:E ] )
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
ANTI JOIN (
  SELECT
    q5.focus AS focus,
    COUNT(*) AS count
  FROM (
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
        JOIN subclass AS k1
          ON k1.type = t1.o AND k1.class = iri('<https://example.org/D>')
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
          t2.s AS value
        FROM triple AS t2
        JOIN subclass AS k2
          ON k2.type = t2.o AND k2.class = iri('<https://example.org/E>')
        WHERE
          t2.p = iri('<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>')
      ) AS q3
        ON q3.value = f3.focus
    ) AS q4
  ) AS q5
  GROUP BY
    q5.focus
) AS q6
  ON q6.focus = f1.focus AND q6.count = 1;
