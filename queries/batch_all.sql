-- batch_all: every call of import, the oldest first. One that was taken back has no records,
-- and keeps its number for good.
--   -> row INTEGER; loaded_at, user, purpose, files TEXT; records INTEGER
SELECT row, loaded_at, user, purpose, files, records FROM batch ORDER BY row;
