-- screening_events: the events in which a person, or a record confirmed to be the same, took part.
--   :row  INTEGER  the person
--   -> id, kind, occurred_at, role, report_ref TEXT
SELECT e.id, k.text AS kind, e.occurred_at, r.text AS role, eo.report_ref
  FROM participation AS t
  JOIN event AS e ON e.row = t.event
  JOIN word AS k ON k.row = e.kind
  JOIN word AS r ON r.row = t.role
  JOIN origin AS eo ON eo.row = e.origin
  JOIN origin AS po ON po.row = t.origin
 WHERE t.person IN (SELECT :row
                    UNION SELECT s.entity FROM sameness AS s
                     WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row))
   AND ifnull(eo.info_grade, '') <> 'E' AND ifnull(po.info_grade, '') <> 'E'
 ORDER BY e.occurred_at, e.id, r.text, t.person, t.origin, t.conviction_ref, t.extra, t.nth
