-- check_nobody: events in which nobody takes part.
--   -> severity, table_name, id, field, message TEXT
-- one row
-- scans: event
SELECT 'NOTE' AS severity, 'events' AS table_name, '' AS id, '' AS field,
       count(*) || ' of ' || (SELECT count(*) FROM event) || ' events name nobody' AS message
  FROM event AS e
 WHERE NOT EXISTS (SELECT 1 FROM participation WHERE event = e.row)
HAVING count(*) > 0
