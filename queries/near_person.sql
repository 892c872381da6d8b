-- near_person: one person, as the network needs it.
--   :row  INTEGER  of entity
--   -> row INTEGER (of entity); id, name, dob TEXT; origin INTEGER
-- one row
SELECT e.row, e.id, p.name, p.dob, e.origin
  FROM person p JOIN entity e ON e.row = p.entity
 WHERE p.entity = :row;
