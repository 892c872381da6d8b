-- show_constraints: conditions that keep one person apart from others, or others from them, of every record that
-- is one with it.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
  WITH one AS (SELECT :row AS entity
               UNION SELECT s.entity FROM sameness AS s
                      WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
SELECT c.valid_from AS date, 'constraint:' || c.row AS record,
       c.kind || coalesce(' between ' || p.id || ' and ' || o.id, '')
           || CASE WHEN c.imposed_by <> '' THEN ', imposed by ' || c.imposed_by ELSE '' END
           || CASE WHEN c.valid_to <> '' THEN ' (to ' || c.valid_to || ')' ELSE '' END
           || CASE WHEN c.extra <> '' THEN ' ' || c.extra ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM (SELECT * FROM restriction WHERE person IN (SELECT entity FROM one)
        UNION SELECT * FROM restriction WHERE other IS NOT NULL AND other IN (SELECT entity FROM one)) AS c
  JOIN entity AS p ON p.row = c.person
  LEFT JOIN entity AS o ON o.row = c.other
  JOIN provenance AS v ON v.origin = c.origin
 ORDER BY c.valid_from, c.row
