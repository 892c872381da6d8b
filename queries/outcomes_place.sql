-- outcomes_place: what is recorded at one place, of every record that is one with it: each
-- event with each of its people, and an event without people once.
--   :place  INTEGER  row of entity
--   -> event INTEGER (its row); person INTEGER (the row that stands for it; 0: nobody); kind,
--      occurred_at, role, report_ref TEXT; event_false, part_false INTEGER (1: graded E)
SELECT e.row AS event,
       coalesce((SELECT leader FROM sameness WHERE entity = t.person), t.person, 0) AS person,
       k.text AS kind, e.occurred_at, coalesce(r.text, '') AS role, o.report_ref,
       ifnull(o.info_grade = 'E', 0) AS event_false,
       ifnull((SELECT info_grade FROM origin WHERE row = t.origin) = 'E', 0) AS part_false
  FROM event AS e
  JOIN word AS k ON k.row = e.kind
  JOIN origin AS o ON o.row = e.origin
  LEFT JOIN participation AS t ON t.event = e.row
  LEFT JOIN word AS r ON r.row = t.role
 WHERE e.location IN (SELECT :place
                      UNION ALL SELECT s.entity FROM sameness AS s
                                 WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :place)
                                   AND s.entity <> :place)
 ORDER BY e.row, r.text, t.person, t.origin, t.conviction_ref, t.extra, t.nth
