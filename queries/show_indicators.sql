-- show_indicators: the items of one person's assessments, of every record that is one with it,
-- newest assessment first.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT a.assessed_on AS date, a.id || '/' || i.item AS record,
       i.item || CASE WHEN i.status <> '' THEN ': ' || i.status ELSE '' END
           || CASE WHEN i.voice <> '' THEN ', said by ' || i.voice ELSE '' END
           || CASE WHEN i.text <> '' THEN ': ' || i.text ELSE '' END
           || CASE WHEN i.extra <> '' THEN ' ' || i.extra ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM assessment AS a
  JOIN indicator AS i ON i.assessment = a.row
  JOIN provenance AS v ON v.origin = i.origin
 WHERE a.person IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
 ORDER BY a.assessed_on DESC, a.id, i.row
