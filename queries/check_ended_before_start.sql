-- check_ended_before_start: events and episodes that end before they begin; in the hour that is
-- repeated when the clocks go back, a written time does not tell.
--   -> severity, table_name, id, field, message TEXT
-- scans: event
SELECT 'CRITICAL' AS severity, 'events' AS table_name, id, 'ended_at' AS field,
       'it ends ' || ended_at || ', before it begins ' || occurred_at || '; one of the two is wrong' AS message
  FROM event
 WHERE ended_at <> '' AND occurred_at <> '' AND ended_at < substr(occurred_at, 1, length(ended_at))
   AND NOT (ended_at LIKE '%+00:00' AND substr(ended_at, 1, 13) = substr(occurred_at, 1, 13))
 ORDER BY id
