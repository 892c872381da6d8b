-- show_assessments: the assessments of one person, of every record that is one with it, newest first.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT a.assessed_on AS date, a.id AS record,
       a.tool || CASE WHEN a.assessor_role <> '' THEN ', by ' || a.assessor_role ELSE '' END
           || CASE WHEN a.level <> '' THEN ', practitioner''s level ' || a.level ELSE '' END
           || ', ' || (SELECT count(*) FROM indicator AS i WHERE i.assessment = a.row) || ' items'
           || CASE WHEN a.extra <> '' THEN ' ' || a.extra ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM assessment AS a
  JOIN provenance AS v ON v.origin = a.origin
 WHERE a.person IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
 ORDER BY a.assessed_on DESC, a.id
