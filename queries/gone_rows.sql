-- gone_rows: every record without an id of one table, with the source that made it.
--   :table  TEXT  name of the file, without .csv
--   -> label, digest TEXT; nth, source INTEGER
-- scans: link context flag restriction indicator scale origin
SELECT r.label, hex(r.digest) AS digest, r.nth, origin.source
  FROM (SELECT f.id || ' ' || word.text || ' ' || o.id AS label, t.digest, t.nth, t.origin
          FROM link AS t JOIN entity AS f ON f.row = t.from_entity JOIN entity AS o ON o.row = t.to_entity
          JOIN word ON word.row = t.kind
         WHERE :table = 'links' AND t.id IS NULL
        UNION ALL
        SELECT e.id || ' ' || t.context || ' ' || t.valence AS label, t.digest, t.nth, t.origin
          FROM context AS t JOIN entity AS e ON e.row = t.subject
         WHERE :table = 'contexts'
        UNION ALL
        SELECT e.id || ' ' || t.flag AS label, t.digest, t.nth, t.origin
          FROM flag AS t JOIN entity AS e ON e.row = t.person
         WHERE :table = 'flags'
        UNION ALL
        SELECT e.id || ' ' || t.kind AS label, t.digest, t.nth, t.origin
          FROM restriction AS t JOIN entity AS e ON e.row = t.person
         WHERE :table = 'constraints'
        UNION ALL
        SELECT a.id || ' ' || t.item AS label, t.digest, t.nth, t.origin
          FROM indicator AS t JOIN assessment AS a ON a.row = t.assessment
         WHERE :table = 'indicators'
        UNION ALL
        SELECT e.id || ' ' || t.rated_on || ' ' || t.rater AS label, t.digest, t.nth, t.origin
          FROM scale AS t JOIN entity AS e ON e.row = t.person
         WHERE :table = 'scales') AS r
  JOIN origin ON origin.row = r.origin
 WHERE origin.source IS NOT NULL
 ORDER BY r.label, r.digest, r.nth;
