-- near_records: a person, place, group or object with every record that is one with it.
--   :row  INTEGER  of entity
--   -> entity, kind, origin INTEGER
SELECT row AS entity, kind, origin
  FROM entity
 WHERE row = :row
UNION ALL
SELECT e.row, e.kind, e.origin
  FROM sameness AS s
  JOIN entity AS e ON e.row = s.entity
 WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row)
   AND s.entity <> :row
 ORDER BY entity;
