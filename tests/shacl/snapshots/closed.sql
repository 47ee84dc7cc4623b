-- sh:closed true ; sh:ignoredProperties ( ex:p ) ; sh:property [ sh:path ex:q ]
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
  t1.o AS value,
  t1.p AS path,
  CAST(NULL AS BIGINT[]) AS told
FROM focus AS f1
JOIN triple AS t1
  ON t1.s = f1.focus
  AND NOT t1.p IN (iri('<https://example.org/p>'), iri('<https://example.org/q>'));
