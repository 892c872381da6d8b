-- casework_find: the case of an id.
--   :id  TEXT
--   -> row INTEGER
-- one row
SELECT row FROM casework WHERE id = :id;
