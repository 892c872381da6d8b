-- erase_left: the places and objects that nothing mentions once a person is gone, who was linked to them.
--   :entity  INTEGER  row of entity
--   -> id TEXT
SELECT e.id
  FROM (SELECT to_entity AS other FROM link WHERE from_entity = :entity
        UNION SELECT from_entity FROM link WHERE to_entity = :entity) AS x
  JOIN entity AS e ON e.row = x.other AND e.kind IN (2, 4)
 WHERE NOT EXISTS (SELECT 1 FROM link AS k
                    WHERE (k.from_entity = x.other AND k.to_entity <> :entity))
   AND NOT EXISTS (SELECT 1 FROM link AS k
                    WHERE (k.to_entity = x.other AND k.from_entity <> :entity))
   AND NOT EXISTS (SELECT 1 FROM event AS v WHERE v.location = x.other)
   AND NOT EXISTS (SELECT 1 FROM person AS s WHERE s.school = x.other)
 ORDER BY e.id;
