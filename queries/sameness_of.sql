-- sameness_of: the records that are one with a record, itself too, by id; none when it is alone.
--   :row  INTEGER
--   -> entity INTEGER; id TEXT
SELECT s.entity, e.id
  FROM sameness AS s
  JOIN entity AS e ON e.row = s.entity
 WHERE s.leader = (SELECT leader FROM sameness WHERE entity = :row)
 ORDER BY e.id;
