-- check_homes: private homes that nobody is recorded as living in, however the words are written.
--   -> severity, table_name, id, field, message TEXT
-- scans: location entity
SELECT 'NOTE' AS severity, 'locations' AS table_name, n.id, 'kind' AS field, 'a home without a lives_at link' AS message
  FROM place_kind AS l
  JOIN entity AS n ON n.row = l.entity
 WHERE lower(replace(replace(l.kind, ' ', '_'), '-', '_'))
       IN ('home', 'house', 'flat', 'residential', 'private_home', 'family_home')
   AND NOT EXISTS (
       SELECT 1 FROM link AS k JOIN word AS kw ON kw.row = k.kind
        WHERE k.to_entity IN (SELECT l.entity
                              UNION ALL SELECT b.entity
                                          FROM sameness AS a JOIN sameness AS b ON b.leader = a.leader
                                         WHERE a.entity = l.entity AND b.entity <> l.entity)
          AND lower(replace(replace(kw.text, ' ', '_'), '-', '_')) = 'lives_at')
 ORDER BY n.id
