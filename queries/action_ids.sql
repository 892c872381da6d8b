-- action_ids: the outside id of every action.
--   -> row INTEGER; id TEXT
-- scans: action
SELECT row, id FROM action ORDER BY id;
