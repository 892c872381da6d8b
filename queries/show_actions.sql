-- show_actions: the plan items of one person, group or place, by the day they are due.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling TEXT
SELECT a.due AS date, a.id AS record,
       a.action || CASE WHEN a.owner_role <> '' THEN ', by ' || a.owner_role ELSE '' END
           || CASE WHEN a.status <> '' THEN ' (' || a.status || ')' ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling
  FROM action AS a
  JOIN provenance AS v ON v.origin = a.origin
 WHERE a.subject = :row
 ORDER BY a.due, a.id
