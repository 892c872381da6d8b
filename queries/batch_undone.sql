-- batch_undone: a load was taken back: its number stays, without records.
--   :undone_at  TEXT  UTC
--   :row  INTEGER
UPDATE batch SET records = 0, undone_at = :undone_at WHERE row = :row;
