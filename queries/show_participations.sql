-- show_participations: the events in which one person took part, of every record that is
-- one with it, newest first.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT e.occurred_at AS date, e.id || '/' || p.id || '/' || r.text AS record,
       r.text || ' in ' || k.text || coalesce(' at ' || l.id, '')
           || CASE WHEN t.conviction_ref <> '' THEN ', conviction ' || t.conviction_ref ELSE '' END
           || CASE WHEN e.summary <> '' THEN ': ' || e.summary ELSE '' END
           || CASE WHEN t.extra <> '' THEN ' ' || t.extra ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM participation AS t
  JOIN event AS e ON e.row = t.event
  JOIN word AS k ON k.row = e.kind
  JOIN entity AS p ON p.row = t.person
  JOIN word AS r ON r.row = t.role
  LEFT JOIN entity AS l ON l.row = e.location
  JOIN provenance AS v ON v.origin = t.origin
 WHERE t.person IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
 ORDER BY e.occurred_at DESC, e.id, r.text, t.person, t.origin, t.conviction_ref, t.extra, t.nth
