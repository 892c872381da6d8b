-- action_find: the row of one action.
--   :id  TEXT
--   -> row INTEGER
-- one row
SELECT row FROM action WHERE id = :id;
