-- show_event_people: who took which part in one event.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT e.occurred_at AS date, e.id || '/' || p.id || '/' || r.text AS record,
       r.text || ': ' || p.id
           || CASE WHEN t.conviction_ref <> '' THEN ', conviction ' || t.conviction_ref ELSE '' END
           || CASE WHEN t.extra <> '' THEN ' ' || t.extra ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM participation AS t
  JOIN event AS e ON e.row = t.event
  JOIN entity AS p ON p.row = t.person
  JOIN word AS r ON r.row = t.role
  JOIN provenance AS v ON v.origin = t.origin
 WHERE t.event = :row
 ORDER BY p.id, r.text, t.nth
