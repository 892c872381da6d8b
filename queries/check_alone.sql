-- check_alone: people whom no other record mentions, nor any record that is one with them.
--   -> severity, table_name, id, field, message TEXT
-- scans: person entity
SELECT 'NOTE' AS severity, 'persons' AS table_name, n.id, '' AS field,
       'no event, link, flag, context or assessment mentions this person' AS message
  FROM person AS p
  JOIN entity AS n ON n.row = p.entity
 WHERE NOT EXISTS (SELECT 1 FROM mention WHERE entity = p.entity)
   AND NOT EXISTS (SELECT 1 FROM flag WHERE person = p.entity)
   AND NOT EXISTS (SELECT 1
                     FROM sameness AS a
                     JOIN sameness AS b ON b.leader = a.leader
                    WHERE a.entity = p.entity
                      AND (EXISTS (SELECT 1 FROM mention WHERE entity = b.entity)
                           OR EXISTS (SELECT 1 FROM flag WHERE person = b.entity)))
 ORDER BY n.id
