-- check_born_after: people who take part in an event before they are born. Only who was born after
-- the first event of all can be one of them.
--   -> severity, table_name, id, field, message TEXT
-- scans: event person
SELECT DISTINCT 'CRITICAL' AS severity, 'persons' AS table_name, n.id, 'dob' AS field,
       'born ' || p.dob || ', yet in ' || e.id || ' of ' || e.occurred_at || '; the date of birth or the event is wrong' AS message
  FROM (SELECT min(occurred_at) AS at FROM event WHERE occurred_at <> '') AS first
 CROSS JOIN birth AS p ON p.dob > first.at
 CROSS JOIN participation AS t ON t.person = p.entity
 CROSS JOIN event AS e ON e.row = t.event
 CROSS JOIN entity AS n ON n.row = t.person
 WHERE e.occurred_at <> '' AND substr(e.occurred_at, 1, length(p.dob)) < substr(p.dob, 1, length(e.occurred_at))
 ORDER BY n.id, e.id
