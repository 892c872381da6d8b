-- check_link_ends_first: links that end before they begin.
--   -> severity, table_name, id, field, message TEXT
-- scans: link
SELECT 'CRITICAL' AS severity, 'links' AS table_name, coalesce(id, 'link:' || row) AS id, 'valid_to' AS field,
       'it ends ' || valid_to || ', before it begins ' || valid_from AS message
  FROM link
 WHERE valid_to <> '' AND valid_from <> '' AND valid_to < substr(valid_from, 1, length(valid_to))
 ORDER BY row
