-- batch_all: every call of import, the oldest first.
--   -> row INTEGER; loaded_at, user, purpose, files TEXT; records INTEGER
SELECT row, loaded_at, user, purpose, files, records FROM batch ORDER BY row;
