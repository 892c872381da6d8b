-- check_ungraded_context: the share of context items that nobody graded, by agency.
--   -> severity, table_name, id, field, message TEXT
-- scans: context
SELECT 'NOTE' AS severity, 'contexts' AS table_name, '' AS id, 'source_grade' AS field,
       CASE WHEN v.source = '' THEN 'records without a source' ELSE v.source END || ': '
           || sum(v.grade = 'ungraded') || ' of ' || count(*) || ' ungraded ('
           || CAST(round(100.0 * sum(v.grade = 'ungraded') / count(*)) AS INTEGER) || ' %)' AS message
  FROM context AS t
  JOIN provenance AS v ON v.origin = t.origin
 GROUP BY v.source
HAVING sum(v.grade = 'ungraded') > 0
 ORDER BY v.source
