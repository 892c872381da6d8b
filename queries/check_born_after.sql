-- check_born_after: people who take part in an event before they are born.
--   -> severity, table_name, id, field, message TEXT
-- scans: participation
SELECT DISTINCT 'CRITICAL' AS severity, 'persons' AS table_name, n.id, 'dob' AS field,
       'born ' || p.dob || ', yet in ' || e.id || ' of ' || e.occurred_at || '; the date of birth or the event is wrong' AS message
  FROM participation AS t
  JOIN event AS e ON e.row = t.event
  JOIN birth AS p ON p.entity = t.person
  JOIN entity AS n ON n.row = t.person
 WHERE p.dob <> '' AND e.occurred_at <> '' AND substr(e.occurred_at, 1, length(p.dob)) < substr(p.dob, 1, length(e.occurred_at))
 ORDER BY n.id, e.id
