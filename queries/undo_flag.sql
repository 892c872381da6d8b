-- undo_flag: takes away the flags that a load brought.
--   :batch  INTEGER
-- scans: flag
DELETE FROM flag WHERE batch = :batch;
