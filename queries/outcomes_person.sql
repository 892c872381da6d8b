-- outcomes_person: what one person took part in, of every record that is one with it.
--   :person  INTEGER  row of entity
--   -> event INTEGER (its row); person INTEGER (the row that stands for it); kind,
--      occurred_at, role, report_ref TEXT; event_false, part_false INTEGER (1: graded E)
SELECT e.row AS event,
       coalesce((SELECT leader FROM sameness WHERE entity = :person), :person) AS person,
       k.text AS kind, e.occurred_at, r.text AS role, o.report_ref,
       ifnull(o.info_grade = 'E', 0) AS event_false,
       ifnull((SELECT info_grade FROM origin WHERE row = t.origin) = 'E', 0) AS part_false
  FROM participation AS t
  JOIN event AS e ON e.row = t.event
  JOIN word AS k ON k.row = e.kind
  JOIN word AS r ON r.row = t.role
  JOIN origin AS o ON o.row = e.origin
 WHERE t.person IN (SELECT :person
                    UNION ALL SELECT s.entity FROM sameness AS s
                               WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :person)
                                 AND s.entity <> :person)
 ORDER BY e.row, r.text, t.person, t.origin, t.conviction_ref, t.extra, t.nth
