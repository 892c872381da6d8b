-- event_ids: the outside id of every event.
--   -> row INTEGER; id TEXT
-- scans: event
SELECT row, id FROM event ORDER BY id;
