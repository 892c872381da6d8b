-- show_place_events: the events at one place, of every record that is one with it, newest first.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT e.occurred_at AS date, e.id AS record,
       k.text || CASE WHEN e.summary <> '' THEN ': ' || e.summary ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM event AS e
  JOIN word AS k ON k.row = e.kind
  JOIN provenance AS v ON v.origin = e.origin
 WHERE e.location IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
 ORDER BY e.occurred_at DESC, e.id
