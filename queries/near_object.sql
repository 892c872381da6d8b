-- near_object: one object, as the network needs it.
--   :row  INTEGER  of entity
--   -> row INTEGER (of entity); id, label TEXT; kind INTEGER (a row of word; 0: none);
--      origin INTEGER
-- one row
SELECT e.row, e.id, o.label, ifnull(o.kind, 0) AS kind, e.origin
  FROM object o JOIN entity e ON e.row = o.entity
 WHERE o.entity = :row;
