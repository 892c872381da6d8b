-- person_all: every person, as the network needs it.
--   -> row INTEGER (of entity); id, name, dob TEXT; origin INTEGER
-- scans: person
SELECT e.row, e.id, p.name, p.dob, e.origin
  FROM person p JOIN entity e ON e.row = p.entity
 ORDER BY p.entity;
