-- check_severity: context items without a severity, which count as 1.
--   -> severity, table_name, id, field, message TEXT
-- scans: context
SELECT 'WARNING' AS severity, 'contexts' AS table_name, n.id, 'severity' AS field,
       'context:' || c.row || ' has no severity and counts as 1; ask the practitioner' AS message
  FROM context AS c
  JOIN entity AS n ON n.row = c.subject
 WHERE c.severity IS NULL
 ORDER BY n.id, c.row
