-- minute_undo: takes a decision back; it stays, with who did it and when.
--   :undone_at  :undone_by  TEXT
--   :row  INTEGER
UPDATE minute SET undone_at = :undone_at, undone_by = :undone_by WHERE row = :row AND undone_at = '';
