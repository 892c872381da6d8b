-- check_suspected_false: items graded E: kept and listed, never counted (R7).
--   -> severity, table_name, id, field, message TEXT
-- scans: event link context origin
SELECT 'NOTE' AS severity, table_name, id, 'info_grade' AS field, 'graded E, suspected to be false: listed, never counted' AS message
  FROM (SELECT 'events' AS table_name, e.id, e.origin FROM event AS e
        UNION ALL SELECT 'links', coalesce(k.id, 'link:' || k.row), k.origin FROM link AS k
        UNION ALL SELECT 'contexts', 'context:' || c.row, c.origin FROM context AS c) AS t
  JOIN origin AS o ON o.row = t.origin
 WHERE o.info_grade = 'E'
 ORDER BY table_name, id
