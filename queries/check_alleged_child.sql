-- check_alleged_child: children named as alleged perpetrators: they are children, and victims first;
-- a month counts as its last day.
--   -> severity, table_name, id, field, message TEXT
-- scans: participation
SELECT 'NOTE' AS severity, 'participations' AS table_name, e.id || '/' || n.id AS id, 'role' AS field,
       'a child is named as ' || r.text || '; shown as a child, never ranked or drawn as a perpetrator' AS message
  FROM participation AS t
  JOIN word AS r ON r.row = t.role AND r.text IN ('alleged_perpetrator', 'convicted_perpetrator')
  JOIN event AS e ON e.row = t.event
  JOIN birth AS p ON p.entity = t.person
  JOIN entity AS n ON n.row = t.person
 WHERE p.dob <> '' AND e.occurred_at <> ''
   AND CAST(substr(e.occurred_at, 1, 4) AS INTEGER) <= CAST(substr(p.dob, 1, 4) AS INTEGER) + 18 -- dates cost more
   AND date(CASE length(p.dob) WHEN 7 THEN date(p.dob || '-01', '+1 month', '-1 day') ELSE p.dob END, '+18 years')
       > CASE length(e.occurred_at) WHEN 7 THEN date(e.occurred_at || '-01', '+1 month', '-1 day')
              ELSE substr(e.occurred_at, 1, 10) END
 ORDER BY e.id, n.id
