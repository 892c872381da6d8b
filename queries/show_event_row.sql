-- show_event_row: the row of an event.
--   :id  TEXT
--   -> row INTEGER
SELECT row FROM event WHERE id = :id
