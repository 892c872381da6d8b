-- contest_ids: the outside id of every contest.
--   -> row INTEGER; id TEXT
-- scans: contest
SELECT row, id FROM contest ORDER BY id;
