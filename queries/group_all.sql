-- group_all: every group, as the network needs it.
--   -> row INTEGER (of entity); id, name TEXT; kind INTEGER (a row of word; 0: none);
--      origin INTEGER
-- scans: grouping
SELECT e.row, e.id, g.name, ifnull(g.kind, 0) AS kind, e.origin
  FROM grouping g JOIN entity e ON e.row = g.entity
 ORDER BY g.entity;
