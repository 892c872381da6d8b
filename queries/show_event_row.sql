-- show_event_row: the row of an event.
--   :id  TEXT
--   -> row INTEGER
-- one row
SELECT row FROM event WHERE id = :id
