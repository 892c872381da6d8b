-- check_alone: people whom no other record mentions.
--   -> severity, table_name, id, field, message TEXT
-- scans: person entity
SELECT 'NOTE' AS severity, 'persons' AS table_name, n.id, '' AS field,
       'no event, link, flag, context or assessment mentions this person' AS message
  FROM person AS p
  JOIN entity AS n ON n.row = p.entity
 WHERE NOT EXISTS (SELECT 1 FROM participation WHERE person = p.entity)
   AND NOT EXISTS (SELECT 1 FROM link WHERE from_entity = p.entity)
   AND NOT EXISTS (SELECT 1 FROM link WHERE to_entity = p.entity)
   AND NOT EXISTS (SELECT 1 FROM flag WHERE person = p.entity)
   AND NOT EXISTS (SELECT 1 FROM context WHERE subject = p.entity)
   AND NOT EXISTS (SELECT 1 FROM assessment WHERE person = p.entity)
 ORDER BY n.id
