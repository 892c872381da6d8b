-- evidence_cohort: who is recorded at one place, of every record that is one with it, and not known
-- to have been 18 by then: a row for each of their participations.
--   :place  INTEGER  row of entity
--   -> person INTEGER (the row that stands for it); kind, occurred_at, role TEXT; graded_false
--      INTEGER (1: event or participation is graded E)
SELECT coalesce((SELECT leader FROM sameness WHERE entity = t.person), t.person) AS person,
       k.text AS kind, e.occurred_at, r.text AS role,
       ifnull(o.info_grade = 'E', 0) OR ifnull(q.info_grade = 'E', 0) AS graded_false
  FROM event AS e
  JOIN participation AS t ON t.event = e.row
  JOIN birth AS p ON p.entity = t.person
  JOIN word AS k ON k.row = e.kind
  JOIN word AS r ON r.row = t.role
  JOIN origin AS o ON o.row = e.origin
  JOIN origin AS q ON q.row = t.origin
 WHERE e.location IN (SELECT :place
                      UNION ALL SELECT m.entity FROM sameness AS m
                                 WHERE m.leader = (SELECT leader FROM sameness WHERE entity = :place)
                                   AND m.entity <> :place)
   AND (p.dob = '' OR printf('%04d', substr(p.dob, 1, 4) + 18) || substr(p.dob, 5) ||
                      CASE length(p.dob) WHEN 7 THEN '-31' ELSE '' END > substr(e.occurred_at, 1, 10))
 ORDER BY e.row, t.person, r.text, t.origin, t.conviction_ref, t.extra, t.nth
