-- near_group: one group, as the network needs it.
--   :row  INTEGER  of entity
--   -> row INTEGER (of entity); id, name TEXT; kind INTEGER (a row of word; 0: none);
--      origin INTEGER
-- one row
SELECT e.row, e.id, g.name, ifnull(g.kind, 0) AS kind, e.origin
  FROM grouping g JOIN entity e ON e.row = g.entity
 WHERE g.entity = :row;
