-- show_actions: the plan items of one person, group or place, of every record that is one with it,
-- by the day they are due.
--   :row  INTEGER
--   -> date, record, detail, source, report_ref, grade, handling, recorded_on TEXT
SELECT a.due AS date, a.id AS record,
       a.action || CASE WHEN a.owner_role <> '' THEN ', by ' || a.owner_role ELSE '' END
           || CASE WHEN a.status <> '' THEN ' (' || a.status || ')' ELSE '' END
           || coalesce((SELECT group_concat('; ' || w.stepped_on || ': ' || w.status
                                            || CASE WHEN w.note <> '' THEN ', ' || w.note ELSE '' END, '')
                          FROM (SELECT * FROM action_step AS s WHERE s.action = a.row
                                 ORDER BY s.stepped_on, s.row) AS w), '')
           || CASE WHEN a.context <> '' THEN '; context: ' || a.context ELSE '' END
           || CASE WHEN a.goal <> '' THEN '; goal: ' || a.goal ELSE '' END
           || CASE WHEN a.measure_of_success <> '' THEN '; measure of success: ' || a.measure_of_success ELSE '' END
           || CASE WHEN a.extra <> '' THEN ' ' || a.extra ELSE '' END AS detail,
       v.source, v.report_ref, v.grade, v.handling,
       (SELECT recorded_on FROM origin WHERE row = v.origin) AS recorded_on
  FROM action AS a
  JOIN provenance AS v ON v.origin = a.origin
 WHERE a.subject IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
 ORDER BY a.due, a.id
