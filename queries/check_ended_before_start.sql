-- check_ended_before_start: events and episodes that end before they begin.
--   -> severity, table_name, id, field, message TEXT
-- scans: event
SELECT 'CRITICAL' AS severity, 'events' AS table_name, id, 'ended_at' AS field,
       'it ends ' || ended_at || ', before it begins ' || occurred_at || '; one of the two is wrong' AS message
  FROM event
 WHERE ended_at <> '' AND occurred_at <> '' AND ended_at < substr(occurred_at, 1, length(ended_at))
 ORDER BY id
