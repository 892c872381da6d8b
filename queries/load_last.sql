-- load_last: the last load that began before a moment, whether or not it was taken back since.
--   :moment  TEXT  UTC, as loaded_at
--   -> row INTEGER (0: none)
-- one row
SELECT coalesce(max(row), 0) AS row FROM batch WHERE loaded_at < :moment;
