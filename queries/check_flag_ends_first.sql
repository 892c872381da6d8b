-- check_flag_ends_first: flags and conditions that end before they begin.
--   -> severity, table_name, id, field, message TEXT
-- scans: flag restriction
SELECT 'CRITICAL' AS severity, t.table_name, n.id, 'valid_to' AS field,
       t.what || ' ends ' || t.valid_to || ', before it begins ' || t.valid_from AS message
  FROM (SELECT 'flags' AS table_name, person, flag AS what, valid_from, valid_to, row FROM flag
        UNION ALL
        SELECT 'constraints', person, kind, valid_from, valid_to, row FROM restriction) AS t
  JOIN entity AS n ON n.row = t.person
 WHERE t.valid_to <> '' AND t.valid_from <> '' AND t.valid_to < substr(t.valid_from, 1, length(t.valid_to))
 ORDER BY t.table_name, n.id, t.row
