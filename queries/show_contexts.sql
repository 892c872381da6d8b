-- show_contexts: the context items of one person, group or place, of every record that is one with it,
-- newest first.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT c.observed_on AS date, 'context:' || c.row AS record,
       c.valence || CASE WHEN c.nature <> '' THEN ' (' || c.nature || ')' ELSE '' END || ' in ' || c.context
           || CASE WHEN c.to_context <> '' THEN ' towards ' || c.to_context ELSE '' END
           || ', severity ' || coalesce(CAST(c.severity AS TEXT), 'not given')
           || coalesce(', in ' || e.id, '')
           || CASE WHEN c.summary <> '' THEN ': ' || c.summary ELSE '' END
           || CASE WHEN c.extra <> '' THEN ' ' || c.extra ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM context AS c
  LEFT JOIN event AS e ON e.row = c.event
  JOIN provenance AS v ON v.origin = c.origin
 WHERE c.subject IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
 ORDER BY c.observed_on DESC, c.row
