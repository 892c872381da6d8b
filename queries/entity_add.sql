-- entity_add: makes a person, place, group or object known.
--   :kind  INTEGER  1 person, 2 location, 3 group, 4 object
--   :id  TEXT  the outside id
--   :origin  :batch  INTEGER
INSERT INTO entity (kind, id, origin, batch) VALUES (:kind, :id, :origin, :batch);
