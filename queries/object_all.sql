-- object_all: every object, as the network needs it.
--   -> row INTEGER (of entity); id, label TEXT; kind INTEGER (a row of word; 0: none);
--      origin INTEGER
-- scans: object
SELECT e.row, e.id, o.label, ifnull(o.kind, 0) AS kind, e.origin
  FROM object o JOIN entity e ON e.row = o.entity
 ORDER BY o.entity;
