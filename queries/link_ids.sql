-- link_ids: the outside id of every link that has one.
--   -> row INTEGER; id TEXT
-- scans: link
SELECT row, id FROM link WHERE id IS NOT NULL ORDER BY id;
