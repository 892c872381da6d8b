-- show_scales: the safety scales of one person, of every record that is one with it, newest first.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT s.rated_on AS date, 'scale:' || s.row AS record,
       s.rater || ': ' || coalesce(CAST(s.score AS TEXT), 'not asked')
           || CASE WHEN s.extra <> '' THEN ' ' || s.extra ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM scale AS s
  JOIN provenance AS v ON v.origin = s.origin
 WHERE s.person IN (SELECT :row
                    UNION SELECT m.entity FROM sameness AS m
                     WHERE m.leader = (SELECT leader FROM sameness WHERE entity = :row))
 ORDER BY s.rated_on DESC, s.rater, s.row
