-- show_flags: the flags of one person, of every record that is one with it.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT f.valid_from AS date, 'flag:' || f.row AS record,
       f.flag || CASE WHEN f.status <> '' THEN ': ' || f.status ELSE '' END
           || CASE WHEN f.valid_to <> '' THEN ' (to ' || f.valid_to || ')' ELSE '' END
           || CASE WHEN f.holder <> '' THEN ', held by ' || f.holder ELSE '' END
           || CASE WHEN f.extra <> '' THEN ' ' || f.extra ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM flag AS f
  JOIN provenance AS v ON v.origin = f.origin
 WHERE f.person IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
 ORDER BY f.flag, f.valid_from, f.row
