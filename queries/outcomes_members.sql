-- outcomes_members: who is linked to a group, of every record that is one with it, whatever
-- the link says.
--   :group  INTEGER  row of entity
--   -> person INTEGER (the row that stands for it); kind, valid_from, valid_to TEXT;
--      graded_false INTEGER (1: suspected to be false)
SELECT coalesce((SELECT leader FROM sameness WHERE entity = l.from_entity), l.from_entity) AS person,
       k.text AS kind, l.valid_from, l.valid_to,
       ifnull(o.info_grade = 'E', 0) AS graded_false
  FROM link AS l
  JOIN entity AS p ON p.row = l.from_entity
  JOIN word AS k ON k.row = l.kind
  JOIN origin AS o ON o.row = l.origin
 WHERE l.to_entity IN (SELECT :group
                       UNION ALL SELECT s.entity FROM sameness AS s
                                  WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :group)
                                    AND s.entity <> :group)
   AND p.kind = 1
 ORDER BY person, l.row
